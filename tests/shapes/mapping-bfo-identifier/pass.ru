INSERT DATA { her2:encodes skos:relatedMatch <http://purl.obolibrary.org/obo/BFO_0000050> . <http://purl.obolibrary.org/obo/BFO_0000050> her2:checkedAgainst "a fair copy" }
