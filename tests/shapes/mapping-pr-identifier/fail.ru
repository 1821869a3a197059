INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/PR_6933> . <http://purl.obolibrary.org/obo/PR_6933> her2:checkedAgainst "a slip of the pen" }
