INSERT DATA { her2:HER2 a her2:Protein }
