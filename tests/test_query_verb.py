"""Questions on the command line and in Python: found by name, bound to values, asked within limits."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from rdflib.compare import to_isomorphic
from rdflib.plugins.sparql import prepareQuery

from her2ld import LimitError, Limits, QueryError, Vocabulary, ask, bind, export, find_question, read_questions
from her2ld.cli import main
from her2ld.query.catalogue import parse_question
from her2ld.query.parameters import parse_value
from her2ld.query.prepared import shipped_store
from tests.serving_process import LONG, product


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let each process of the tests have a cache of its own."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def invoke(*arguments: str, given: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["query", *arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def out(*arguments: str, given: str | None = None) -> str:
    result = invoke(*arguments, given=given)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def err(*arguments: str, given: str | None = None) -> str:
    result = invoke(*arguments, given=given)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_the_list_names_every_question_and_its_parameters() -> None:
    listed = out()
    for question in read_questions():
        assert f"{question.name}  {question.question}" in listed
        for parameter in question.parameters:
            assert f"--p {parameter.name}={parameter.default}" in listed
    assert [each["name"] for each in json.loads(out("--to", "json"))] == [each.name for each in read_questions()]


def test_an_answer_shows_labels_beside_iris_and_long_texts_below() -> None:
    assert out("approvals") == (
        "as of  jurisdiction                 link                    certainty               year\n"
        "2001   not stated (her2:NotStated)  affirms (her2:affirms)  certain (her2:Certain)  2001\n"
        "  indication: metastatic breast cancer (her2:MetastaticBreastCancer)\n"
        "  as of from: from the citation (her2:FromCitation)\n"
        "  paper: https://doi.org/10.1007/BF02967477\n"
        "  quote: rhuMAbHER2 (trastuzumab), which is already approved for clinical use in the treatment of patients "
        "with\n         metastatic breast cancer\n"
        "1 row\n"
    )


def test_an_answer_in_the_formats_of_sparql() -> None:
    rows = list(csv.reader(io.StringIO(out("statements_by_certainty", "--to", "csv"))))
    assert rows[0] == ["rank", "link", "subject", "relation", "object", "certainty", "paper", "year"]
    assert len(rows) == 40
    assert out("statements_by_certainty", "--to", "tsv").count("\t") == 7 * 40
    found = json.loads(out("statements_by_certainty", "--to", "json"))
    assert found["head"]["vars"] == rows[0]
    assert rdflib.query.Result.parse(io.BytesIO(out("statements_by_certainty", "--to", "xml").encode()), format="xml")
    assert len(rdflib.Graph().parse(data=out("network", "--to", "turtle"), format="turtle")) == 38
    assert out("network") == out("network", "--to", "turtle")
    graph = to_isomorphic(rdflib.Graph().parse(data=out("network"), format="turtle"))
    for form, name in (("ntriples", "nt"), ("jsonld", "json-ld")):
        assert to_isomorphic(rdflib.Graph().parse(data=out("network", "--to", form), format=name)) == graph


@pytest.mark.parametrize(("name", "form"), [("network", "csv"), ("approvals", "turtle")])
def test_a_graph_is_no_table(name: str, form: str) -> None:
    assert "remedy: ask for" in err(name, "--to", form)


def test_an_unknown_name_suggests_the_nearest() -> None:
    assert "did you mean drugs_that_target?" in err("drugs_that_targets")
    assert "her2ld query lists the questions" in err("zzz")


def test_a_parameter_takes_labels_synonyms_and_iris() -> None:
    answers = {
        out("heterodimer_partners", "--p", f"receptor={given}", "--to", "csv")
        for given in ("HER3 protein", "her3  PROTEIN", "her2:HER3", "https://w3id.org/her2ld/HER3")
    }
    assert len(answers) == 1
    assert answers != {out("heterodimer_partners", "--to", "csv")}
    assert "https://w3id.org/her2ld/HER2," in answers.pop()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("proportion_of_cases", "--p", "percent=a quarter"), "'a quarter' is not a number, such as 25"),
        (("statements_by_certainty", "--p", "least=2.5"), "'2.5' is not a whole number, such as 3"),
        (("headings_of_paper", "--p", "paper=that one"), "'that one' is not an IRI, such as <https://doi.org/"),
        (("approvals", "--p", "drug=trastuzumb"), "did you mean 'trastuzumab'?"),
        (("approvals", "--p", "drug=her2:Nonsense"), "is not a label or an IRI of the ontology"),
        (("approvals", "--p", "drg=trastuzumab"), "its parameters: drug (term)"),
        (("network", "--p", "x=1"), "its parameters: it has none"),
        (("approvals", "--p", "drug"), "write --p name=value"),
        (("approvals", "--p", "drug=emodin", "--p", "drug=trastuzumab"), "is given twice"),
        (("term_for_identifier", "--p", "identifier=nope:1"), "the prefix nope is not known"),
    ],
)
def test_a_wrong_parameter_says_what_is_expected(arguments: tuple[str, ...], said: str) -> None:
    assert said in err(*arguments)


def test_an_iri_takes_the_prefixes_of_others_in_any_case() -> None:
    for curie in ("hgnc:3430", "HGNC:3430"):
        assert "her2:HER2Gene" in out("term_for_identifier", "--p", f"identifier={curie}")


@pytest.mark.parametrize(
    "drug",
    ["NCIT:C1647", "chebi:231601", "https://identifiers.org/mesh:D000068878", "http://w3id.org/her2ld/Trastuzumab"],
)
def test_a_term_is_named_by_an_identifier_that_it_is_mapped_to_exactly(drug: str) -> None:
    assert out("approvals", "--p", f"drug={drug}") == out("approvals")


@pytest.mark.parametrize(
    "identifier", ["UniProtKB:P04626", "https://www.uniprot.org/uniprotkb/P04626/entry", "<uniprot:P04626>"]
)
def test_an_iri_is_given_in_any_spelling(identifier: str) -> None:
    assert out("term_for_identifier", "--p", f"identifier={identifier}") == out("term_for_identifier")


def test_an_iri_that_is_no_known_spelling_is_taken_as_it_is() -> None:
    for iri in ("http://example.org/x", "http://id.nlm.nih.gov/mesh/2024/D018719", "<https://w3id.org/her2ld/HER2>"):
        shown = out("term_for_identifier", "--p", f"identifier={iri}", "--show")
        assert f"VALUES ?identifier {{ <{iri.strip('<>')}> }}" in shown


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (
            "mesh:D018719",
            "no term is mapped exactly to mesh:D018719; these are mapped to it: HER2 protein (broadMatch)",
        ),
        ("go:0000001", "no term is mapped exactly to go:0000001\n  remedy: give the label of a term"),
        ("hgnc:ERBB2", "'ERBB2' is not an identifier of hgnc, whose pattern is ^\\d{1,5}$"),
        ("uniprt:P04626", "the prefix uniprt is not known\n  remedy: did you mean uniprot:P04626?"),
        ("HER2:HER3 heterodimr", "did you mean 'her2:her3 heterodimer'?"),
    ],
)
def test_an_identifier_that_names_no_term_says_what_is_mapped_to_it(thing: str, said: str) -> None:
    assert said in err("card", "--p", f"thing={thing}")


def test_an_identifier_that_two_terms_are_mapped_to_names_none(tmp_path: Path) -> None:
    file = tmp_path / "two.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        "<x:a> rdfs:label 'one'; skos:exactMatch <http://purl.uniprot.org/uniprot/P04626> ."
        "<x:b> rdfs:label 'other'; skos:exactMatch <http://purl.uniprot.org/uniprot/P04626> ."
        "<http://purl.obolibrary.org/obo/PR_P04626> skos:exactMatch <http://purl.uniprot.org/uniprot/P04626> ."
    )
    said = "2 terms are mapped exactly to uniprot:P04626; these are mapped to it: one (exactMatch), other (exactMatch)"
    assert said in err("card", "--p", "thing=UniProtKB:P04626", "--data", str(file))


def test_who_gives_no_identifier_of_another_vocabulary_does_not_wait_for_curies() -> None:
    program = (
        "import sys; from her2ld.cli import main\n"
        "try: main(['query', *sys.argv[1:]])\n"
        "finally: print('curies' in sys.modules)"
    )
    for parameters in (
        ("approvals", "--p", "drug=trastuzumab"),
        ("term_for_identifier", "--p", "identifier=hgnc:3430"),
    ):
        done = subprocess.run([sys.executable, "-c", program, *parameters], capture_output=True, text=True, check=True)
        assert done.stdout.endswith("\nFalse\n")


def test_a_query_of_ones_own_gets_no_hedge_as_a_fact() -> None:
    prefixes = "PREFIX her2: <https://w3id.org/her2ld/> PREFIX graph: <https://w3id.org/her2ld/graph/>"
    kinds = "SELECT ?kind %s WHERE { her2:HER2 a ?kind }"
    assert "LigandOrphanReceptor" not in out("-", given=f"{prefixes} {kinds % ''}")
    assert "LigandOrphanReceptor" in out("-", given=f"{prefixes} {kinds % 'FROM graph:hedged'}")
    assert "9\n" in out("-", given=f"{prefixes} SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH graph:hedged {{ ?s ?p ?o }} }}")
    assert out("-", given="SELECT ?x WHERE { VALUES ?x { 'FROM' 'SERVICE' } } # SERVICE").count("\n") == 4


def test_options_without_a_question_are_refused() -> None:
    assert "need the NAME of a question" in err("--show")


def test_show_prints_the_query_that_is_asked() -> None:
    assert out("approvals", "--show") == find_question("approvals").query
    bound = out("proportion_of_cases", "--p", "percent=50.5", "--show")
    assert 'VALUES ?percent { "50.5"^^<http://www.w3.org/2001/XMLSchema#decimal> }' in bound
    assert out("-", given=bound) == "subject  relation  lower  upper  link  certainty  paper  year  quote\nno rows\n"


@given(st.text())
def test_a_value_is_bound_as_a_term_and_cannot_be_read_as_sparql(text: str) -> None:
    question = parse_question("q", "# parameter: x (text): a text\n\nSELECT ?x WHERE {\n  VALUES ?x { 'd' }\n}\n")
    value = parse_value(question, "x", text, {}, Store())
    assert isinstance(value, Literal)
    results = Store().query(bind(question, {"x": value}))
    assert isinstance(results, QuerySolutions)
    assert [row["x"] for row in results] == [Literal(text.strip())]


def test_a_value_is_bound_wherever_its_line_is_repeated() -> None:
    bound = bind(find_question("evidence_of"), {"statement": NamedNode("http://example.org/one")})
    assert bound.count("VALUES ?statement { <http://example.org/one> }") == 5
    assert bound.count("VALUES ?statement {") == 5


@given(st.text().map(lambda text: f"http://example.org/{text}"))
def test_an_iri_is_bound_whole_or_refused(text: str) -> None:
    question = find_question("headings_of_paper")
    try:
        value = parse_value(question, "paper", text, {}, Store())
    except QueryError:
        return
    bound = bind(question, {"paper": value})
    (values,) = re.findall(r"VALUES \?paper \{ (.*) \}", bound)
    assert values == str(value)
    assert prepareQuery(bound)


def test_other_data_can_be_asked(tmp_path: Path, quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    drug = NamedNode("https://w3id.org/her2ld/Trastuzumab")
    less = [quad for quad in quads if drug not in (quad.subject, quad.object)]
    files = [tmp_path / "her2.trig", tmp_path / "her2.ttl"]
    with files[0].open("wb") as output:
        export(less, output, "trig", vocabulary)
    assert out("approvals", "--data", str(files[0])).endswith("no rows\n")
    with files[1].open("wb") as output:
        export(quads, output, "turtle", vocabulary)
    assert out("approvals", "--data", str(files[0]), "--data", str(files[1])).endswith("1 row\n")


def test_a_term_of_ones_own_data_can_be_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text("<https://example.org/x> <http://www.w3.org/2000/01/rdf-schema#label> 'own thing' .")
    assert "own thing" in out("card", "--p", "thing=Own thing", "--data", str(file))


def test_a_file_of_ones_own_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a <https://w3id.org/her2ld/Statement> }")
    assert out(str(file)) == "n\n49\n1 row\n"
    file.write_text("ASK { ?s a <https://w3id.org/her2ld/Statement> }")
    assert out(str(file)) == "yes\n"
    assert "cannot be read" in err(str(tmp_path / "none.rq"))


def test_a_character_that_xml_cannot_hold_is_not_written_in_xml() -> None:
    query = r'SELECT ("a\u0001b" AS ?x) {}'
    assert "has the character U+0001 in a text, which XML cannot contain" in err("-", "--to", "xml", given=query)
    assert json.loads(out("-", "--to", "json", given=query))["results"]["bindings"][0]["x"]["value"] == "a\x01b"
    written = out("-", "--to", "xml", given=r'SELECT ("a\r\n\tb " AS ?x) {}')
    read = rdflib.query.Result.parse(io.BytesIO(written.encode()), format="xml")
    assert [str(row[rdflib.Variable("x")]) for row in read.bindings] == ["a\r\n\tb "]


def test_a_graph_with_a_triple_in_a_triple_is_written_whole_or_not_at_all() -> None:
    reifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
    query = f"CONSTRUCT {{ ?s <{reifies}> <<( ?s a ?c )>> ; a ?c }} {{ ?s a ?c }} ORDER BY ?s LIMIT 2"
    assert "has a triple term, which JSON-LD 1.1 cannot express" in err("-", "--to", "jsonld", given=query)
    for form in ("turtle", "ntriples"):
        assert out("-", "--to", form, given=query).count("<<( ") == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * WHERE { ?s ?p }", "line 1, column 24\n  “}” cannot stand here; expected: a variable, an IRI"),
        ("SELECT * WHERE " + "{" * 201 + "}" * 201, "has brackets nested more than 200 deep"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:8999/> { ?s ?p ?o } }", "allow it with --federated"),
        (
            "INSERT DATA { <x:a> <x:b> <x:c> }",
            "line 1, column 1\n  “INSERT” cannot stand here; expected: PREFIX, ",
        ),
        (
            "ASK { ?s her2:subject her2:HER2 ; my:own [] }",
            "  does not declare her2:, my:\n  remedy: add PREFIX her2: <https://w3id.org/her2ld/> PREFIX my: <…>\n",
        ),
    ],
)
def test_a_query_that_cannot_be_answered_is_said_so(query: str, said: str) -> None:
    assert said in err("-", given=query)


def test_a_query_that_takes_too_long_or_too_much_is_cut_off() -> None:
    assert "it took more than 0.5 s" in err("-", "--timeout", "0.5", given=LONG)
    with pytest.raises(LimitError, match=r"memory|longer|SIG"):
        ask(shipped_store(), product("*", 1_500), limits=Limits(seconds=60, memory=100 << 20))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# title: x\n# tittle: y\n\nSELECT * {}", "q, line 2: cannot be understood: # tittle: y"),
        ("# parameter: x\n\nSELECT * {}", "write it as: name (type): meaning"),
        ("# parameter: x (word): y\n\nSELECT * {}", "the types are term, iri, text, integer, decimal"),
        ("# parameter: x (text): y\n\nSELECT * {}", "let the query have VALUES ?x { default }, the same wherever"),
        ("# parameter: x (text): y\n\nVALUES ?x { 1 }\nVALUES ?x { 2 }", "the same wherever it is repeated"),
    ],
)
def test_a_wrong_header_says_what_to_write(text: str, said: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_question("q", text)
    assert said in str(raised.value)


def test_curation_folders_are_asked_with_the_records_that_they_leave_out(tmp_path: Path) -> None:
    paper = Path(__file__).parent / "sentences" / "34093999"
    folder = tmp_path / "paper"
    folder.mkdir()
    for file in paper.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    assert CliRunner().invoke(main, ["paper", "excerpt", str(folder)]).exit_code == 0
    record = tmp_path / "record.xml"
    (folder / "record.xml").rename(record)

    def sentences(*given: str) -> list[tuple[str, str, str]]:
        rows = csv.DictReader(io.StringIO(out("sentences_of_paper", "--data", str(folder), *given, "--to", "csv")))
        return [(row["order"], row["link"], row["sentence"]) for row in rows]

    without, whole = sentences(), sentences("--records", str(record))
    assert [each[:2] for each in without] == [each[:2] for each in whole]
    assert "" in [text for *_, text in without]
    assert "" not in [text for *_, text in whole]
    told = err("sentences_of_paper", "--data", str(tmp_path / "x.trig"), "--records", str(record))
    assert "--records and --corrections need curation folders" in told


def test_a_result_that_is_called_significant_without_a_number_says_so() -> None:
    paper = str(Path(__file__).parent / "sentences" / "34093999")
    asked = ("results_of", "--p", "thing=cell viability", "--data", paper, "--to", "csv")
    rows = list(csv.DictReader(io.StringIO(out(*asked))))
    assert [(row["p"], row["significance"]) for row in rows] == [("", "https://w3id.org/her2ld/Significant")]


def process(*arguments: str, stdout: int = subprocess.PIPE) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-X", "importtime", "-m", "her2ld", "query", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, timeout=60)


@pytest.mark.parametrize("name", ["approvals", "certainty_about", "identifiers_of_term"])
def test_a_question_by_its_name_alone_takes_the_short_way_to_the_same_answer(name: str) -> None:
    done = process(name)
    assert (done.returncode, done.stdout) == (0, out(name))
    assert not re.search(r"\| +click$", done.stderr, re.MULTILINE)


@pytest.mark.parametrize("name", ["network", "ncit_targets", "no_such_question"])
def test_a_question_that_needs_more_takes_the_usual_way(name: str) -> None:
    done, usual = process(name), invoke(name)
    assert (done.returncode, done.stdout) == (usual.exit_code, usual.stdout)
    assert "".join(line for line in done.stderr.splitlines(keepends=True) if "import time:" not in line) == usual.stderr
    assert re.search(r"\| +click$", done.stderr, re.MULTILINE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_an_answer_that_cannot_be_written_ends_with_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("approvals", stdout=full.fileno())
    assert done.returncode == 2
    assert "standard output\n  cannot be written (No space left on device)\n" in done.stderr
