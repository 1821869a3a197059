INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/VO_2> . <http://purl.obolibrary.org/obo/VO_2> her2:checkedAgainst "a slip of the pen" }
