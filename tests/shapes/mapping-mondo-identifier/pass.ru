INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/MONDO_0007254> . <http://purl.obolibrary.org/obo/MONDO_0007254> her2:checkedAgainst "a fair copy" }
