INSERT DATA { her2:TumorAggressiveness skos:closeMatch <http://www.ebi.ac.uk/efo/EFO_0006999> }
