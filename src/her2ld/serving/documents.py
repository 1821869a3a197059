"""What a worker does with a path: the page of a thing, or what the data say of it, as the client likes it."""

import hashlib
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from pyoxigraph import Dataset, Quad, Store

from her2ld.dataset.descriptions import describe
from her2ld.errors import ExportError, Problem, ServingError
from her2ld.exports import FORMATS, export
from her2ld.iris import at_path
from her2ld.pages import Asked, Links, content_security_policy, offered, read_asked, read_knowledge, render
from her2ld.rdf.syntaxes import N_QUADS, OFFERED, OFFERED_WITH_GRAPHS, TRIG
from her2ld.serving.about import PREFIXES, dataset_description, facts_of, service_description
from her2ld.serving.graphs import graph_document
from her2ld.serving.messages import Job, Reply, refusal
from her2ld.serving.protocol import choose
from her2ld.serving.questions import GRAPHS
from her2ld.vocabulary import model

if TYPE_CHECKING:
    from her2ld.vocabulary.ontology import Vocabulary

HTML = "text/html"
# The media types of what the data say, in the order of preference among equals, each with the name of its format.
DATA = {each.media_type: each.name for each in (*OFFERED, TRIG, N_QUADS)}
_WITH_GRAPHS = [media_type for media_type, name in DATA.items() if FORMATS[name].has_named_graphs]
# What is only suggested is never said without its graph.
_HEDGED_LINKS = Links(formats=offered(OFFERED_WITH_GRAPHS))
_ENDINGS = {FORMATS[name].suffix: media_type for media_type, name in DATA.items()} | {".html": HTML}
SERVICE, DATASET, HOME = "sparql", ".well-known/void", ""
# What is described by triples of no graph has no format for quads.
_OFFERS = {SERVICE: tuple(GRAPHS), DATASET: tuple(GRAPHS), HOME: (HTML, *GRAPHS)}
_WARMING = (HOME, "query")  # pages that are drawn once, so that the first who asks waits no longer than the next


def documents_of(store: Store, vocabulary: "Vocabulary", rewritten: str = "") -> Callable[[Job], Reply]:
    """Return the function that answers for a path: an IRI of ours, a page, or a description of the dataset.

    The text of a job is the path, percent-encoded as it is in the IRI; its parameters are ``base``, the address of this
    server, and ``search``, what is sought. ``rewritten`` tells of literals that the store holds otherwise than they
    were written.
    """
    knowledge = read_knowledge(store, vocabulary)
    facts = facts_of(store, vocabulary, rewritten)
    for path in _WARMING:
        render(knowledge, path, Links())

    def content(path: str, media_type: str, job: Job) -> bytes:
        (base,) = job.values("base")
        if media_type == HTML:
            links = _HEDGED_LINKS if at_path(path) == model.HEDGED_GRAPH else Links()
            (search,) = job.values("search")
            return (render(knowledge, path, links, search, _asked(job)) or "").encode()
        if path == SERVICE:
            return graph_document(service_description(facts, base), GRAPHS[media_type], PREFIXES)
        if path in {DATASET, HOME}:
            return graph_document(dataset_description(facts, base), GRAPHS[media_type], PREFIXES)
        return _exported(describe(store, at_path(path)), media_type, vocabulary)

    return lambda job: _answered(job, content)


def _asked(job: Job) -> Asked | None:
    """Return what was asked on the page of questions without scripts, and its answer."""
    asked = [value for name in ("query", "answer_type", "answer") for value in job.values(name)]
    if not asked:
        return None
    query, media_type, answer = asked
    return read_asked(query, media_type, answer.encode())


def _answered(job: Job, content: Callable[[str, str, Job], bytes]) -> Reply:
    """Return the reply to a job, of what ``content`` gives for its path in the media type that is liked best."""
    path, accept = _without_ending(job.text, job.accept)
    offers = _OFFERS.get(path, (HTML, *DATA))
    media_type = choose(accept, offers)
    if media_type is None:
        what, remedy = f"cannot be had as {accept}", f"accept one of {', '.join(offers)}"
        return refusal(406, ServingError([Problem(f"/{path}", what, remedy)]))
    try:
        body = content(path, media_type, job) if _is_address(path) else b""
    except (ExportError, ServingError) as error:
        return refusal(406, error)
    if not body and media_type != HTML and _is_address(path) and content(path, HTML, job):
        what, remedy = "is a page, and no thing of which RDF speaks", f"accept {HTML}"
        return refusal(406, ServingError([Problem(f"/{path}", what, remedy)]))
    if not body:
        remedy = "begin at the home page, /, or search there"
        return refusal(404, ServingError([Problem(f"/{path}", "there is nothing here", remedy)]))
    headers = {"Vary": "Accept", "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if media_type == HTML:
        headers["Content-Security-Policy"] = content_security_policy(path)
    is_text = media_type.startswith("text/")
    return Reply(200, f"{media_type}; charset=utf-8" if is_text else media_type, body, headers, lasts=True)


def _without_ending(path: str, accept: str) -> tuple[str, str]:
    """Return a path without an ending such as ``.ttl``, and the media type that the ending asks for."""
    for ending, media_type in _ENDINGS.items():
        if path.endswith(ending):
            return path.removesuffix(ending), media_type
    return path, accept


def _is_address(path: str) -> bool:
    """Tell whether a path makes an IRI: nobody can speak of what has none."""
    try:
        at_path(path)
    except ValueError:
        return False
    return True


def _exported(quads: list[Quad], media_type: str, vocabulary: "Vocabulary") -> bytes:
    """Write what is said of a thing. Raises ServingError where the format has no place for any of it."""
    if not quads:
        return b""
    output = io.BytesIO()
    if not export(Dataset(quads), output, DATA[media_type], vocabulary):
        what = f"is only suggested, which is never said in {media_type}: it has no named graphs"
        raise ServingError([Problem("graph", what, f"accept one of {', '.join(_WITH_GRAPHS)}")])
    return output.getvalue()
