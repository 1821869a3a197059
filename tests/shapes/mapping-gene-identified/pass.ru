DELETE DATA { her2:HER2Gene skos:exactMatch ncbigene:2064 }
