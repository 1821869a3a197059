INSERT DATA { her2:TumorAggressiveness skos:closeMatch mesh:D009361 }
