# A letter is lost from the name of the property.
INSERT DATA { her2:Trastuzumab her2:approvdFor her2:BreastCancer }
