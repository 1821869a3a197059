INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.obolibrary.org/obo/VO_0000002> . <http://purl.obolibrary.org/obo/VO_0000002> her2:checkedAgainst "a fair copy" }
