"""Serve a file of N-Triples with rdflib-endpoint: the other side of benchmarks/serving.py.

python benchmarks/serving_with_rdflib.py FILE PORT
"""

import sys

import rdflib
import uvicorn
from rdflib_endpoint import SparqlEndpoint

if __name__ == "__main__":
    graph = rdflib.Graph().parse(sys.argv[1], format="nt11")
    app = SparqlEndpoint(graph=graph, path="/sparql")
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
