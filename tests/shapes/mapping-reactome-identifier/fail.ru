INSERT DATA { her2:Trastuzumab skos:relatedMatch <https://reactome.org/content/detail/REACT-1227986> . <https://reactome.org/content/detail/REACT-1227986> her2:checkedAgainst "a slip of the pen" }
