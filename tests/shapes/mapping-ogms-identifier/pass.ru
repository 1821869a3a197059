INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/OGMS_0000093> . <http://purl.obolibrary.org/obo/OGMS_0000093> her2:checkedAgainst "a fair copy" }
