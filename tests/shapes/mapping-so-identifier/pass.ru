INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/SO_0001742> . <http://purl.obolibrary.org/obo/SO_0001742> her2:checkedAgainst "a fair copy" }
