DELETE { mesh:D014611 her2:checkedAgainst ?source }
WHERE { mesh:D014611 her2:checkedAgainst ?source }
