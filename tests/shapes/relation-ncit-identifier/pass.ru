INSERT DATA { her2:targetedBy skos:relatedMatch <http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#R37> . <http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#R37> her2:checkedAgainst "a fair copy" }
