INSERT DATA { her2:HER2 skos:relatedMatch mesh:D000001 . mesh:D000001 her2:checkedAgainst "MeSH 2024" }
