INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/GO_38128> . <http://purl.obolibrary.org/obo/GO_38128> her2:checkedAgainst "a slip of the pen" }
