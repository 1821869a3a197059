INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.uniprot.org/uniprot/A0A024R1R9> . <http://purl.uniprot.org/uniprot/A0A024R1R9> her2:checkedAgainst "a fair copy" }
