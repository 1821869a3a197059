INSERT DATA { her2:HER2Gene skos:relatedMatch uniprot:P04626 }
