"""The kinds of store and their differences, the address of a store, and credentials.

An address is shown without secrets. Credentials come from the environment or from netrc.
"""

import netrc
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from her2ld.errors import LoadError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Signing = Callable[[httpx.Request], httpx.Request]


Authentication = Literal["basic", "digest", "bearer"]


@dataclass(frozen=True, slots=True)
class Preset:
    """The addresses and abilities of a kind of store. In the addresses, ``{}`` stands for that of the store.

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


USER_VARIABLE, PASSWORD_VARIABLE = "HER2LD_STORE_USER", "HER2LD_STORE_PASSWORD"  # a name, no password
HOW_TO_GIVE_THEM = f"put them into ~/.netrc, or into {USER_VARIABLE} and {PASSWORD_VARIABLE}"


def is_address(target: str) -> bool:
    """Tell whether a target is the address of a store, not a folder.

    >>> is_address("http://localhost:7878"), is_address("her2-store")
    (True, False)
    """
    return target.lower().startswith(("http://", "https://"))


def checked_address(address: str) -> str:
    """Return the address of a store without a slash at its end.

    Raises LoadError where it is none, or carries what belongs into no command line: user, password, token.
    """
    try:
        parts = urlsplit(address)
        host, secret = parts.hostname, parts.username is not None or bool(parts.query or parts.fragment)
        place = f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        host, secret, place = None, False, "the address of the store"
    if secret:
        what = "carries a user, a password or parameters, which others can see on a command line"
        raise LoadError([Problem(place, what, f"leave them out; {HOW_TO_GIVE_THEM}")])
    if not host:
        raise LoadError([Problem(place, "is not an address", "write http://HOST:PORT/…")])
    return address.rstrip("/")


def authentication(address: str, kind: Authentication) -> "httpx.Auth | Signing | None":
    """Return the authentication for an address; None if no credentials are known for it.

    Raises LoadError where they cannot be understood.
    """
    import httpx  # heavy, and only for stores on the network

    user, password = os.environ.get(USER_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        user, password = _from_netrc(urlsplit(address).hostname or "")
    if password is None:
        return None
    if kind == "bearer":
        return partial(_signed, password)
    if not user:
        what = f"{PASSWORD_VARIABLE} is set and {USER_VARIABLE} is not"
        raise LoadError([Problem("the environment", what, "set both")])
    return httpx.DigestAuth(user, password) if kind == "digest" else httpx.BasicAuth(user, password)


def _signed(token: str, request: "httpx.Request") -> "httpx.Request":
    request.headers["Authorization"] = f"Bearer {token}"
    return request


def _from_netrc(host: str) -> tuple[str | None, str | None]:
    file = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    try:
        found = netrc.netrc(file).authenticators(host)
    except FileNotFoundError:
        return None, None
    except (OSError, netrc.NetrcParseError) as error:
        what = "cannot be read" if isinstance(error, OSError) else f"is not understood in line {error.lineno}"
        remedy = "correct that file, or use the environment"
        raise LoadError([Problem(str(file), what, remedy)]) from None  # the error may quote a password
    return (found[0], found[2]) if found else (None, None)
