INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/MONDO_7254> . <http://purl.obolibrary.org/obo/MONDO_7254> her2:checkedAgainst "a slip of the pen" }
