INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://www.ebi.ac.uk/efo/EFO_0004292> . <http://www.ebi.ac.uk/efo/EFO_0004292> her2:checkedAgainst "a fair copy" }
