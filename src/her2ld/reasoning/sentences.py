"""A triple read from words: “trastuzumab targets HER2”."""

from pyoxigraph import Triple

from her2ld.errors import Problem, ReasoningError
from her2ld.vocabulary.ontology import Vocabulary


def read_triple(text: str, vocabulary: Vocabulary) -> Triple:
    """Read subject, relation and object by any of their names. Raises ReasoningError where they cannot be told apart.

    >>> from her2ld import read_ontology
    >>> str(read_triple("trastuzumab targets HER2", read_ontology()).predicate)
    '<https://w3id.org/her2ld/targets>'
    """
    words = [word for word in text.split() if word]
    known: dict[str, str] = {}
    for end in range(len(words), 0, -1):
        subject = vocabulary.find(" ".join(words[:end]))
        if subject is None:
            continue
        for start in range(len(words) - 1, end, -1):
            relation = vocabulary.find(" ".join(words[end:start]))
            value = vocabulary.find(" ".join(words[start:]))
            if relation and value:
                return Triple(subject.iri, relation.iri, value.iri)
        known.setdefault(subject.label, " ".join(words[end:]))
    where = f"“{text}”"
    if not known:
        nearest = vocabulary.nearest(words[0] if words else "")
        remedy = f"did you mean “{nearest}”?" if nearest else "begin with the label of a term"
        raise ReasoningError([Problem(where, "does not begin with the name of a term", remedy)])
    (label, rest), *_ = known.items()
    what = f"“{rest}” is not the name of a relation and that of a term (after “{label}”)"
    raise ReasoningError([Problem(where, what, "write: subject relation object, by their labels")])
