INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/OGMS_93> . <http://purl.obolibrary.org/obo/OGMS_93> her2:checkedAgainst "a slip of the pen" }
