INSERT DATA { her2:Emodin her2:inhibits her2:LigandDependent . her2:HER2 her2:participatesIn her2:Emodin }
