INSERT DATA { her2:HER2 skos:relatedMatch ncbigene:2064 }
