INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/CHEBI_CHEBI42223> . <http://purl.obolibrary.org/obo/CHEBI_CHEBI42223> her2:checkedAgainst "a slip of the pen" }
