"""Shapes and data of others, judged as they are: exact terms, the report of the author, targets, exit status."""

import json
import random
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib.plugins.sparql import prepareQuery

from her2ld import Report, ValidationError, read_shapes, to_rdflib, validate
from her2ld.assets import SHAPE_FILES
from her2ld.cli import main
from her2ld.dataset.literals import as_stored, is_rewritten
from her2ld.validation.engines import run_engine
from her2ld.validation.merged import merged, tells_forms_apart
from her2ld.validation.queries import prologue
from her2ld.validation.shapes import SELECT, constraints_of, text
from tests.shipped import shipped

XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGER, INT = NamedNode(f"{XSD}integer"), NamedNode(f"{XSD}int")
PREFIXES = f"""
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://example.org/> . @prefix xsd: <{XSD}> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
ENGINES = ("native", "pyshacl")


def quads_of(turtle: str) -> list[Quad]:
    return list(parse(PREFIXES + turtle, format=RdfFormat.TURTLE))


def judged(folder: Path, shapes: str, data: str, engine: str = "native") -> Report:
    file = folder / "shapes.ttl"
    file.write_text(PREFIXES + shapes, encoding="utf-8")
    return validate(quads_of(data), shapes=read_shapes([file]), engine=engine)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["validate", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def told(report: Report) -> set[tuple[str, str, str]]:
    return {(each.component, str(each.focus), str(each.value)) for each in report.findings}


# --- Terms as they are written ------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("constraint", "fails"),
    [
        ("sh:datatype xsd:integer", {"int", "byte"}),
        ("sh:datatype xsd:int", {"integer", "byte"}),
        ('sh:in ( 5 "7"^^xsd:byte )', {"int"}),
        ('sh:pattern "^0"', {"integer", "byte"}),
        ("sh:maxLength 1", {"int"}),
        ("sh:minInclusive 6", {"integer", "int"}),
        ("sh:equals e:same", {"int"}),
        ("sh:hasValue 5", {"int", "byte"}),
        (
            f"sh:sparql [ sh:select 'SELECT * {{ $this $PATH ?value FILTER(DATATYPE(?value) != <{XSD}int>) }}' ]",
            {"integer", "byte"},
        ),
    ],
)
def test_constraints_judge_the_terms_that_the_data_have(
    tmp_path: Path, engine: str, constraint: str, fails: set[str]
) -> None:
    data = """
        e:integer e:p 5 ; e:same 5 . e:int e:p "05"^^xsd:int ; e:same 5 .
        e:byte e:p "7"^^xsd:byte ; e:same "7"^^xsd:byte .
    """
    report = judged(
        tmp_path, f"e:s a sh:PropertyShape ; sh:targetSubjectsOf e:p ; sh:path e:p ; {constraint} .", data, engine
    )
    assert {str(each.focus) for each in report.findings} == {f"<http://example.org/{each}>" for each in fails}
    values = {str(each.value) for each in report.findings if each.value is not None}
    assert values <= {str(quad.object) for quad in quads_of(data)}


def test_our_own_data_with_another_datatype_throughout_do_not_conform() -> None:
    def changed(quad: Quad) -> Quad:
        value = quad.object
        if not isinstance(value, Literal) or value.datatype != INTEGER:
            return quad
        return Quad(quad.subject, quad.predicate, Literal(value.value, datatype=INT), quad.graph_name)

    quads = [changed(quad) for quad in shipped()]
    changes = {quad.predicate.value for quad in quads if getattr(quad.object, "datatype", None) == INT}
    found = [each for each in validate(quads).findings if each.component == "DatatypeConstraintComponent"]
    assert {each.path.value for each in found if each.path} <= changes
    assert len(found) > 50
    assert all(getattr(each.value, "datatype", None) == INT for each in found)


DATATYPES: dict[str, tuple[str, ...]] = {
    "boolean": ("true", "false", "1", "0", "maybe"),
    "date": ("2020-01-02", "2020-01-02Z", "2020-13-02"),
    "dateTime": ("2020-01-02T03:04:05", "2020-01-02T03:04:05.000Z", "2020-01-02T24:00:00"),
    "dateTimeStamp": ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05+00:00"),
    "dayTimeDuration": ("PT3600S", "PT1H"),
    "decimal": ("1", "1.0", "+1.50", "-0.0"),
    "double": ("1.0E0", "1", "INF", "NaN", "-0"),
    "duration": ("P1Y", "P12M", "PT60S"),
    "float": ("1.0", "1E0", "0.1"),
    "gDay": ("---01", "---01Z"),
    "gMonth": ("--02",),
    "gMonthDay": ("--02-03",),
    "gYear": ("2020", "-0005"),
    "gYearMonth": ("2020-01",),
    "time": ("01:02:03", "01:02:03.50", "24:00:00"),
    "yearMonthDuration": ("P12M", "P1Y"),
    "base64Binary": ("YQ==", "Y Q = ="),
    "hexBinary": ("0a", "0A"),
    "anyURI": ("http://example.org/a",),
    "language": ("en", "EN"),
    "normalizedString": ("a b",),
    "token": ("a",),
    "string": ("a", "5", ""),
}
INTEGERS = (
    *("byte", "int", "integer", "long", "short", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger"),
    *("positiveInteger", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort"),
)
DATATYPES |= dict.fromkeys(INTEGERS, ("5", "05", "+5", "-5", "0"))


@given(st.sampled_from(sorted(DATATYPES)), st.text("0123456789-+.:TZEePYMDHS", max_size=24))
def test_what_a_store_rewrites_is_known(name: str, form: str) -> None:
    for each in (form, *DATATYPES[name]):
        literal = Literal(each, datatype=NamedNode(XSD + name))
        assert is_rewritten(literal) == (as_stored(literal) != literal)


NUMBERS = [f'"{form}"^^xsd:{name}' for name in ("int", "integer", "decimal", "double") for form in ("5", "05", "-3")]


def pair(seed: int) -> tuple[str, str]:
    """Return shapes and data with literals of some datatypes, the same for a seed."""
    chosen = random.Random(seed)  # noqa: S311  # nothing secret

    def literal() -> str:
        name = chosen.choice(sorted(DATATYPES))
        return f'"{chosen.choice(DATATYPES[name])}"^^xsd:{name}'

    literals = [literal() for _ in range(12)]
    data = [f"e:n{chosen.randrange(4)} e:{chosen.choice('pq')} {each} ." for each in literals]
    # pySHACL 0.40 passes values that cannot be compared, where SHACL 4.3 demands a result: numbers can.
    data += [f"e:n{chosen.randrange(4)} e:r {chosen.choice(NUMBERS)} ." for _ in range(4)]
    constraints = [
        f"sh:datatype xsd:{chosen.choice(sorted(DATATYPES))}",
        f"sh:in ( {literal()} {literal()} {literals[0]} )",
        f"sh:hasValue {literals[1]}",
        "sh:equals e:q",
        "sh:disjoint e:q",
        f'sh:pattern "^[{chosen.randrange(3)}-9]"',
        f"sh:minLength {chosen.randrange(5)}",
        f"sh:maxLength {chosen.randrange(5)}",
        f"sh:maxCount {chosen.randrange(3)}",
        f"sh:not [ sh:datatype xsd:{chosen.choice(sorted(DATATYPES))} ]",
        f"sh:or ( [ sh:datatype xsd:{chosen.choice(sorted(DATATYPES))} ] [ sh:maxLength {chosen.randrange(4)} ] )",
        f"sh:{chosen.choice(['min', 'max'])}{chosen.choice(['Inclusive', 'Exclusive'])} {chosen.choice(NUMBERS)}",
        'sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER(STRLEN(STR(?value)) > 2) }" ]',
        'sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER(DATATYPE(?value) = <%s>) }" ]'
        % (XSD + chosen.choice(sorted(DATATYPES))),
    ]
    shapes = [
        f"e:s{number} a sh:PropertyShape ; sh:targetSubjectsOf e:p ; sh:path {path} ; {each} ."
        for number, each in enumerate(chosen.sample(constraints, 4))
        for path in ("e:r" if "clusive" in each else "e:p",)
    ]
    return "\n".join(shapes), "e:n0 e:p 1 .\n" + "\n".join(data)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 200, 20))
def test_the_reference_engine_agrees_on_every_datatype(first: int) -> None:
    for seed in range(first, first + 20):
        shapes, data = pair(seed)
        graph = constraints_of(quad.triple for quad in quads_of(shapes))
        found = [
            sorted(
                (str(each.focus), str(each.path), str(each.value), each.component, str(each.shape), str(each.messages))
                for each in run_engine(engine, merged(quads_of(data))[0], graph)
            )
            for engine in ENGINES
        ]
        assert found[0] == found[1], (seed, shapes, data)


@pytest.mark.parametrize(
    ("body", "apart"),
    [
        ("$this e:p ?v FILTER(?v > 3)", False),
        ("$this e:p ?v FILTER(?v + 1 = 3 && ISNUMERIC(?v))", False),
        ("$this e:q ?v FILTER(STR(?v) = 'x')", False),
        ("$this e:p ?value", False),
        ("$this e:p ?v FILTER(STR(?v) = 'x')", True),
        ("$this e:p ?v FILTER(DATATYPE(?v) = e:x)", True),
        ("$this e:p ?v . ?other e:q ?v", True),
        ("$this ?any ?v BIND(?v AS ?value)", True),
        ("$this e:q/e:p ?v FILTER(sameTerm(?v, 5))", True),
        ("$this !e:q ?v FILTER(LANG(?v) = '')", True),
        ("$this e:p 5", True),
        ("$this e:q ?x FILTER NOT EXISTS { ?x e:p ?v FILTER(REGEX(?v, '0')) }", True),
        ("?x ?any $this . $this e:q ?v FILTER(STR($this) != 'x')", False),
    ],
)
def test_queries_that_depend_on_how_literals_are_written(body: str, *, apart: bool) -> None:
    query = f"PREFIX e: <http://example.org/> SELECT $this ?value WHERE {{ {body} }}"
    assert tells_forms_apart(query, {"http://example.org/p"}) == apart


def test_the_number_of_triples_is_that_of_the_data(tmp_path: Path) -> None:
    report = judged(
        tmp_path, "e:s sh:targetSubjectsOf e:p ; sh:nodeKind sh:IRI .", 'e:a e:p 5, "5"^^xsd:int, "05"^^xsd:int, "x" .'
    )
    assert report.triples == 4


# --- The report is the author's -----------------------------------------------------------------------------------

AUTHOR = """
    e:shape a sh:NodeShape ; sh:targetClass e:C ; sh:severity e:Own ; sh:name "a name" ;
      sh:property [ sh:path ( e:q [ sh:inversePath e:r ] ) ; sh:minCount 1 ; sh:message "a {?value}"@en, "b"@de ] ;
      sh:property [ sh:path e:n ; sh:node [ sh:property [ sh:path e:z ; sh:minCount 1 ; sh:message "no z" ] ] ] ;
      sh:sparql [ sh:message "has {?value} at {?path} of {$this}, {?more}"@en, "hat {?value}"@de ;
        sh:select '''SELECT $this ?value ?path ?more {
          $this ?path ?value BIND(STRLEN(STR(?value)) AS ?more) FILTER(?path = <http://example.org/p>) }''' ] .
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_the_report_says_what_the_author_says_and_no_more(tmp_path: Path, engine: str) -> None:
    report = judged(tmp_path, AUTHOR, 'e:x a e:C ; e:p "05"^^xsd:int ; e:n [ e:y 1 ] .', engine)
    graph = to_rdflib(report.graph).default_graph
    results = {
        str(graph.value(node, SH.sourceConstraintComponent)).rpartition("#")[2]: node
        for node in graph.subjects(rdflib.RDF.type, SH.ValidationResult)
        if (None, SH.detail, node) not in graph
    }

    def said(component: str) -> set[str]:
        return {each.n3() for each in graph.objects(results[f"{component}ConstraintComponent"], SH.resultMessage)}

    assert said("MinCount") == {'"a {?value}"@en', '"b"@de'}
    assert said("SPARQL") == {
        '"has 05 at http://example.org/p of http://example.org/x, 2"@en',
        '"hat 05"@de',
    }
    assert said("Node") == set()
    sparql = results["SPARQLConstraintComponent"]
    assert graph.value(sparql, SH.resultSeverity) == rdflib.URIRef("http://example.org/Own")
    assert isinstance(graph.value(sparql, SH.sourceConstraint), rdflib.BNode)
    path = graph.value(results["MinCountConstraintComponent"], SH.resultPath)
    first, second = graph.items(path)
    assert (first, graph.value(second, SH.inversePath)) == (
        rdflib.URIRef("http://example.org/q"),
        rdflib.URIRef("http://example.org/r"),
    )
    detail = graph.value(results["NodeConstraintComponent"], SH.detail)
    assert graph.value(detail, SH.resultMessage) == rdflib.Literal("no z")
    assert graph.value(detail, SH.focusNode) == graph.value(results["NodeConstraintComponent"], SH.value)
    assert (None, None, SH.ValidationReport) in graph
    assert not [each for each in graph.objects() if "remedy" in each.lower()]


def test_the_report_in_turtle_has_the_paths_of_the_author(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(PREFIXES + AUTHOR, encoding="utf-8")
    (tmp_path / "d.ttl").write_text(PREFIXES + "e:x a e:C ; e:n [ e:y 1 ] . e:y a e:C .", encoding="utf-8")
    for form, name in (("turtle", "turtle"), ("jsonld", "json-ld")):
        out = run("--shapes", tmp_path / "s.ttl", tmp_path / "d.ttl", "--to", form)[1]
        graph = rdflib.Graph().parse(data=out, format=name)
        paths = [path for path in graph.objects(None, SH.resultPath) if isinstance(path, rdflib.BNode)]
        assert len(paths) == len(set(paths)) == 2
        assert [len(list(graph.items(path))) for path in paths] == [2, 2]


@pytest.mark.parametrize("engine", ["native", "pyshacl"])
@pytest.mark.parametrize("form", ["ASK", "CONSTRUCT", "DESCRIBE"])
def test_a_query_of_another_form_is_refused_before_it_is_run(tmp_path: Path, engine: str, form: str) -> None:
    query = f"PREFIX select: <x:> {form} {{ $this ?p ?o }}"
    (tmp_path / "s.ttl").write_text(PREFIXES + f'e:s a sh:NodeShape ; sh:sparql [ sh:select "{query}" ] .')
    (tmp_path / "d.ttl").write_text(PREFIXES + "e:a e:p 1 .")
    status, _, err = run("--shapes", tmp_path / "s.ttl", tmp_path / "d.ttl", "--engine", engine)
    what = f"sh:select of the shape <http://example.org/s> holds a query of the form {form}, and takes SELECT alone"
    assert status == 2
    assert err == f"shapes\n  {what}\n  remedy: write a query that begins with SELECT; ASK is for sh:ask\n"


def test_the_report_in_turtle_abbreviates_what_is_of_shacl(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(
        PREFIXES + "e:s a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:nodeKind sh:Literal ."
    )
    (tmp_path / "d.ttl").write_text(PREFIXES + "e:a e:p 1 .")
    out = run("--shapes", tmp_path / "s.ttl", tmp_path / "d.ttl", "--to", "turtle")[1]
    assert (
        out.partition("\n\n")[2]
        == """<https://w3id.org/her2ld/report#result-1>
    a sh:ValidationResult ;
    sh:focusNode <http://example.org/a> ;
    sh:resultSeverity sh:Violation ;
    sh:sourceConstraintComponent sh:NodeKindConstraintComponent ;
    sh:sourceShape <http://example.org/s> ;
    sh:value <http://example.org/a> ;
    .

her2:report
    a sh:ValidationReport ;
    sh:conforms false ;
    sh:result <https://w3id.org/her2ld/report#result-1> ;
    .
"""
    )


def test_a_message_that_a_query_gives_comes_first(tmp_path: Path) -> None:
    shapes = """
        e:s a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:message "of the shape {?value}" ;
          sh:sparql [ sh:select "SELECT $this ?value { $this <http://example.org/p> ?value }" ] ;
          sh:sparql [ sh:message "of the constraint" ;
            sh:select '''SELECT $this ?message {
              $this <http://example.org/p> ?v BIND(CONCAT("found ", ?v) AS ?message) }''' ] .
    """
    report = judged(tmp_path, shapes, 'e:a e:p "x" .')
    assert {each.value for finding in report.findings for each in finding.messages} == {"of the shape x", "found x"}


# --- Targets, and what is not run ---------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("sh:targetNode e:a, 5", 2),
        ("sh:targetClass e:C", 2),
        ("sh:targetSubjectsOf e:p", 1),
        ("sh:targetObjectsOf e:p", 2),
        ('sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { ?this <http://example.org/p> ?any }" ]', 1),
        ('sh:target [ sh:select "SELECT ?this { ?any <http://example.org/p> ?this FILTER(ISBLANK(?this)) }" ]', 1),
        ("a rdfs:Class", 1),
        ("a owl:Class", 1),
    ],
)
def test_every_target_is_looked_at(tmp_path: Path, engine: str, target: str, count: int) -> None:
    data = "e:a e:p [ a e:C ], e:b . e:c a e:D . e:D rdfs:subClassOf e:C . e:i a e:s ."
    report = judged(tmp_path, f"e:s a sh:NodeShape ; {target} ; sh:datatype xsd:string .", data, engine)
    assert list(report.focus_counts.values()) == [count]
    assert len(report.findings) == count
    assert report.conforms == (not count)


def test_a_target_of_another_kind_is_refused_and_counts(tmp_path: Path) -> None:
    shapes, data = tmp_path / "s.ttl", tmp_path / "d.ttl"
    shapes.write_text(
        PREFIXES + "e:s a sh:NodeShape ; sh:target [ a e:MyTarget ] ; sh:nodeKind sh:IRI .\n"
        "e:t a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:nodeKind sh:IRI .",
        encoding="utf-8",
    )
    data.write_text(PREFIXES + "e:a e:p 1 .", encoding="utf-8")
    status, out, _ = run("--shapes", shapes, data)
    assert status == 2
    assert "its target is not understood: sh:target of the kind <http://example.org/MyTarget>" in out


def test_what_is_deactivated_idle_or_imported_is_told_outside_the_report(tmp_path: Path) -> None:
    shapes = tmp_path / "s.ttl"
    shapes.write_text(
        PREFIXES + "<> owl:imports e:more . e:off a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:deactivated true .\n"
        "e:on sh:targetSubjectsOf e:p ; sh:nodeKind sh:IRI .\n"
        'e:idle sh:name "idle" ; sh:targetClass e:C ; sh:nodeKind sh:IRI .',
        encoding="utf-8",
    )
    (tmp_path / "d.ttl").write_text("@base <http://example.org/> .\n<> <p> <x> .\n", encoding="utf-8")
    status, out, err = run("--shapes", shapes, tmp_path / "d.ttl")
    assert status == 0
    assert out == (
        "note http://example.org/off is deactivated\nnote “idle” looked at nothing\n"
        "checked 1 triple with 2 constraints, which looked at 1 node: no findings\n"
    )
    assert err == "warning the shapes import <http://example.org/more>, not read\n"
    status, out, _ = run("--shapes", shapes, tmp_path / "d.ttl", "--to", "turtle")
    graph = rdflib.Graph().parse(data=out, format="turtle")
    assert (status, len(graph), list(graph.objects(None, SH.conforms))) == (
        0,
        2,
        [rdflib.Literal(lexical_or_value=True)],
    )


@pytest.mark.parametrize(
    ("severity", "statuses"), [("sh:Violation", (1, 1)), ("sh:Warning", (0, 1)), ("sh:Info", (0, 1)), ("e:Own", (0, 1))]
)
def test_the_exit_status_counts_violations_or_all(tmp_path: Path, severity: str, statuses: tuple[int, int]) -> None:
    shapes, data = tmp_path / "s.ttl", tmp_path / "d.ttl"
    shapes.write_text(
        PREFIXES + f"e:s sh:targetSubjectsOf e:p ; sh:severity {severity} ; sh:nodeKind sh:Literal .", encoding="utf-8"
    )
    data.write_text("@base <http://example.org/> .\n<> <p> <x> .\n", encoding="utf-8")
    for form in ("text", "json", "sarif", "turtle", "jsonld"):
        assert tuple(run("--shapes", shapes, data, "--to", form, *more)[0] for more in ((), ("--strict",))) == statuses
    name = severity.removeprefix("sh:").lower() if severity.startswith("sh:") else "http://example.org/Own"
    assert f"  ({name} of " in run("--shapes", shapes, data)[1]
    data.write_text("<http://example.org/a> <http://example.org/q> 1 .\n", encoding="utf-8")
    assert run("--shapes", shapes, data)[0] == 2
    report = json.loads(run("--shapes", shapes, data, "--json")[1])
    assert (report["conforms"], len(report["unchecked"]), report["findings"]) == (False, 1, [])


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld", "trig"])
def test_shapes_are_read_in_any_syntax(tmp_path: Path, suffix: str) -> None:
    graph = rdflib.Graph().parse(
        data=PREFIXES + "e:s a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:nodeKind sh:Literal .", format="turtle"
    )
    form = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "trig": "trig"}[suffix]
    file = tmp_path / f"s.{suffix}"
    file.write_text(graph.serialize(format=form), encoding="utf-8")
    assert len(validate(quads_of("e:a e:p e:b ."), shapes=read_shapes([file])).findings) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { $this e:from ?service } # from here",
        "SELECT $this { $this <http://example.org/service/load> 'from \\\\' service', ?load }",
        "SELECT $this { $this e:p '''load 'from' <x>''' }",
    ],
)
def test_words_in_comments_texts_and_iris_are_no_clauses(tmp_path: Path, query: str) -> None:
    file = tmp_path / "s.ttl"
    file.write_text(
        PREFIXES + f'e:s sh:targetSubjectsOf e:p ; sh:sparql [ sh:prefixes e:x ; sh:select """{query}""" ] .\n'
        'e:x sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/" ] .',
        encoding="utf-8",
    )
    assert list(read_shapes([file]).constraints) == [NamedNode("http://example.org/s")]


def test_a_shape_with_two_paths_is_refused_and_not_judged_by_one(tmp_path: Path) -> None:
    file = tmp_path / "s.ttl"
    file.write_text(
        PREFIXES + "e:s sh:targetSubjectsOf e:p ; sh:property [ sh:path e:p, e:q ; sh:minCount 1 ] .", encoding="utf-8"
    )
    with pytest.raises(ValidationError, match="a shape without a name has 2 sh:path") as caught:
        read_shapes([file])
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_relative_names_of_shapes_have_the_base_that_is_given(tmp_path: Path, suffix: str) -> None:
    shapes, data = tmp_path / f"s.{suffix}", tmp_path / "folder" / "d.ttl"
    if suffix == "ttl":
        shapes.write_text(PREFIXES + "<s> sh:targetNode <a> ; sh:class <B> .", encoding="utf-8")
        more: tuple[object, ...] = ()
    else:
        context = tmp_path / "context.jsonld"
        context.write_text('{"@context": {"sh": "http://www.w3.org/ns/shacl#"}}', encoding="utf-8")
        said = {"@context": "http://example.org/c", "@id": "s", "sh:targetNode": {"@id": "a"}, "sh:class": {"@id": "B"}}
        shapes.write_text(json.dumps(said), encoding="utf-8")
        more = ("--context", f"http://example.org/c={context}")
    data.parent.mkdir()
    data.write_text("<a> a <B> .", encoding="utf-8")
    based = ("--shapes", shapes, data, "--base", "http://example.org/", *more)
    assert run(*based)[0] == 0
    data.write_text("<a> a <C> .", encoding="utf-8")
    assert run(*based)[0] == 1


def test_our_ontology_is_joined_to_data_of_others_only_on_request(tmp_path: Path) -> None:
    shapes, data = tmp_path / "s.ttl", tmp_path / "d.ttl"
    shapes.write_text(PREFIXES + "e:s sh:targetClass owl:Ontology ; sh:nodeKind sh:IRI .", encoding="utf-8")
    data.write_text(PREFIXES + "e:a e:p 1 .", encoding="utf-8")
    assert run("--shapes", shapes, data)[0] == 2
    assert run("--shapes", shapes, data, "--with-ontology")[0] == 0


def test_a_query_that_no_engine_understands_is_an_error(tmp_path: Path) -> None:
    for engine in ENGINES:
        with pytest.raises(ValidationError):
            judged(
                tmp_path,
                'e:s sh:targetSubjectsOf e:p ; sh:sparql [ sh:select "SELECT $this {" ] .',
                "e:a e:p 1 .",
                engine,
            )


def test_each_file_of_ours_declares_the_prefixes_that_it_uses() -> None:
    for file in SHAPE_FILES:
        shapes = read_shapes([file])
        for own in shapes.by_subject.values():
            if SELECT in own:
                prepareQuery(prologue(own, shapes.by_subject) + text(own, SELECT))
