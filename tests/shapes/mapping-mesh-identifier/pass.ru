INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://id.nlm.nih.gov/mesh/D000092004> . <http://id.nlm.nih.gov/mesh/D000092004> her2:checkedAgainst "a fair copy" }
