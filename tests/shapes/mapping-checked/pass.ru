DELETE { mesh:D014611 her2:checkedAgainst ?source }
INSERT { mesh:D014611 her2:checkedAgainst "MeSH 2025" }
WHERE { mesh:D014611 her2:checkedAgainst ?source }
