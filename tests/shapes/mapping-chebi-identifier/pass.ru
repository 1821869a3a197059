INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/CHEBI_42223> . <http://purl.obolibrary.org/obo/CHEBI_42223> her2:checkedAgainst "a fair copy" }
