"""Excerpts of other vocabularies are joined whole, and answer questions together with our data."""

import csv
import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from her2ld import RecordError, Vocabulary, find_question, read_questions, reason, validate
from her2ld.cli import main
from her2ld.dataset import without_named_graphs
from her2ld.dataset.rdf_files import read_excerpt
from her2ld.exports import FORMATS
from her2ld.query.answers import terms_by_name
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import owner_iri
from tests import integration
from tests.engines import Rows, ask_comunica, ask_oxigraph, ask_rdflib, compact, comunica_is_there
from tests.integration import EXCERPTS

ANSWERS = Path(__file__).parent / "queries" / "integration"
EXCERPT_OF = {
    "biomappings_agreement": EXCERPTS / "biomappings.nt",
    "famplex_members": EXCERPTS / "famplex.nt",
    "go_to_reactome": EXCERPTS / "go.owl",
    "mesh_scope_notes": EXCERPTS / "mesh.nt",
    "ncit_synonyms": EXCERPTS / "ncit.owl",
    "ncit_targets": EXCERPTS / "ncit.owl",
}
FILES = sorted(set(EXCERPT_OF.values()))
FORMAT_OF = {".nt": RdfFormat.N_TRIPLES, ".owl": RdfFormat.RDF_XML}
NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#"


def written(name: str) -> Rows:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def invoke(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test have a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_each_question_about_an_excerpt_has_its_excerpt_and_its_answer() -> None:
    assert sorted(each.name for each in read_questions() if each.excerpts) == sorted(EXCERPT_OF)
    assert sorted(file.stem for file in ANSWERS.glob("*.csv")) == sorted(EXCERPT_OF)
    assert sorted(file for file in EXCERPTS.iterdir() if file.suffix in {".nt", ".owl"}) == FILES
    assert all(len(written(name)) > 1 for name in EXCERPT_OF)


ENGINES = {"pyoxigraph": ask_oxigraph, "rdflib": ask_rdflib, "comunica": ask_comunica}
NO_COMUNICA = pytest.mark.skipif(
    not comunica_is_there() and "CI" not in os.environ,
    reason="Comunica is not installed: npm --prefix tests/comunica install --no-package-lock",
)


@pytest.mark.parametrize("in_one_graph", [False, True])
@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib", pytest.param("comunica", marks=NO_COMUNICA)])
def test_the_questions_give_their_answers(
    engine: str, quads: tuple[Quad, ...], vocabulary: Vocabulary, *, in_one_graph: bool
) -> None:
    whole = (*quads, *(quad for file in FILES for quad in read_excerpt(file).quads))
    asked = {name: find_question(name).query for name in EXCERPT_OF}
    given = ENGINES[engine](without_named_graphs(whole) if in_one_graph else whole, asked, compact(vocabulary.prefixes))
    order = sorted if engine == "comunica" else list  # it orders by the rules of a language
    assert {name: order(rows) for name, rows in given.items()} == {name: order(written(name)) for name in EXCERPT_OF}


def test_a_target_that_ncit_gives_and_the_paper_does_not_is_seen(
    tmp_path: Path, quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    file = tmp_path / "ncit.owl"
    file.write_text(
        (EXCERPTS / "ncit.owl").read_text().replace('A7 rdf:resource="' + NCIT, 'A7 rdf:resource="' + NCIT + "X")
    )
    whole = (*quads, *read_excerpt(file).quads)
    given = ask_oxigraph(whole, {"q": find_question("ncit_targets").query}, compact(vocabulary.prefixes))["q"]
    assert given[1:] == [["ncit:C1647", "ncit:XC17319", *[""] * 8]]


def test_a_question_is_asked_with_its_excerpt_or_of_what_was_merged(tmp_path: Path) -> None:
    excerpt = EXCERPT_OF["go_to_reactome"]
    joined = invoke("query", "go_to_reactome", "--with", excerpt)
    assert (joined.exit_code, joined.stderr) == (0, f"read {excerpt}: 6 triples\n")
    assert joined.stdout.endswith("2 rows\n")
    for name in ("merged.nq", "merged.ttl"):
        assert invoke("export", "--with", excerpt, "-o", tmp_path / name).exit_code == 0
        asked = invoke("query", "go_to_reactome", "--data", tmp_path / name)
        assert (asked.exit_code, asked.stdout, asked.stderr) == (0, joined.stdout, "")


def test_a_question_about_an_excerpt_says_what_is_missing() -> None:
    result = invoke("query", "ncit_targets")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "ncit_targets\n  needs the drug's class in NCIt\n  remedy: give it with --with FILE (docs/integration.md)\n"
    )
    assert "    --with FILE  it needs the drug's class in NCIt\n" in invoke("query").stdout


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_what_the_excerpts_say_and_the_same_bytes_each_time(
    name: str, quads: tuple[Quad, ...], tmp_path: Path
) -> None:
    options = [part for file in FILES for part in ("--with", str(file))]
    outputs = [tmp_path / f"{each}{FORMATS[name].suffix}" for each in ("one", "other")]
    for output in outputs:
        assert invoke("export", *options, "-o", output).exit_code == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    joined = (*quads, *(quad for file in FILES for quad in read_excerpt(file).quads))
    expected = joined if FORMATS[name].has_named_graphs else without_named_graphs(joined)
    assert canonical(parse(path=outputs[0])) == canonical(expected)


def canonical(quads: object) -> Dataset:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_lost_or_added_but_the_spelling(file: Path) -> None:
    excerpt = read_excerpt(file)
    assert {quad.graph_name for quad in excerpt.quads} == {model.EXCERPTS_GRAPH}
    source = [
        Quad(*(excerpt.rewritten.get(term, term) for term in (subject, predicate, value)), model.EXCERPTS_GRAPH)  # type: ignore[call-arg]
        for subject, predicate, value, _ in parse(path=file, format=FORMAT_OF[file.suffix])
    ]
    assert canonical(excerpt.quads) == canonical(source)
    assert all(owner_iri(old.value) == new != old for old, new in excerpt.rewritten.items())
    assert read_excerpt(file) == excerpt


def test_the_spellings_of_an_excerpt_are_rewritten_counted_and_said(tmp_path: Path) -> None:
    file = tmp_path / "made_up.ttl"
    file.write_text(
        "<https://identifiers.org/mesh/D018719> a <http://example.org/hgnc:3430> ;"
        "  <https://purl.obolibrary.org/obo/RO_0002436> <https://identifiers.org/hgnc:3430>,"
        "    <http://identifiers.org/hgnc/HGNC:3430>, 'HGNC:3430' ."
    )
    output = tmp_path / "merged.nq"
    result = invoke("export", "--with", file, "-o", output)
    said = "4 triples, 1 of them already there; rewrote 4 IRIs of 3 vocabularies to their owners' form: hgnc, mesh, ro"
    assert f"read {file}: {said}\n" in result.stderr
    mesh, gene = (
        "http://id.nlm.nih.gov/mesh/D018719",
        "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:3430",
    )
    interacts, graph = "http://purl.obolibrary.org/obo/RO_0002436", model.EXCERPTS_GRAPH
    assert [line for line in output.read_text().splitlines() if line.endswith(f"{graph} .")] == [
        f"<{mesh}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/hgnc:3430> {graph} .",
        f"<{mesh}> <{interacts}> <{gene}> {graph} .",
        f'<{mesh}> <{interacts}> "HGNC:3430" {graph} .',
    ]
    report = json.loads(invoke("export", "--with", file, "-o", output, "--json").stderr)
    assert report["read"][1] == {
        "source": str(file), "triples": 4, "repeated_triples": 1, "rewritten_iris": 4,
        "vocabularies": ["hgnc", "mesh", "ro"], "left_out": {},
    }  # fmt: skip


def test_an_excerpt_given_twice_is_joined_once(tmp_path: Path) -> None:
    once, twice = tmp_path / "once.nq", tmp_path / "twice.nq"
    file = EXCERPTS / "ncit.owl"
    assert invoke("export", "--with", file, "-o", once).exit_code == 0
    said = invoke("export", "--with", file, "--with", file, "-o", twice).stderr
    assert f"read {file}: 86 triples\nread {file}: 86 triples, 86 of them already there\n" in said
    assert once.read_bytes() == twice.read_bytes()


@pytest.mark.parametrize("order", [1, -1])
def test_a_thing_of_an_excerpt_does_not_take_the_name_of_a_term_of_ours(order: int) -> None:
    ours, other = NamedNode(model.HER2LD + "Made_up"), NamedNode("http://example.org/made_up")
    store = Store()
    for term in (ours, other)[::order]:
        for predicate in (standard.LABEL, standard.DEFINITION):
            store.add(Quad(term, predicate, Literal("made up"), model.EXCERPTS_GRAPH))
        store.add(Quad(term, standard.ALT_LABEL, Literal(term.value), model.EXCERPTS_GRAPH))
    assert terms_by_name(store) == {"made up": ours, ours.value.casefold(): ours, other.value: other}


def test_what_stands_in_the_ontology_and_in_an_excerpt_is_written(tmp_path: Path) -> None:
    ontology = Path(__file__).parent.parent / "ontology" / "her2.ttl"
    result = invoke("export", "--with", ontology, "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert canonical(parse(path=tmp_path / "her2.trig")) == canonical(parse(path=tmp_path / "her2.nq"))


def test_an_excerpt_is_neither_validated_nor_reasoned_over(quads: tuple[Quad, ...]) -> None:
    joined = (*quads, *(quad for file in FILES for quad in read_excerpt(file).quads))
    assert validate(joined) == validate(quads)
    assert set(reason(joined).quads()) == set(reason(quads).quads())


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://example.org/">'
DEEP = "<rdf:Description><x:p>" * 2 + "</x:p></rdf:Description>" * 2
LAUGHS = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.txt", "", "is not an RDF file by its name"),
        ("x.ttl", "# nothing\n", "has no triple"),
        ("x.ttl", "<x:a> <x:b> _:c . <x:d> <x:b> _:c .", "has a blank node that is the object of two triples"),
        ("x.ttl", "_:a <x:b> _:c . _:c <x:b> _:a .", "refer to each other in a circle"),
        ("x.nt", "<x:a> <x:b> <<( <x:c> <x:d> <x:e> )>> .", "has a triple within a triple"),
        ("x.ttl", "<x:a> <x:b>", "cannot be parsed"),
        ("x.owl", f"{RDF}\n<rdf:Description>", "cannot be parsed (no element found: line 2"),
        ("x.owl", f"{RDF}{DEEP}</rdf:RDF>", "is nested more than 4 deep"),
        ("x.owl", f"<!DOCTYPE x [{LAUGHS}]>\n{RDF}</rdf:RDF>", "declares the entity b, which is not short plain text"),
        ("x.rdf", f'<!DOCTYPE x [<!ENTITY a SYSTEM "x.txt">]>{RDF}</rdf:RDF>', "declares the entity a"),
        ("x.rdf", f'<!DOCTYPE x [<!ENTITY % a "b">]>{RDF}</rdf:RDF>', "has no triple"),
        ("x.rdf", f'<!DOCTYPE x [<!ENTITY a "{"b" * 201}">]>{RDF}</rdf:RDF>', "declares the entity a"),
        ("x.rdf", f'<!DOCTYPE x [<!ENTITY a "&#38;b;">]>{RDF}</rdf:RDF>', "declares the entity a"),
    ],
)
def test_what_cannot_be_joined_is_refused(
    name: str, content: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2ld.rdf.parser_limits.DEEPEST_NESTING", 4)
    (tmp_path / name).write_text(content)
    with pytest.raises(RecordError, match=re.escape(said)):
        read_excerpt(tmp_path / name)
    result = invoke("export", "--with", tmp_path / name, "--with", EXCERPTS / "go.owl", "-o", tmp_path / "out.nq")
    assert (result.exit_code, said in result.stderr, "nothing written" in result.stderr) == (2, True, True)


def test_entities_that_abbreviate_a_namespace_are_read(tmp_path: Path) -> None:
    file = tmp_path / "x.owl"
    file.write_text(
        f'<!DOCTYPE rdf:RDF [<!ENTITY ncit "{NCIT}">]>{RDF}'
        '<rdf:Description rdf:about="&ncit;C1647"><x:p rdf:resource="&ncit;C17319"/></rdf:Description></rdf:RDF>'
    )
    (quad,) = read_excerpt(file).quads
    assert quad.triple == Triple(
        NamedNode(f"{NCIT}C1647"), NamedNode("http://example.org/p"), NamedNode(f"{NCIT}C17319")
    )


def test_the_excerpts_that_are_derived_are_what_their_tables_give(vocabulary: Vocabulary) -> None:
    message = "run: python -m tests.integration"
    assert (EXCERPTS / "famplex.nt").read_text(encoding="utf-8") == integration.famplex(vocabulary), message
    assert (EXCERPTS / "biomappings.nt").read_text(encoding="utf-8") == integration.biomappings(), message


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_excerpt_says_where_it_was_read_and_under_which_licence(file: Path) -> None:
    head = file.read_text(encoding="utf-8").partition("http://")[0]
    assert re.search("Excerpt of .+ Read in: .+ Licence: |Derived from an excerpt of .+ CC0 1.0", head, re.DOTALL)


def test_an_export_of_ours_is_no_excerpt_since_what_is_hedged_would_become_a_fact(tmp_path: Path) -> None:
    run = CliRunner().invoke
    run(main, ["export", "-o", str(tmp_path / "her2.trig")])
    result = run(main, ["export", "--with", str(tmp_path / "her2.trig"), "-o", str(tmp_path / "joined.ttl")])
    assert (result.exit_code, "is an export of her2ld" in result.stderr) == (2, True)
    assert not (tmp_path / "joined.ttl").exists()


@pytest.mark.parametrize("name", ["kgx", "nanopub", "obo"])
def test_a_format_without_a_place_for_excerpts_refuses_them(name: str, tmp_path: Path) -> None:
    excerpt = str(Path(__file__).parent / "integration" / "ncit.owl")
    result = CliRunner().invoke(main, ["export", "--with", excerpt, "--to", name, "-o", str(tmp_path / "out")])
    assert (result.exit_code, f"{name} cannot hold other vocabularies" in result.stderr) == (2, True)
