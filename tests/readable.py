"""What is written of the statements of a paper, as people can read it: TriG with the words of each span beside it."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import Curation, Vocabulary, build, iris
from her2ld.vocabulary import model, standard

GRAPHS = (model.STATEMENTS_GRAPH, model.ASSERTED_GRAPH, model.HEDGED_GRAPH)
PREFIXES = {
    "cl": f"{model.HER2LD}claim/",
    "st": f"{model.HER2LD}statement/",
    "curator": f"{model.HER2LD}curator/",
    "graph": f"{model.HER2LD}graph/",
    "": model.HER2LD,
    "dcterms": "http://purl.org/dc/terms/",
    "eco": "http://purl.obolibrary.org/obo/ECO_",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "pubmed": "http://rdf.ncbi.nlm.nih.gov/pubmed/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def written(curation: Curation, vocabulary: Vocabulary) -> list[Quad]:
    """Return the quads of the statements of a paper, and its plain triples."""
    return [quad for quad in build(vocabulary, [curation]) if quad.graph_name in GRAPHS]


def readable(curation: Curation, vocabulary: Vocabulary) -> str:
    """Return the quads of the statements of a paper and its plain triples as TriG, a line each.

    Beside a span, as a comment, stand the characters that the data give for it; those of a number, which the data do
    not repeat, are taken from the text and stand in brackets.
    """
    base = iris.text(curation.record, "abstract").value
    quads = [*build(vocabulary, [curation])]
    words, texts = (
        _words(quads),
        {iris.text(curation.record, part): text for part, text in curation.record.texts.items()},
    )

    def comment(node: object) -> str:
        if not isinstance(node, NamedNode) or "#char=" not in node.value:
            return ""
        text, _, place = node.value.partition("#char=")
        start, end = map(int, place.split(","))
        exact = texts[NamedNode(text)][start:end]
        assert words.get(node, exact) == exact
        return f"  # {exact}" if node in words else f"  # [{exact}]"

    lines = [f"@base <{base}> ."]
    lines += [f"@prefix {name}: <{namespace}> ." for name, namespace in PREFIXES.items()]
    for graph in GRAPHS:
        described: defaultdict[object, list[Quad]] = defaultdict(list)
        for quad in quads:
            if quad.graph_name == graph:
                described[quad.subject].append(quad)
        lines += ["", f"{_short(graph, base)} {{"]
        for subject, said in described.items():
            lines += [_short(subject, base)]
            for number, quad in enumerate(said, 1):
                property_ = "a" if quad.predicate == standard.TYPE else _short(quad.predicate, base)
                end = "." if number == len(said) else ";"
                lines += [f"  {property_} {_short(quad.object, base)} {end}{comment(quad.object)}"]
        lines += ["}"]
    return "\n".join(lines) + "\n"


def _words(quads: Iterable[Quad]) -> dict[object, str]:
    """Return the characters that the data give for each span, itself or by its selector."""
    exact = ((quad.subject, quad.object) for quad in quads if quad.predicate == standard.EXACT)
    said: dict[object, str] = {node: words.value for node, words in exact if isinstance(words, Literal)}
    selected = {quad.subject: said[quad.object] for quad in quads if quad.predicate == standard.HAS_SELECTOR}
    return said | selected


def _short(node: object, base: str) -> str:
    """Write a term as TriG has it, below a base or with a prefix where it can be."""
    if isinstance(node, Literal):
        kind = node.datatype.value.rsplit("#", 1)[-1]
        if kind == "integer" or (kind == "decimal" and "." in node.value):
            return node.value
        return str(node) if kind in ("string", "langString") else f'"{node.value}"^^{_short(node.datatype, base)}'
    assert isinstance(node, NamedNode)
    iri, folder = node.value, base.removesuffix("abstract")
    if iri.startswith(folder):
        return f"<{iri.removeprefix(base) if iri.startswith(f'{base}#') else iri.removeprefix(folder)}>"
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace) and not set(iri.removeprefix(namespace)) & set("/#=,"):
            return f"{name}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
