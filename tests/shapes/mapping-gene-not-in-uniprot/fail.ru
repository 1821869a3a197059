INSERT DATA { her2:HER2Gene skos:closeMatch uniprot:P04626 }
