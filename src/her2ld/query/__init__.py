"""Questions in SPARQL: those that travel with the package, with parameters, and any other, asked within limits."""
