"""Draw the lists of docs/curation.md from the ontology: ``python docs/draw_curation.py``.

Each list is between two comments of the page, the first of which names it; the text around it is written by hand.
"""

import re
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld import Vocabulary, read_ontology
from her2ld.desk.term_names import kinds_of_entities
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

PLACE = Path(__file__).parent / "curation.md"
_WIDTH = 120
_PLACE = re.compile(r"(<!-- (?P<name>[a-z ]+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
_HOLDS = re.compile(r"^relation (?:that holds )?between ")

# The meaning of rdf:type, which the ontology does not define.
_OF_A_CLASS = "relation between a thing and the class that it is in"
# The meaning of cues in the words of the page, each with the term of the ontology that has the cue words.
_CUES = (
    ("possible", "Possible"),
    ("probable", "Probable"),
    ('a denial: `polarity = "denied"`', "denies"),
    ('a negative finding: `polarity = "not found"`', "findsNo"),
    ("a knowledge gap: `[[gap]]`", "KnowledgeGap"),
    ("an aim of a study (in gaps, too)", "Investigated"),
    ("an observation of a study", "Observed"),
    ("a conclusion of the authors", "Concluded"),
    ("attributed to other papers", "Others"),
    ("attributed to nobody in particular", "Nobody"),
)


def draw(page: str) -> str:
    """Return the page with its lists redrawn from the ontology."""
    vocabulary = read_ontology()
    return _PLACE.sub(lambda found: found[1] + _LISTS[found["name"]](vocabulary) + found[3], page)


def relations(vocabulary: Vocabulary) -> str:
    """Return a table of the relations that a curator may write, each with the kinds of its two ends."""
    definitions = {
        quad.subject: getattr(quad.object, "value", "")
        for quad in vocabulary.quads
        if quad.predicate == standard.DEFINITION
    }
    known = (each for each in vocabulary.terms.values() if each.is_relation)
    stated = sorted((each.label, each.iri) for each in known if each.iri not in vocabulary.inferred_only)
    rows = (f"| `{label}` | {_HOLDS.sub('', definitions.get(iri, _OF_A_CLASS))} |" for label, iri in stated)
    return "\n".join(("| relation | holds between |", "|---|---|", *rows)) + "\n"


def cues(vocabulary: Vocabulary) -> str:
    """Return a table of the cue words, by meaning."""
    steering = vocabulary.steering
    rows = ["| meaning | always a cue | a cue if you say so |", "|---|---|---|"]
    for says, name in _CUES:
        iri = NamedNode(f"{model.HER2LD}{name}")
        always, at_times = (
            ", ".join(each.get(iri, ())) for each in (steering.cue_words, steering.occasional_cue_words)
        )
        rows.append(f"| {says} | {always} | {at_times} |")
    return "\n".join(rows) + "\n"


def _members(kind: str) -> Callable[[Vocabulary], str]:
    def listed(vocabulary: Vocabulary) -> str:
        found = vocabulary.find(kind)
        if found is None:
            msg = f"the ontology has no {kind}"
            raise ValueError(msg)
        members = (each for each in vocabulary.terms.values() if each.iri != found.iri)
        return _lines(sorted(each.label for each in members if vocabulary.is_one_of(each, frozenset({found.iri}))))

    return listed


def _lines(names: list[str]) -> str:
    """Return the names as lines of text, none longer than the width of the page."""
    lines = [""]
    for name in names:
        word = f"`{name}`" + ("." if name == names[-1] else ",")
        if len(lines[-1]) + len(word) + 1 > _WIDTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines) + "\n"


_LISTS: dict[str, Callable[[Vocabulary], str]] = {
    "relations": relations,
    "cues": cues,
    "kinds": lambda vocabulary: _lines(kinds_of_entities(vocabulary)),
    "measures": _members("measure"),
    "designs": _members("study design"),
    "directions": _members("direction"),
}

if __name__ == "__main__":
    PLACE.write_text(draw(PLACE.read_text(encoding="utf-8")), encoding="utf-8")
