INSERT DATA { her2:Trastuzumab skos:relatedMatch <https://www.ncbi.nlm.nih.gov/gene/2064> . <https://www.ncbi.nlm.nih.gov/gene/2064> her2:checkedAgainst "a fair copy" }
