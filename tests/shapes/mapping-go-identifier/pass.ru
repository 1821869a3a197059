INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/GO_0038128> . <http://purl.obolibrary.org/obo/GO_0038128> her2:checkedAgainst "a fair copy" }
