"""A dataset over HTTP: SPARQL, linked data and pages, by processes that a request cannot bring down."""
