"""Where the page of a paper is: at the path below which its parts are named."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from her2ld.iris import DOI, PUBMED, RECORD, at_path, path_of
from her2ld.vocabulary import model, standard

_RECORD = RECORD.removeprefix(model.HER2LD)
_OF_PUBMED = f"{_RECORD}pubmed/"


def papers(store: Store) -> Iterator[NamedNode]:
    """Yield the papers of a store, each once, in no order."""
    seen = set()
    for quad in store.quads_for_pattern(None, standard.TYPE, standard.ARTICLE):
        if isinstance(quad.subject, NamedNode) and quad.subject not in seen:
            seen.add(quad.subject)
            yield quad.subject


def record_path(store: Store, paper: NamedNode) -> str:
    """Return the path of the page of a paper.

    A paper of PubMed has ``record/pubmed/`` and its PMID, one that is curated ``record/`` and its DOI with ``_`` for
    ``/``; a later version of a record is named by us, and has its own path.

    >>> record_path(Store(), NamedNode("http://rdf.ncbi.nlm.nih.gov/pubmed/33100329"))
    'record/pubmed/33100329'
    >>> record_path(Store(), NamedNode("https://doi.org/10.1007/BF02967477"))
    'record/10.1007_BF02967477'
    """
    if paper.value.startswith(PUBMED):
        return _OF_PUBMED + paper.value.removeprefix(PUBMED)
    ours = path_of(paper)
    if ours is not None:
        return ours
    texts = (quad.object for quad in store.quads_for_pattern(paper, model.HAS_TEXT, None))
    paths = [path for text in texts if isinstance(text, NamedNode) and (path := path_of(text))]
    if paths:
        return min(paths).rpartition("/")[0]
    return _RECORD + paper.value.removeprefix(DOI).replace("_", "%5F").replace("/", "_")


def paper_at(store: Store, path: str) -> NamedNode | None:
    """Return the paper whose page has that path; None where there is none."""
    parts = (at_path(f"{path}/{part}") for part in ("title", "abstract"))
    said = (quad.object for part in parts for quad in store.quads_for_pattern(part, standard.IS_PART_OF, None))
    doi = path.removeprefix(_RECORD).replace("_", "/").replace("%5F", "_")
    candidates = [
        *(paper for paper in said if isinstance(paper, NamedNode)),
        at_path(path),
        NamedNode(PUBMED + path.removeprefix(_OF_PUBMED)),
        NamedNode(DOI + doi),
    ]
    for paper in candidates:
        kinds = store.quads_for_pattern(paper, standard.TYPE, standard.ARTICLE)
        if next(kinds, None) and record_path(store, paper) == path:
            return paper
    return None
