INSERT DATA { her2:Trastuzumab skos:relatedMatch <https://www.ncbi.nlm.nih.gov/gene/ERBB2> . <https://www.ncbi.nlm.nih.gov/gene/ERBB2> her2:checkedAgainst "a slip of the pen" }
