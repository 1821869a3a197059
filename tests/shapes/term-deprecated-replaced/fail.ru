INSERT DATA { her2:HER2Phosphorylation owl:deprecated true }
