"""What is written of a paper's statements, in a form that people can read: TriG with the words of each span beside it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

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
    "mesh": "http://id.nlm.nih.gov/mesh/",
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
    base = f"{iris.text(curation.record, 'abstract').value}"
    folder = base.removesuffix("abstract")
    words: dict[object, str] = {}
    selectors: dict[object, str] = {}
    texts: dict[str, str] = {}
    quads = list(build(vocabulary, [curation]))
    for subject, predicate, value, _ in quads:
        if predicate == standard.EXACT:
            (selectors if "#selector=" in str(subject) else words)[subject] = value.value
        elif predicate == standard.VALUE and isinstance(subject, NamedNode):
            texts[subject.value] = value.value
    for subject, predicate, value, _ in quads:
        if predicate == standard.HAS_SELECTOR:
            words[subject] = selectors[value]

    def short(node: object) -> str:
        if isinstance(node, Literal):
            return _literal(node, short)
        iri = node.value  # type: ignore[attr-defined]  # no blank node is written here
        if iri.startswith(base + "#"):
            return f"<{iri.removeprefix(base)}>"
        if iri.startswith(folder):
            return f"<{iri.removeprefix(folder)}>"
        name = next((name for name, namespace in PREFIXES.items() if iri.startswith(namespace)), None)
        rest = iri.removeprefix(PREFIXES[name]) if name is not None else ""
        return f"{name}:{rest}" if rest and not set(rest) & set("/#=,") else f"<{iri}>"

    def comment(node: object) -> str:
        if not isinstance(node, NamedNode) or "#char=" not in node.value:
            return ""
        text, _, place = node.value.partition("#char=")
        start, end = map(int, place.split(","))
        exact = texts[text][start:end]
        assert words.get(node, exact) == exact
        return f"  # {exact}" if node in words else f"  # [{exact}]"

    lines = [f"@base <{base}> ."]
    lines += [f"@prefix {name}: <{namespace}> ." for name, namespace in PREFIXES.items()]
    for graph in GRAPHS:
        lines += [f"\n{short(graph)} {{"]
        lines += _blocks((quad for quad in quads if quad.graph_name == graph), short, comment)
        lines += ["}"]
    return "\n".join(lines) + "\n"


def _blocks(quads: Iterable[Quad], short, comment) -> Iterator[str]:  # type: ignore[no-untyped-def]  # of this file
    described: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in quads:
        described[quad.subject].append(quad)
    for subject, said in described.items():
        yield short(subject)
        for number, quad in enumerate(said, 1):
            property_ = "a" if quad.predicate == standard.TYPE else short(quad.predicate)
            yield f"  {property_} {short(quad.object)} {'.' if number == len(said) else ';'}{comment(quad.object)}"


def _literal(literal: Literal, short) -> str:  # type: ignore[no-untyped-def]  # of this file
    kind = literal.datatype.value.rsplit("#", 1)[-1]
    if kind in ("integer", "decimal") and ("." in literal.value or kind == "integer"):
        return literal.value
    if literal.language or kind == "string":
        return str(literal)
    return f'"{literal.value}"^^{short(literal.datatype)}'
