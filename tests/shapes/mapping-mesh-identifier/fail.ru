INSERT DATA { her2:Trastuzumab skos:relatedMatch <http://id.nlm.nih.gov/mesh/D14611> . <http://id.nlm.nih.gov/mesh/D14611> her2:checkedAgainst "a slip of the pen" }
