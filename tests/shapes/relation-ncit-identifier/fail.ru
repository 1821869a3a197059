INSERT DATA { her2:targetedBy skos:relatedMatch <http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#C76243> }
