INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/DOID_0001612> . <http://purl.obolibrary.org/obo/DOID_0001612> her2:checkedAgainst "a fair copy" }
