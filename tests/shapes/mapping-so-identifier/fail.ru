INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/SO_1742> . <http://purl.obolibrary.org/obo/SO_1742> her2:checkedAgainst "a slip of the pen" }
