INSERT DATA { her2:encodes skos:relatedMatch <http://semanticscience.org/resource/SIO_1401> . <http://semanticscience.org/resource/SIO_1401> her2:checkedAgainst "a slip of the pen" }
