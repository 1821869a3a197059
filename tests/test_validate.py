"""Validation on the command line and in Python: what is said, what cannot run, and what is never vacuous."""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import Dataset, Literal, NamedNode, Quad, Store

from her2ld import Curation, LimitError, Limits, ValidationError, Vocabulary, build, export, validate
from her2ld.assets import ONTOLOGY, SHAPES, ontology_files
from her2ld.cli import main
from her2ld.dataset import without_named_graphs
from her2ld.validation import read_shapes
from her2ld.validation.engines import run_engine
from her2ld.validation.merged import SeenData
from her2ld.validation.reaching_out import clauses_outside
from her2ld.validation.shapes import constraints_of
from her2ld.vocabulary import model, standard, statement_model
from tests.shipped import store_of

# Few shapes, for tests of what no shape finds.
FEW_SHAPES = ("--shapes", str(SHAPES / "standing.ttl"))


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["validate", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory, quads: tuple[Quad, ...], vocabulary: Vocabulary) -> Path:
    """Return an export with three mistakes: a cue that was stripped, a lost definition, and a quote that was cut."""

    def of(label: str) -> object:
        return next(
            quad.subject
            for quad in quads
            if str(quad.object) == f'"{label}"@en' and "/claim/" not in getattr(quad.subject, "value", "")
        )

    stripped = (of("HER2 protein is a ligand orphan receptor"), statement_model.CERTAINTY_CUE)
    lost = (of("emodin"), NamedNode("http://www.w3.org/2004/02/skos/core#definition"))
    kept = [quad for quad in quads if (quad.subject, quad.predicate) not in (stripped, lost)]
    quote = next(quad for quad in kept if str(quad.object) == '"are not yet completely known"')
    kept[kept.index(quote)] = Quad(quote.subject, quote.predicate, Literal("are completely known"), quote.graph_name)
    file = tmp_path_factory.mktemp("spoiled") / "spoiled.nq"
    with file.open("wb") as output:
        export(kept, output, "nquads", vocabulary)
    return file


@pytest.fixture(scope="module")
def said_of_spoiled(spoiled: Path) -> tuple[int, str, str]:
    return run(str(spoiled))


def test_what_is_shipped_conforms() -> None:
    status, out, err = run()
    assert (status, err) == (0, "")
    assert re.fullmatch(
        r"checked [\d,]+ triples with \d+ constraints, which looked at [\d,]+ nodes: no findings\n", out
    )


def test_files_are_read_again_only_for_the_places_of_findings(spoiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[Path] = []

    def search(files: Iterable[Path]) -> dict[str, tuple[Path, int]]:
        searched.extend(files)
        return {}

    monkeypatch.setattr("her2ld.cli.validate_verb.places_of_subjects", search)
    assert run()[0] == 0
    assert searched == []
    assert run(str(spoiled))[0] == 1
    assert searched == [spoiled, *ontology_files()]


def test_three_mistakes_are_three_findings_with_their_remedies(
    spoiled: Path, said_of_spoiled: tuple[int, str, str]
) -> None:
    status, out, _ = said_of_spoiled
    assert status == 1
    assert "HER2 protein is a ligand orphan receptor  (violation of “" in out
    assert "emodin  (violation of “" in out
    assert out.count("  remedy: ") == 3
    assert re.search(rf"^  https://w3id.org/her2ld/Emodin  \({re.escape(str(spoiled))}, line \d+\)$", out, re.MULTILINE)
    assert out.endswith(": 3 findings\n")


def test_the_report_in_json(spoiled: Path) -> None:
    status, out, _ = run(str(spoiled), "--json")
    report = json.loads(out)
    assert (status, report["conforms"], len(report["findings"])) == (1, False, 3)
    assert {finding["label"] for finding in report["findings"]} >= {
        "emodin",
        "HER2 protein is a ligand orphan receptor",
    }
    assert report["focus_counts"]


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_the_report_as_shacl(spoiled: Path, form: str, vocabulary: Vocabulary) -> None:
    status, out, _ = run(str(spoiled), "--to", form)
    assert status == 1
    graph = rdflib.Graph().parse(data=out, format={"turtle": "turtle", "jsonld": "json-ld"}[form])
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    results = list(graph.subjects(rdflib.RDF.type, sh.ValidationResult))
    assert len(results) == 3
    for result in results:
        for name in ("focusNode", "sourceShape", "sourceConstraintComponent", "resultSeverity", "resultMessage"):
            assert graph.value(result, sh[name]) is not None
    assert vocabulary.prefixes


def test_the_report_as_sarif_points_to_lines(tmp_path: Path, review_folder: Path) -> None:
    ontology = tmp_path / "her2.ttl"
    text = ONTOLOGY.read_text(encoding="utf-8")
    definition = '    skos:definition "therapeutic agent that is an anthraquinone and inhibits tyrosine kinases"@en ;\n'
    assert text.count(definition) == 1
    ontology.write_text(text.replace(definition, ""), encoding="utf-8")
    status, out, _ = run(str(review_folder), "--ontology", str(ontology), "--to", "sarif")
    log = json.loads(out)
    (result,) = log["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    line = text.splitlines().index("her2:Emodin") + 1
    assert status == 1
    assert (log["version"], result["level"]) == ("2.1.0", "error")
    assert location == {"artifactLocation": {"uri": str(ontology)}, "region": {"startLine": line}}
    assert [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]] == ["curation", result["ruleId"]]


def test_mistakes_of_a_curation_folder_come_first(tmp_path: Path, review_folder: Path) -> None:
    for file in review_folder.iterdir():
        (tmp_path / file.name).write_bytes(
            file.read_bytes().replace(b'object = "metastatic b', b'object = "metastatc b')
        )
    status, out, err = run(str(tmp_path))
    assert status == 1
    assert "did you mean “metastatic breast cancer”?" in err
    assert "1 problem in curation folders" in out
    _, out, _ = run(str(tmp_path), "--to", "sarif", *FEW_SHAPES)
    result = json.loads(out)["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]
    lines = (tmp_path / "statements.toml").read_text(encoding="utf-8").splitlines()
    assert result["ruleId"] == "curation"
    assert place["artifactLocation"]["uri"] == str(tmp_path / "statements.toml")
    assert lines[place["region"]["startLine"] - 1] == "[[statement]]"
    assert lines[place["region"]["startLine"] + 2] == 'object = "metastatc breast cancer"'


def test_notes_of_curators_are_shown_with_their_place_and_fail_nothing(tmp_path: Path, review_folder: Path) -> None:
    written = b'subject = "HER2 protein"\nrelation = "is an appropriate target for"'
    doubtful = b'subject = "HER2 gene"\nsubject_as = "HER2"\nrelation = "is an appropriate target for"'
    for file in review_folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(written, doubtful))
    lines = (tmp_path / "statements.toml").read_text(encoding="utf-8").splitlines()
    line = lines.index('subject_as = "HER2"') - 1
    assert lines[line - 1] == "[[statement]]"
    status, out, err = run(str(tmp_path))
    assert (status, err) == (0, "")
    (note,) = [each for each in out.splitlines() if each.startswith("note ")]
    assert note.startswith(f"note {tmp_path / 'statements.toml'}, ")
    assert f"(line {line}), subject: the subject of “is an appropriate target for” is usually of the kind " in note
    assert out.endswith(": 1 finding, 1 note\n")
    report = json.loads(run(str(tmp_path), "--json", *FEW_SHAPES)[1])
    assert [f"note {each}" for each in report["notes"]] == [note]
    assert report["conforms"]
    results = json.loads(run(str(tmp_path), "--to", "sarif", *FEW_SHAPES)[1])["runs"][0]["results"]
    (said,) = [each for each in results if each["ruleId"] == "curation-note"]
    place = said["locations"][0]["physicalLocation"]
    assert (said["level"], place["artifactLocation"]["uri"], place["region"]["startLine"]) == (
        "note", str(tmp_path / "statements.toml"), line,
    )  # fmt: skip
    status, out, err = run(str(tmp_path), "--to", "turtle", *FEW_SHAPES)
    assert (status, err) == (0, f"{note}\n")


def test_a_finding_of_a_statement_has_the_line_where_it_is_written(
    monkeypatch: pytest.MonkeyPatch, review_folder: Path
) -> None:
    plain_quads = sys.modules["her2ld.dataset"].plain_quads
    monkeypatch.setattr(
        sys.modules["her2ld.dataset"],
        "plain_quads",
        lambda *given: (quad for quad in plain_quads(*given) if quad.predicate.value != model.HER2LD + "approvedFor"),
    )
    status, out, _ = run(str(review_folder))
    file = review_folder / "statements.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    line = lines.index('relation = "is approved for"') - 1
    assert status == 1
    assert f"({file}, line {line})\n" in out
    assert "trastuzumab is approved for metastatic breast cancer  (violation of “" in out


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        (".jsonld", "jsonld"),
        (".ttl", "turtle"),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in ((".nq", "nquads"), (".trig", "trig"), (".rdf", "rdfxml"), (".nt", "ntriples"))
        ),
    ],
)
def test_rdf_in_any_format_is_checked_with_the_ontology(
    suffix: str, name: str, tmp_path: Path, quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    """Data in named graphs need no ontology of their own."""
    without_ontology = [quad for quad in quads if quad.graph_name != model.ONTOLOGY_GRAPH]
    file = tmp_path / f"data{suffix}"
    with file.open("wb") as output:
        export(without_ontology if name in {"nquads", "trig", "jsonld"} else quads, output, name, vocabulary)
    assert run(str(file))[0] == 0


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("none.ttl", None, "cannot be read (No such file or directory)"),
        ("data.csv", b"a,b", "is not an RDF file by its name"),
        ("data.ttl", b"a b", "cannot be parsed"),
        ("data.jsonld", b'{"a":' * 5 + b"1" + b"}" * 5, "is nested more than 4 deep"),
        ("folder", None, "is not a curation folder"),
    ],
)
def test_what_cannot_be_validated_is_said_so(
    tmp_path: Path, name: str, content: bytes | None, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2ld.rdf.parser_limits.DEEPEST_NESTING", 4)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, _, err = run(str(tmp_path / name))
    assert (status, what in err) == (2, True), err


def test_no_data_and_no_shapes_fail(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="there is nothing to validate"):
        validate([])
    empty = tmp_path / "empty.ttl"
    empty.write_text("# nothing\n")
    with pytest.raises(ValidationError, match="there is no shape with a target"):
        read_shapes([empty])


def test_a_typing_error_in_a_target_is_no_green_answer(tmp_path: Path, quads: tuple[Quad, ...]) -> None:
    shapes = tmp_path / "shapes.ttl"
    for may_be_empty in ("", "shape:mayBeEmpty true ;"):
        shapes.write_text(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix her2: <https://w3id.org/her2ld/> .\n"
            "@prefix shape: <https://w3id.org/her2ld/shape/> .\n"
            f'shape:x a sh:PropertyShape ; sh:targetClass her2:Statemnt ; sh:name "x" ; {may_be_empty}\n'
            "  sh:path her2:certainty ; sh:minCount 1 .\n"
            "shape:y a sh:NodeShape ; sh:targetClass her2:Statement ; sh:nodeKind sh:IRI .\n"
        )
        report = validate(quads, shapes=read_shapes([shapes]))
        (problem,) = report.unchecked
        assert (report.conforms, report.findings, report.idle) == (False, (), ())
        assert "the data has no targetClass https://w3id.org/her2ld/Statemnt" in problem.what
        assert "Did you mean https://w3id.org/her2ld/Statement?" in problem.remedy


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ('shape:x sh:js [ sh:jsFunctionName "f" ] .', "uses JavaScript (js"),
        (
            'shape:x sh:sparql [ sh:select "SELECT $this { SERVICE <http://x> { ?s ?p ?o } }" ] .',
            "a query uses SERVICE",
        ),
        ('shape:x sh:sparql [ sh:select "SELECT $this from <http://x> { }" ] .', "a query uses FROM"),
        ('shape:x sh:declare [ sh:namespace "http://x#> { }" ] .', "declares the namespace “http://x#> { }”"),
        ('shape:x sh:declare [ sh:prefix "a b" ] .', "declares the prefix “a b”, which is none"),
    ],
)
def test_shapes_that_reach_out_are_refused(tmp_path: Path, said: str, what: str) -> None:
    file = tmp_path / "shapes.ttl"
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    file.write_text(f"{prefixes}@prefix shape: <https://w3id.org/her2ld/shape/> .\n{said}\n")
    with pytest.raises(ValidationError) as raised:
        read_shapes([file])
    assert any(what in problem.what for problem in raised.value.problems)


def test_a_letter_of_a_query_may_be_written_as_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard reads it as that letter; it is tried with a word that reaches for nothing."""
    monkeypatch.setattr("her2ld.validation.reaching_out._CLAUSES", frozenset({"LIMIT"}))
    for word in (r"LIM\u0049T", r"l\U00000049mit"):
        assert clauses_outside(f"SELECT * {{ }} {word} 1") == {"LIMIT"}
    assert clauses_outside(r"SELECT * { ?s ?p 'LIM\u0049T' }") == set()


def test_a_term_that_is_misspelt_in_many_places_is_compared_with_all_others_once(
    quads: tuple[Quad, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def matches(word: str, known: Iterable[str], n: int) -> list[str]:
        compared.append(word)
        return [f"{word}, {next(iter(known))[:20]}, {n}"]

    monkeypatch.setattr("difflib.get_close_matches", matches)
    wrong = NamedNode(f"{model.HER2LD}Certian")
    changed = [
        Quad(each.subject, each.predicate, wrong, each.graph_name)
        if each.predicate == statement_model.CERTAINTY
        else each
        for each in quads
    ]
    said = [each.remedy for each in validate(changed).findings if each.value == wrong]
    assert len(said) > 10
    assert all(each.endswith(f" Did you mean {wrong.value}, {model.HER2LD[:20]}, 1?") for each in said)
    assert compared == [wrong.value]


def test_warnings_fail_only_when_asked(tmp_path: Path, quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    definition = NamedNode("http://www.w3.org/2004/02/skos/core#definition")
    dotted = [
        Quad(quad.subject, quad.predicate, Literal(f"{quad.object.value}.", language="en"), quad.graph_name)
        if quad.predicate == definition
        and quad.subject == NamedNode(model.HER2LD + "Gene")
        and hasattr(quad.object, "value")
        else quad
        for quad in quads
    ]
    file = tmp_path / "dotted.trig"
    with file.open("wb") as output:
        export(dotted, output, "trig", vocabulary)
    status, out, _ = run(str(file))
    assert status == 0
    assert "(warning of “" in out
    assert run(str(file), "--strict")[0] == 1


def test_the_reference_engine_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def engine(name: str, *_: object) -> list[object]:
        asked.append(name)
        return []

    monkeypatch.setattr(sys.modules["her2ld.validation"], "run_engine", engine)
    for arguments in (["--engine", "pyshacl"], ["--engine", "native"], []):
        assert run(*arguments)[0] == 0
    assert asked == ["pyshacl", "native", "native"]


def test_without_the_fast_engine_the_answer_is_the_same(
    monkeypatch: pytest.MonkeyPatch, spoiled: Path, said_of_spoiled: tuple[int, str, str]
) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "shacl" else name)
    assert run(str(spoiled)) == said_of_spoiled


def test_an_engine_that_there_is_not_is_said_so() -> None:
    with pytest.raises(ValidationError, match="there is no engine of that name"):
        run_engine("other", SeenData(Store()), constraints_of([]))


OWN_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix her2: <https://w3id.org/her2ld/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
her2:x a sh:NodeShape ; sh:targetClass her2:Statement ; sh:name "x" ; sh:message "m" ; %s .
"""


def own_shapes(folder: Path, constraint: str) -> Path:
    file = folder / "own.ttl"
    file.write_text(OWN_SHAPES % constraint)
    return file


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:property [ sh:path her2:certainty ; sh:maxCount 0 ]",
        'sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <https://w3id.org/her2ld/certainty> ?value }" ]',
        "sh:not [ sh:path her2:certainty ; sh:minCount 1 ]",
        "sh:property [ sh:path her2:evidence ; sh:node [ sh:property [ sh:path her2:nope ; sh:minCount 1 ] ] ]",
        "sh:property [ sh:path her2:evidence ; sh:property [ sh:path her2:nope ; sh:minCount 1 ] ]",
    ],
)
def test_shapes_of_ones_own_say_the_same_in_a_process_of_their_own(
    tmp_path: Path, constraint: str, quads: tuple[Quad, ...]
) -> None:
    shapes = read_shapes([own_shapes(tmp_path, constraint)])
    quads = tuple(quad for quad in quads if quad.graph_name == model.STATEMENTS_GRAPH)
    data = SeenData(store_of(without_named_graphs(quads)))
    here = sorted(map(str, run_engine("native", data, shapes)))
    report = validate(quads, shapes=shapes)
    assert len(report.findings) == len(here) > 30
    assert sorted(map(str, run_engine("pyshacl", data, shapes))) == here


def test_a_part_of_a_shape_reports_in_its_own_words_or_in_those_of_the_whole(
    tmp_path: Path, quads: tuple[Quad, ...]
) -> None:
    parts = (
        'sh:property [ sh:path her2:certainty ; sh:maxCount 0 ; sh:message "inner" ; sh:severity sh:Warning ] , '
        "[ sh:path ( her2:basis her2:certainty ) ; sh:minCount 1 ]"
    )
    report = validate(quads, shapes=read_shapes([own_shapes(tmp_path, parts)]))
    assert {
        (getattr(it.whole, "value", None), it.name, it.message, it.severity, it.remedy) for it in report.findings
    } == {
        (model.HER2LD + "x", "x", "inner", "Warning", "Correct the data, or the shape."),
        (model.HER2LD + "x", "x", "m", "Violation", "Correct the data, or the shape."),
    }


def test_shapes_without_a_name_and_those_that_are_classes_look_at_something(
    tmp_path: Path, quads: tuple[Quad, ...], review: Curation
) -> None:
    file = own_shapes(tmp_path, "sh:property [ sh:path her2:certainty ; sh:maxCount 0 ]")
    more = (
        "[] a sh:NodeShape ; sh:targetClass her2:Statement ; sh:property [ sh:path her2:attribution ; sh:maxCount 0 ] ."
    )
    more += " her2:Statement a sh:NodeShape, <http://www.w3.org/2000/01/rdf-schema#Class> ;"
    file.write_text(file.read_text() + more + " sh:property [ sh:path her2:basis ; sh:maxCount 0 ] .")
    report = validate(quads, shapes=read_shapes([file]))
    assert list(report.focus_counts.values()) == [len(review.claims)] * 3
    assert len(report.findings) == 3 * len(review.claims)


def test_what_has_nothing_to_look_at_is_said_once_for_each_kind(tmp_path: Path) -> None:
    file = tmp_path / "empty.ttl"
    file.write_text("")
    status, out, _ = run(str(file))
    assert status == 2
    assert "the shape “a claim has a subject” and " in out
    assert out.count("They checked nothing: the data has no targetClass https://w3id.org/her2ld/Statement\n") == 1


def test_the_command_takes_shapes_of_ones_own(tmp_path: Path) -> None:
    shapes = own_shapes(tmp_path, "sh:property [ sh:path her2:basis ; sh:minCount 2 ]")
    status, out, _ = run("--shapes", str(shapes))
    assert status == 1
    assert re.search(r"with 1 constraints?, which looked at (\d+) nodes: \1 findings\n$", out)


@pytest.mark.parametrize("engine", ["native", "pyshacl"])
def test_shapes_of_others_have_limits(tmp_path: Path, engine: str, quads: tuple[Quad, ...]) -> None:
    """Shapes may ask for any amount of work: a limit is held, shown here with a common shape and hardly any time."""
    shapes = read_shapes([own_shapes(tmp_path, "sh:property [ sh:path her2:certainty ; sh:maxCount 0 ]")])
    with pytest.raises(LimitError) as raised:
        validate(quads, shapes=shapes, engine=engine, limits=Limits(seconds=0.001))
    (problem,) = raised.value.problems
    assert problem.what == "it took more than 0.001 s"


def test_validation_changes_nothing(vocabulary: Vocabulary, review: Curation) -> None:
    dataset = Dataset(build(vocabulary, [review]))
    before = set(dataset)
    assert validate(dataset).conforms
    assert set(dataset) == before


PROPERTIES = "sh:property [ sh:path her2:one ; sh:minCount 1 ; sh:severity sh:Warning ]"
OTHER = (
    ' her2:y a sh:NodeShape ; sh:targetNode her2:s0 ; sh:name "y" ; sh:message "n" ; sh:property '
    "[ sh:path her2:two ; sh:minCount 1 ] ."
)


@pytest.mark.parametrize(("nodes", "is_counted"), [(9, False), (10, True)])
def test_many_findings_end_with_a_count_by_shape(tmp_path: Path, nodes: int, *, is_counted: bool) -> None:
    shapes = own_shapes(tmp_path, PROPERTIES)
    shapes.write_text(shapes.read_text() + OTHER)
    data = tmp_path / "data.nt"
    data.write_text(
        "".join(
            f"<{model.HER2LD}s{number}> <{standard.TYPE.value}> <{model.HER2LD}Statement> .\n"
            for number in range(nodes)
        )
    )
    status, out, err = run("--shapes", str(shapes), str(data))
    assert (status, err) == (1, "")
    *_, before, first, second, last = out.splitlines()
    assert last.endswith(f" nodes: {nodes + 1} findings")
    counts = ["findings by shape:", f"{nodes:7}  warning  “x”", "      1  violation  “y”"]
    assert ([before, first, second] == counts) is is_counted
    assert ("findings by shape:" in out) is is_counted
    reports = [json.loads(run("--shapes", str(shapes), str(data), *form)[1]) for form in (["--json"], ["--to", "json"])]
    for found in (each for report in reports for each in report["findings"]):
        del found["shape"]  # the name of a blank node, which a parser makes
    assert reports[0] == reports[1]
    assert len(reports[0]["findings"]) == nodes + 1
