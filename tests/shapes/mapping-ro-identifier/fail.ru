INSERT DATA { her2:encodes skos:relatedMatch <http://purl.obolibrary.org/obo/RO_2205> . <http://purl.obolibrary.org/obo/RO_2205> her2:checkedAgainst "a slip of the pen" }
