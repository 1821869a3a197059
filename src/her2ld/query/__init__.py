"""Questions in SPARQL: the questions of the package, which have parameters, and any other query, within limits."""
