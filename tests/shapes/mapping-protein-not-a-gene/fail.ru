INSERT DATA { her2:HER2 skos:closeMatch ncbigene:2064 }
