INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/MI_506> . <http://purl.obolibrary.org/obo/MI_506> her2:checkedAgainst "a slip of the pen" }
