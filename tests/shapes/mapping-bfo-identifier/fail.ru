INSERT DATA { her2:encodes skos:relatedMatch <http://purl.obolibrary.org/obo/BFO_50> . <http://purl.obolibrary.org/obo/BFO_50> her2:checkedAgainst "a slip of the pen" }
