INSERT DATA { her2:encodes skos:relatedMatch <http://purl.obolibrary.org/obo/RO_0002205> . <http://purl.obolibrary.org/obo/RO_0002205> her2:checkedAgainst "a fair copy" }
