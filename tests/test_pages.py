"""Pages: each is sound HTML that leads only to what exists, shows each text to the character, and runs nothing."""

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store

from her2ld import Curation, Vocabulary, read_ontology
from her2ld.pages import Knowledge, Links, assets, content_security_policy, page_paths, read_knowledge, render
from her2ld.pages.marked_texts import marks_of, segments
from her2ld.vocabulary import model, standard
from her2ld.vocabulary import statement_model as statements
from tests.pages.document import Element, outline, read
from tests.pages.sampling import sample, without_unneeded
from tests.serving_process import within

HERE = Path(__file__).parent
REVIEW = "record/10.1007_BF02967477"
VOCABULARY = read_ontology()
SUGGESTED = "statement/95a60bbbb907b84e"
STATIC = Links("../", ".html", None, ())
EVERY_LINKS = pytest.mark.parametrize("links", [Links(), STATIC], ids=["server", "static"])


@pytest.fixture(scope="module")
def knowledge(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> Knowledge:
    """Return the curated review."""
    return known(quads, vocabulary)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Knowledge:
    """Return records of PubMed, with the names found in them, and the ontology."""
    file = tmp_path_factory.mktemp("pubmed") / "found.nq"
    command = (sys.executable, "-m", "her2ld", "export", HERE / "records" / "pubmed.xml", "-o", file)
    subprocess.run(command, check=True, capture_output=True)
    store = Store()
    store.load(path=file, format=RdfFormat.N_QUADS)
    store.extend(vocabulary.quads)
    return read_knowledge(store, vocabulary)


def known(quads: object, vocabulary: Vocabulary) -> Knowledge:
    store = Store()
    store.extend(quads)  # type: ignore[arg-type]
    return read_knowledge(store, vocabulary)


def page(knowledge: Knowledge, path: str, links: Links = Links(), search: str = "") -> Element:  # noqa: B008  # frozen
    document = render(knowledge, path, links, search)
    assert document is not None, path
    assert document.startswith("<!DOCTYPE html>\n")
    return read(document)


def addresses(document: Element) -> Iterator[tuple[str, str]]:
    for element in document.all():
        for name in ("href", "src", "action"):
            if name in element.attributes:
                yield element.name, element.attributes[name]


@cache
def targets(links: Links, paths: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the addresses that a page may load, and those that it may lead to."""
    data = {links.data(path, ending) for path in paths for _, ending in links.formats}
    own = {links.page("search"), links.endpoint} if links.endpoint else set()
    return frozenset({links.asset(name) for name in assets()} | data), frozenset(
        {links.page(path) for path in paths} | data | own
    )


def assert_sound(document: Element, links: Links, paths: frozenset[str]) -> None:
    """Find mistakes that a browser would mend, links that lead nowhere, and whatever the policy forbids."""
    elements = document.all()
    ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
    places_in = set(ids)
    assert len(ids) == len(places_in)
    levels = [int(element.name[1]) for element in elements if re.fullmatch(r"h[1-6]", element.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    (main,) = document.all("main")
    assert main.text.strip()
    for element in elements:
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        assert element.name not in {"style", "iframe", "object", "base"}
        if element.name == "script":
            assert element.attributes.get("src") or element.attributes["type"] == "application/json"
            assert "<" not in element.text
        for reference in ("aria-labelledby", "for"):
            assert set(element.attributes.get(reference, "").split()) <= places_in
    fetched, followed = targets(links, paths)
    for element_name, address in addresses(document):
        path, _, fragment = address.partition("#")
        if element_name in {"link", "script", "img"}:
            assert address in fetched
        elif address.startswith(("http://", "https://")):
            assert not address.startswith(model.HER2LD)
        elif path:
            assert path in followed
        else:
            assert fragment in places_in


@EVERY_LINKS
def test_every_page_is_sound_and_leads_only_to_pages(knowledge: Knowledge, links: Links) -> None:
    paths = frozenset(page_paths(knowledge))
    sampled = sample(knowledge)
    assert 60 < len(sampled) < 200
    for path in sampled:
        assert_sound(page(knowledge, path, links), links, paths)


@pytest.mark.slow
@EVERY_LINKS
def test_all_pages_are_sound_and_lead_only_to_pages(knowledge: Knowledge, links: Links) -> None:
    paths = frozenset(page_paths(knowledge))
    assert len(paths) > 1000
    for path in paths:
        assert_sound(page(knowledge, path, links), links, paths)


def test_every_name_of_ours_has_a_page(knowledge: Knowledge) -> None:
    named = {term for quad in knowledge.store for term in (quad.subject, quad.predicate) if isinstance(term, NamedNode)}
    ours = {iri.value.removeprefix(model.HER2LD) for iri in named if iri.value.startswith(model.HER2LD)}
    assert {path for path in ours if "#" not in path} <= set(page_paths(knowledge))
    # A fragment is a place on a page.
    for path in sorted(path for path in ours if "#char=" in path):
        name, _, fragment = path.partition("#")
        assert page(knowledge, name).all(id=fragment), path


def test_what_is_not_here_has_no_page(knowledge: Knowledge) -> None:
    strange = (
        "nothing",
        "statement/0",
        "record/0",
        "../etc/passwd",
        "HER2/",
        "/HER2",
        "a b",
        "<",
        "%",
        "%00",
        "%2e%2e",
    )
    assert [path for path in strange if render(knowledge, path, Links()) is not None] == []
    assert render(knowledge, "search", STATIC, "HER2") is None


@pytest.mark.slow
def test_the_pages_are_the_same_bytes_every_time() -> None:
    program = (
        "import hashlib; from pyoxigraph import Store; from her2ld import *; from her2ld.pages import *;"
        "from tests.pages.sampling import sample;"
        "v = read_ontology(); s = Store(); s.extend(build(v, [read_curation(f, v) for f in curation_folders()]));"
        "k = read_knowledge(s, v);"
        "print(hashlib.sha256(''.join(render(k, p, Links()) for p in sample(k)).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            (sys.executable, "-c", program),
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Apia"))
    }
    assert len(said) == 1


def test_after_the_first_page_no_file_is_opened() -> None:
    program = (
        "import sys; from her2ld import *; from her2ld.pages import *; from her2ld.query.prepared import shipped_store;"
        "from tests.pages.sampling import sample;"
        "k = read_knowledge(shipped_store(), read_ontology()); paths = sample(k); render(k, '', Links());"
        "sys.addaudithook(lambda event, _: sys.exit(f'{event} {_}') if event in {'open', 'import'} else None);"
        "print(sum(render(k, path, Links(), 'P04626') is not None for path in [*paths, 'search']))"
    )
    done = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert int(done.stdout) > 60


def test_reading_is_fast(knowledge: Knowledge) -> None:
    def read() -> float:
        start = time.process_time()
        read_knowledge(knowledge.store, knowledge.vocabulary)
        return time.process_time() - start

    assert within(0.2, read)


def marked(document: Element, number: str) -> str:
    """Return the characters that are marked as evidence of the statement of that number."""
    (text,) = document.all("p", class_="text")
    return "".join(each.text for each in text.all() if number in each.attributes.get("data-statements", "").split())


def test_the_texts_are_shown_to_the_character_and_every_evidence_is_marked(
    knowledge: Knowledge, review: Curation
) -> None:
    document = page(knowledge, REVIEW)
    (text,) = document.all("p", class_="text")
    assert text.text == review.record.abstract
    boxes = [element for element in document.all("div") if "data-statement" in element.attributes]
    assert len(boxes) == len(review.statements)
    shown = {box.all("a")[0].attributes["href"]: marked(document, box.attributes["data-statement"]) for box in boxes}
    assert shown == {f"/{path}": statement.evidence[0].exact for path, statement in knowledge.statements.items()}
    cues = {each.text for each in text.all("mark", class_="cue")}
    assert cues == {
        span.exact for said in review.statements for property_, span in said.words if property_.value.endswith("Cue")
    }


def test_the_statement_page_marks_its_own_words_alone(knowledge: Knowledge, review: Curation) -> None:
    for path, statement in knowledge.statements.items():
        expected = {"evidence": set(range(statement.evidence[0].start, statement.evidence[0].end))}
        for mark, _, span in marks_of(statement):
            expected.setdefault(mark.name, set()).update(range(span.start, span.end))
        found: dict[str, set[int]] = {}
        for text in page(knowledge, path).all("p", class_="text"):
            start = int(text.attributes.get("data-start", "0"))
            assert text.text == review.record.abstract[start : start + len(text.text)]
            for kind, places in marked_places(text, start).items():
                found.setdefault(kind, set()).update(places)
        assert found == expected


def marked_places(text: Element, start: int) -> dict[str, set[int]]:
    """Return the places of the characters of each kind of mark, by its class, in a text from ``start`` on."""
    found: dict[str, set[int]] = {}

    def walk(element: Element, here: int) -> int:
        begin = here
        for each in element.content:
            here = walk(each, here) if isinstance(each, Element) else here + len(each)
        for kind in element.attributes.get("class", "").split():
            found.setdefault(kind, set()).update(range(begin, here))
        return here

    walk(text, start)
    del found["text"]
    return found


@pytest.mark.parametrize(
    ("path", "file"),
    [(SUGGESTED, "hedged_statement.txt"), ("HER2Gene", "entity.txt"), ("heterodimerizesWith", "relation.txt")],
)
def test_a_page_says_all_that_is_known(knowledge: Knowledge, path: str, file: str) -> None:
    assert outline(page(knowledge, path)) == (HERE / "pages" / file).read_text(encoding="utf-8")


def test_what_is_only_suggested_is_nowhere_said_as_a_fact(knowledge: Knowledge) -> None:
    """HER2 "has been suggested to be" a ligand orphan receptor: that is in a statement, and never its class."""
    document = page(knowledge, "HER2")
    links = [link for link in document.all("a") if link.attributes["href"] == "/LigandOrphanReceptor"]
    assert links == []
    (claim,) = [each for each in document.all("div", class_="claim hedged") if "ligand orphan" in each.text]
    assert claim.all("span", class_="stands hedged")[0].text == "affirmed, probable"
    assert claim.all("mark", class_="cue")[0].text == "has been suggested"


def test_a_search_finds_what_is_meant_first(knowledge: Knowledge) -> None:
    def first(text: str) -> str:
        found = page(knowledge, "search", search=text).all("ol")
        links = found[0].all("a") if found else []
        return links[0].attributes["href"] if links else ""

    expected = {
        "her 2": "/HER2",
        "Herceptin": "/Trastuzumab",
        "HER-2/neu": "/HER2Gene",
        "P04626": "/HER2",
        "UniProtKB:P04626": "/HER2",
        "https://identifiers.org/hgnc:3430": "/HER2Gene",
        "10.1007/BF02967477": f"/{REVIEW}",
        "https://doi.org/10.1007/BF02967477": f"/{REVIEW}",
        "ligand orphan": "/LigandOrphanReceptor",
        "no such thing": "",
        "  ": "",
        "-": "",
    }
    assert {text: first(text) for text in expected} == expected
    assert first("is an appropriate target for tumor").startswith("/statement/")
    for text in (*expected, "<script>"):
        assert_sound(page(knowledge, "search", search=text), Links(), frozenset(page_paths(knowledge)))


def test_answers_on_a_static_page_have_names_and_the_curie_in_the_title(knowledge: Knowledge) -> None:
    document = page(knowledge, "query", STATIC)
    (question,) = document.all("li", id="approvals")
    cells = [cell for row in question.all("tbody")[0].all("tr") for cell in row.all("td")]
    links = {
        link.attributes["href"]: (link.text, link.attributes.get("title")) for cell in cells for link in cell.all("a")
    }
    assert links["../MetastaticBreastCancer.html"] == ("metastatic breast cancer", "her2:MetastaticBreastCancer")


def place_of(span: object) -> tuple[int, int]:
    """Return where a span begins and ends, as its IRI says."""
    start, end = re.findall(r"#char=(\d+),(\d+)", str(span))[0]
    return int(start), int(end)


def test_records_of_pubmed_have_pages_with_every_name_marked(imported: Knowledge) -> None:
    paths = frozenset(page_paths(imported))
    records = {path for path in paths if re.fullmatch(r"record/pubmed/\d+", path)}
    assert len(records) > 5
    mentions = 0
    for path in records:
        document = page(imported, path)
        assert_sound(document, Links(), paths)
        for text in document.all("p", class_="text"):
            iri = NamedNode(model.HER2LD + text.attributes["data-text"])
            (characters,) = (quad.object for quad in imported.store.quads_for_pattern(iri, standard.VALUE, None))
            assert isinstance(characters, Literal)
            assert text.text == characters.value
            named = [link.text for link in text.all("a", class_="named")]
            places = [
                place_of(span.subject)
                for span in imported.store.quads_for_pattern(None, standard.HAS_SOURCE, iri)
                if list(imported.store.quads_for_pattern(None, standard.HAS_TARGET, span.subject))
            ]
            covered = sorted({each for start, end in places for each in range(start, end)})
            assert "".join(named) == "".join(characters.value[each] for each in covered)
            mentions += len(places)
    assert mentions >= 10


def test_a_term_leads_to_the_papers_that_name_it(imported: Knowledge) -> None:
    (section,) = [
        each
        for each in page(imported, "HER2").all("section")
        if "mentions" in each.attributes.get("aria-labelledby", "")
    ]
    assert {link.attributes["href"].split("/")[1] for link in section.all("a")} == {"record"}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SPANS = st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=8)


@given(TEXTS, SPANS)
def test_pieces_are_the_text_and_each_is_covered_by_the_marks_over_it(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [(start, end, number) for number, (start, end) in enumerate(spans)]
    pieces = list(segments(text, marks))
    assert "".join(piece.text for piece in pieces) == text
    sound = {number for start, end, number in marks if 0 <= start < end <= len(text)}
    for number in range(len(spans)):
        covered = {place for piece in pieces if number in piece.marks for place in range(piece.start, piece.end)}
        assert covered == (set(range(*spans[number])) if number in sound else set())
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)


def a_record(text: str, spans: list[tuple[int, int]]) -> Iterator[Quad]:
    """Make up a paper with that abstract, and a statement that stands on each of the spans, which is a name, too."""
    paper, abstract = NamedNode("https://doi.org/10.1/x"), NamedNode(f"{model.HER2LD}record/10.1_x/abstract")
    said: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (paper, standard.TYPE, standard.ARTICLE),
        (paper, standard.TITLE, Literal(text)),
        (paper, model.HAS_TEXT, abstract),
        (abstract, standard.TYPE, model.ABSTRACT_TEXT),
        (abstract, standard.IS_PART_OF, paper),
        (abstract, standard.VALUE, Literal(text)),
    ]
    for number, (start, end) in enumerate(spans):
        statement = NamedNode(f"{model.HER2LD}statement/{number}")
        span, selector, mention = (
            NamedNode(f"{abstract.value}#{kind}={start},{end}") for kind in ("char", "selector", "mention")
        )
        said += [
            (statement, standard.TYPE, statements.STATEMENT),
            (statement, standard.LABEL, Literal(text)),
            (statement, statements.EVIDENCE, span),
            (statement, statements.CERTAINTY_CUE, span),
            (statement, statements.SUBJECT_WORDS, NamedNode(f"{abstract.value}#char={start + 1},{end + 2}")),
            (statement, standard.DERIVED_FROM, paper),
            (span, standard.HAS_SOURCE, abstract),
            (span, standard.HAS_SELECTOR, selector),
            (selector, standard.START, Literal(start)),
            (selector, standard.END, Literal(end)),
            (mention, standard.HAS_TARGET, span),
            (mention, standard.HAS_BODY, statements.STATEMENT),
        ]
    yield from (Quad(*triple, model.RECORDS_GRAPH) for triple in said)


@settings(max_examples=50)
@example("a\r\nb\rc\0d 𝄞 e", [(0, 4), (2, 9)])
@given(TEXTS, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=4))
def test_any_text_is_shown_to_the_character_whatever_is_marked(text: str, spans: list[tuple[int, int]]) -> None:
    knowledge = known(a_record(text, spans), VOCABULARY)
    shown = text.replace("\0", "\ufffd")
    document = page(knowledge, "record/10.1_x")
    (abstract,) = document.all("p", class_="text")
    assert abstract.text == shown
    for place, (start, end) in enumerate(spans):
        (own,) = page(knowledge, f"statement/{place}").all("p", class_="text")
        assert own.text == shown
        right = shown[start:end] if 0 <= start < end <= len(text) else ""
        assert "".join(each.text for each in own.all("mark", class_="evidence")) == right


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script ><script>alert(1)</script >",
    "' onclick='alert(1)", "{{ 7 * 7 }}", "<!--", "]]>", "&lt;b&gt;",
)  # fmt: skip
HOSTILE_IRIS = (
    "javascript:alert(1)", "data:text/html,%3Cscript%3E", "JAVASCRIPT:x", "vbscript:x", "http://example.org/'onclick='x",
    *(
        model.HER2LD + path
        for path in ("..%2F..%2Fetc", "../../etc", "//evil.example/x", "a?b=c", "search", "assets/pages.css", "x'y")
    ),
)  # fmt: skip


def test_nothing_in_the_data_is_run_or_leads_away(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    hostile: list[Quad] = []
    for number, text in enumerate(HOSTILE):
        term = NamedNode(f"{model.HER2LD}Hostile{number}")
        hostile += [Quad(term, standard.TYPE, standard.OWL_INDIVIDUAL, model.ONTOLOGY_GRAPH)]
        hostile += [
            Quad(term, property_, Literal(text + extra), model.ONTOLOGY_GRAPH)
            for property_, extra in ((standard.LABEL, ""), (standard.ALT_LABEL, "s"), (standard.DEFINITION, " d"))
        ]
        hostile += list(a_record(text, [(0, 3), (1, 4)]))
        statement = NamedNode(f"{model.HER2LD}statement/hostile{number}")
        for iri_number, iri in enumerate(HOSTILE_IRIS):
            thing = NamedNode(iri)
            hostile += [
                Quad(thing, standard.LABEL, Literal(text), model.ONTOLOGY_GRAPH),
                Quad(term, standard.EXACT_MATCH, thing, model.ONTOLOGY_GRAPH),
                Quad(term, NamedNode(f"http://example.org/{iri_number}"), thing, model.ONTOLOGY_GRAPH),
            ]
            hostile += [
                Quad(node, property_, value, model.STATEMENTS_GRAPH)
                for node in (thing, NamedNode(f"{statement.value}-{iri_number}"))
                for property_, value in (
                    (standard.HAS_BODY, thing),
                    (standard.TYPE, statements.STATEMENT),
                    (statements.AFFIRMS, thing),
                    (statements.CERTAINTY, thing),
                    (statements.POPULATION, thing),
                    (statements.RESULT, thing),
                    (statements.STUDY, thing),
                    (statements.CURATOR_NOTE, Literal(text)),
                    (standard.DERIVED_FROM, thing),
                )
            ]
            hostile += [
                Quad(thing, property_, value, model.STATEMENTS_GRAPH)
                for property_, value in (
                    (standard.TYPE, statements.STUDY_CLASS),
                    (standard.TYPE, statements.STUDY_GROUP),
                    (statements.CALLED, Literal(text)),
                    (statements.SUBJECT, thing),
                    (statements.RELATION, thing),
                    (statements.OBJECT, term),
                    (statements.MEASURE, thing),
                    (statements.VALUE, Literal(text)),
                    (statements.UNIT, Literal(text)),
                    (statements.DESIGN, thing),
                )
            ]
    knowledge = known((*without_unneeded(quads), *hostile), vocabulary)
    paths = frozenset(page_paths(knowledge))
    hostile_paths = {path for path in paths if re.search(r"hostile|/\d+$", path, re.IGNORECASE)}
    assert len(hostile_paths) > 100
    assert not [path for path in paths if ".." in path or "//" in path or "?" in path]
    scripts = {each for each in assets() if each.endswith(".js")}
    for path in sorted({*hostile_paths, *sample(knowledge)}):
        document = page(knowledge, path)
        assert_sound(document, Links(), paths)
        assert all(
            each.attributes.get("src", "").removeprefix("/assets/") in scripts | {""} for each in document.all("script")
        )
        assert not document.all("img", src="x")
        assert "49" not in document.all("h1")[0].text
    (heading,) = page(knowledge, "Hostile0").all("h1")
    assert heading.text == HOSTILE[0]
    for text in HOSTILE:
        assert page(knowledge, "search", search=text).all("input", type="search")[-1].attributes["value"] == text


def test_broken_data_break_no_page(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    """Parts of statements, papers and spans are missing, or are what they should not be."""
    quads = without_unneeded(quads)
    for seed in range(2):
        chance = random.Random(seed)  # noqa: S311  # any will do
        literal = Literal("9" * 5_000, datatype=standard.XSD_INTEGER)
        broken = []
        for quad in quads:
            fate = chance.random()
            if fate > 0.1:
                other = chance.choice((literal, chance.choice(quads).object, BlankNode(str(chance.random())[2:])))
                value = other if fate > 0.9 else quad.object
                broken.append(Quad(quad.subject, quad.predicate, value, quad.graph_name))
        knowledge = known(broken, vocabulary)
        paths = frozenset(page_paths(knowledge))
        sampled = {path for path in sample(knowledge) if "/" not in path}
        assert len(sampled) > 60
        for path in sorted(sampled | {path for path in paths if "/" in path and not path.startswith("ontology/")}):
            assert_sound(page(knowledge, path), Links(), paths)


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    strict = (
        "default-src 'none'; base-uri 'none'; connect-src 'none'; form-action 'self'; frame-ancestors 'none'; "
        "img-src 'self'; script-src 'self'; style-src 'self'"
    )
    assert content_security_policy("") == content_security_policy("HER2") == strict
    assert "script-src 'self';" in content_security_policy("query")
    assert "http" not in content_security_policy("query")


def test_the_assets_are_there_and_ours_name_no_other_place() -> None:
    ours = {name: path for name, path in assets().items() if path.suffix in {".css", ".js"} and "vendor" not in name}
    assert {name for name, path in ours.items() if re.search(r"//\w", path.read_text(encoding="utf-8"))} == set()
    vendor = {name.removeprefix("vendor/") for name in assets() if name.startswith("vendor/")}
    assert vendor == {"cytoscape.LICENSE.txt", "cytoscape.min.js", "yasgui.min.css", "yasgui.min.js"}
    assert "yasgui.LICENSES.txt" in assets()


def test_the_guide_shows_what_happens_and_names_no_page_that_is_not_there(
    knowledge: Knowledge, imported: Knowledge
) -> None:
    guide = (HERE.parent / "docs" / "pages.md").read_text(encoding="utf-8")
    program, expected = re.search(r"```python\n(.*?)```\n\n```text\n(.*?)```", guide, flags=re.DOTALL).groups()  # type: ignore[union-attr]
    done = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True)
    assert done.stdout == expected
    paths = re.findall(r"`/([\w./]*)`", guide)
    assert len(paths) > 8
    assert [path for path in paths if render(knowledge, path, Links()) is None] == ["record/pubmed/400916"]
    assert render(imported, "record/pubmed/400916", Links())
    pictures = re.findall(r"page-\w+\.png", guide)
    assert {file.name for file in (HERE.parent / "docs").glob("page-*.png")} == set(pictures)
