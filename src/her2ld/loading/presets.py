"""What differs between stores: addresses, authentication, default graphs, and what a reader sees of a refresh.

Virtuoso, Oxigraph and Jena are loaded in the tests; the others were not run. Where an address is wrong, ``graph-store``
takes any.
"""

from dataclasses import dataclass
from typing import Literal

Authentication = Literal["basic", "digest", "bearer"]


@dataclass(frozen=True, slots=True)
class Preset:
    """How a kind of store is spoken to. The addresses begin with that of the store, put in place of ``{}``.

    ``address`` shows what the address of the store looks like. ``graph_store`` is that of the SPARQL 1.1 Graph Store
    Protocol, ``graph_parameter`` its parameter with the name of a graph; a store without it is written to by ``update``
    alone. ``moves`` says that an update can MOVE graphs, and ``together`` that readers see all of them moved or none.
    ``union`` says that a query which names no graph sees all of them, those that are being staged, too.
    ``default_graph`` says that there is one apart from the named graphs. ``rewrites`` says that literals are kept by
    their value, not as they are written.
    """

    name: str
    title: str
    address: str
    query: str
    update: str | None
    graph_store: str | None
    graph_parameter: str = "graph"
    update_parameter: str = "update"
    authentication: Authentication = "basic"
    moves: bool = True
    together: bool = True
    union: bool = False
    default_graph: bool = True
    rewrites: bool = True


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "fuseki", "Apache Jena Fuseki", "http://HOST:3030/DATASET",
            query="{}/query", update="{}/update", graph_store="{}/data",
        ),
        Preset(
            "graphdb", "GraphDB", "http://HOST:7200/repositories/REPOSITORY",
            query="{}", update="{}/statements", graph_store="{}/rdf-graphs/service",
            union=True, default_graph=False, rewrites=False,
        ),
        Preset(
            "rdf4j", "Eclipse RDF4J", "http://HOST:8080/rdf4j-server/repositories/REPOSITORY",
            query="{}", update="{}/statements", graph_store="{}/rdf-graphs/service",
            union=True, default_graph=False, rewrites=False,
        ),
        Preset(
            "virtuoso", "Virtuoso", "http://HOST:8890",
            query="{}/sparql-auth", update="{}/sparql-auth", graph_store="{}/sparql-graph-crud-auth",
            graph_parameter="graph-uri", update_parameter="query", authentication="digest",
            together=False, union=True, default_graph=False,
        ),
        Preset(
            "oxigraph", "Oxigraph's server", "http://HOST:7878",
            query="{}/query", update="{}/update", graph_store="{}/store",
        ),
        Preset(
            "blazegraph", "Blazegraph", "http://HOST:9999/blazegraph/namespace/NAMESPACE",
            query="{}/sparql", update="{}/sparql", graph_store=None, union=True, default_graph=False,
        ),
        Preset(
            "stardog", "Stardog", "http://HOST:5820/DATABASE",
            query="{}/query", update="{}/update", graph_store="{}",
        ),
        Preset(
            "neptune", "Amazon Neptune", "https://HOST:8182",
            query="{}/sparql", update="{}/sparql", graph_store="{}/sparql/gsp/", union=True, default_graph=False,
        ),
        Preset(
            "qlever", "QLever", "http://HOST:7001",
            query="{}", update=None, graph_store="{}", authentication="bearer",
            moves=False, union=True, default_graph=False,
        ),
        Preset(
            "graph-store", "any store with the SPARQL 1.1 Graph Store Protocol, at the address of this",
            "http://HOST/GRAPH-STORE",
            query="", update=None, graph_store="{}", rewrites=False,
        ),
        Preset(
            "sparql", "any store with SPARQL 1.1 Query and Update, at one address", "http://HOST/SPARQL",
            query="{}", update="{}", graph_store=None, rewrites=False,
        ),
    )
}  # fmt: skip
