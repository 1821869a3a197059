INSERT DATA { her2:encodes skos:relatedMatch <http://semanticscience.org/resource/SIO_001401> . <http://semanticscience.org/resource/SIO_001401> her2:checkedAgainst "a fair copy" }
