INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://purl.uniprot.org/uniprot/P0462> . <http://purl.uniprot.org/uniprot/P0462> her2:checkedAgainst "a slip of the pen" }
