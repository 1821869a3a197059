# A letter is doubled in the name of the class.
INSERT DATA { her2:Trastuzumab a her2:Antibbody }
