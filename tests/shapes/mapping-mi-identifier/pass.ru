INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/MI_0506> . <http://purl.obolibrary.org/obo/MI_0506> her2:checkedAgainst "a fair copy" }
