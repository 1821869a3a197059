"""Serve a dataset over HTTP: SPARQL, linked data and pages, from processes that a request cannot bring down."""
