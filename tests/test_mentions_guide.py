"""What docs/mentions.md shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from her2ld import Vocabulary
from her2ld.dataset.article_texts import mention_lines
from her2ld.vocabulary import model, standard
from tests.test_mentions import FIND

GUIDE = (Path(__file__).parent.parent / "docs" / "mentions.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, flags=re.MULTILINE | re.DOTALL)
PROGRAMS = [text for language, text in BLOCKS if language == "python"]
OUTPUTS = [text for language, text in BLOCKS if language == "text"]


@pytest.mark.parametrize(("program", "expected"), list(zip(PROGRAMS, OUTPUTS, strict=True)))
def test_the_programs_print_what_is_shown(program: str, expected: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == expected


def test_the_query_leaves_out_the_papers_that_only_say_that_it_is_absent() -> None:
    said = {"1": "HER2-negative", "2": "HER2-low", "3": "HER2 and HER2-negative", "4": "mouse HER2", "5": "ERBB2"}
    store = Store()
    for paper, text in said.items():
        node = f"https://w3id.org/her2ld/record/{paper}/title"
        part = NamedNode(f"http://rdf.ncbi.nlm.nih.gov/pubmed/{paper}")
        store.add(Quad(NamedNode(node), standard.IS_PART_OF, part, model.RECORDS_GRAPH))
        store.extend(parse(mention_lines(node, FIND(text)), format=RdfFormat.N_QUADS))
    (query,) = (text for language, text in BLOCKS if language == "sparql")
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    assert sorted(str(solution["paper"])[-2] for solution in found) == ["2", "3"]


def test_the_guide_names_each_property_that_steers_the_finding(vocabulary: Vocabulary) -> None:
    named = set(re.findall(r"`her2:(\w+)`", GUIDE))
    assert {f"{model.HER2LD}{name}" for name in named} <= {iri.value for iri in vocabulary.terms}
    steering = (
        model.BEGINNING_OF_ANOTHER,
        model.CONTEXT_WORD,
        model.COUNTERPART_OF,
        model.ENDING_OF_ANOTHER,
        model.EXACT_NAME,
        model.FALSE_FRIEND,
        model.GLUED_WORD,
        model.HYPHEN_MAKES_ANOTHER,
        model.IS_GENERAL_WORD,
        model.KEEPS_TOPIC,
        model.LEAVES_TOPIC,
        model.MISLEADING_WORD,
        model.NAME_HIDES,
        model.NAME_STEM,
        model.NEEDS_CONTEXT,
        model.NEGATIVE_NAME,
        model.SAYS_HUMAN,
        model.SYMBOL_OF_ANOTHER,
        model.TOPIC_WORD,
        model.WORD_AFTER,
        model.WORD_BEFORE,
        model.WORD_OF_ANOTHER,
    )
    assert {iri.value.removeprefix(model.HER2LD) for iri in steering} <= named
