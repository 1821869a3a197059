INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/PR_P04626> . <http://purl.obolibrary.org/obo/PR_P04626> her2:checkedAgainst "a fair copy" }
