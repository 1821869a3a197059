INSERT DATA { her2:Trastuzumab skos:relatedMatch <https://reactome.org/content/detail/R-HSA-1227986.3> . <https://reactome.org/content/detail/R-HSA-1227986.3> her2:checkedAgainst "a fair copy" }
