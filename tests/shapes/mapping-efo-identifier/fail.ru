INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://www.ebi.ac.uk/efo/EFO_4292> . <http://www.ebi.ac.uk/efo/EFO_4292> her2:checkedAgainst "a slip of the pen" }
