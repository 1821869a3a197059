INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/DOID_DOID1612> . <http://purl.obolibrary.org/obo/DOID_DOID1612> her2:checkedAgainst "a slip of the pen" }
