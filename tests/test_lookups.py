"""The look-ups of a query: all predicates by which it finds triples, or the word that they are not known."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from her2ld.query.default_graph import Choice, all_but_hedged, evaluate
from her2ld.query.lookups import lookups
from her2ld.query.reach import reach
from her2ld.vocabulary import model, standard

X = "http://example.org/"
TYPE = standard.TYPE.value


def found(pattern: str) -> set[str] | None:
    """Return the look-ups of a query with a pattern, as ``predicate`` or ``predicate class``."""
    query = f"PREFIX x: <{X}> SELECT DISTINCT ?s {{ {pattern} }}"
    names = lookups(query)
    return None if names is None else {" ".join(name).replace(X, "").replace(TYPE, "a").strip() for name in names}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("", set()),
        ("?s x:p ?o", {"p"}),
        (f"?s <{X}p> ?o .", {"p"}),
        ("?s x:p ?o ; x:q 1, 'a'@en-GB, '1'^^x:int, true ; ; . ?o x:r 1.5 .", {"p", "q", "r"}),
        ("?s a x:C . ?s a ?c ", {"a C", "a"}),
        ("?s x:p x:C", {"p C"}),
        ("?s ^x:p x:C", {"p"}),
        ("?s (x:p/^x:q)|(x:r/(x:s+)) ?o", {"p", "q", "r", "s"}),
        ("?s x:p* x:o . x:s x:q? ?o . ?o (x:r?/x:t) ?s", {"p", "q", "r", "t"}),
        ("?s x:p* ?o . ?s x:q ?z", {"p", "q"}),
        ("[] x:p [ x:q ?o ; x:r [] ] . [ x:s _:b ]", {"p", "q", "r", "s"}),
        ("VALUES ?p { x:p x:q } ?s ?p ?o", {"p", "q"}),
        ("?s ?p ?o VALUES (?o $p) { (1 x:p) (UNDEF <http://example.org/q>) }", {"p", "q"}),
        ("?s ?p ?o FILTER(?p IN (x:p, x:q))", {"p", "q"}),
        ("?s x:p ?o OPTIONAL { ?s x:q ?o } MINUS { ?s x:r ?o } { ?s x:t ?o } UNION { ?s x:u ?o }", {*"pqrtu"}),
        ("?s x:p ?o FILTER(?o > 1 && (NOT EXISTS { ?s x:q ?o } || regex(?o, '{ ?s ?p ?o }')))", {"p", "q"}),
        ("?s x:p ?o FILTER NOT EXISTS { ?s x:q ?o FILTER EXISTS { ?s x:r ?o } }", {"p", "q", "r"}),
        ("?s x:p ?o FILTER regex(?o, 'a') BIND(EXISTS { ?s x:q ?o } AS ?e)", {"p", "q"}),
        ("{ SELECT DISTINCT ?s (COUNT(DISTINCT ?o) AS ?n) { ?s x:p ?o } GROUP BY ?s HAVING(?n > 1) }", {"p"}),
        ("?s x:p ?o # ?s ?p ?o\n", {"p"}),
    ],
)
def test_predicates_that_are_named_are_found(pattern: str, names: set[str]) -> None:
    assert found(pattern) == names


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p ?o",
        "?s x:p ?o ; ?p ?z",
        "[ ?p ?o ]",
        "?s x:p [ ?p ?o ]",
        "VALUES ?p { x:p UNDEF } ?s ?p ?o",
        "VALUES ?p { x:p } { ?s ?p ?o }",
        "VALUES ?p { x:p } ?s x:q ?o OPTIONAL { ?s ?p ?o }",
        "?s ?p ?o OPTIONAL { VALUES ?p { x:p } }",
        "?s ?p ?o { SELECT DISTINCT ?p { VALUES ?p { x:p } } }",
        "?s ?p ?o FILTER(?p IN (x:p) || true)",
        "?s ?p ?o FILTER(?p NOT IN (x:p))",
        "?s ?p ?o FILTER(?p IN (x:p, ?o))",
        "BIND(x:p AS ?p) ?s ?p ?o",
        "?s x:p ?o FILTER EXISTS { ?s ?p ?o }",
        "?s x:p ?o FILTER(1 < 2 && NOT EXISTS { ?s ?p ?o })",
        "?s !x:p ?o",
        "?s x:p|!(x:p|^x:q) ?o",
        "?s x:p* ?o",
        "?s x:p* x:o",
        "x:o x:p* x:o",
        "?s x:p* ?o OPTIONAL { ?s x:q ?o }",
        "?s (x:p?/x:q*) [] . ?o x:q* ?z",
        "GRAPH ?g { ?s x:p ?o }",
        "SERVICE x:s { ?s x:p ?o }",
        "?s x:p (1 2)",
        "?s x:p <<( x:a x:b x:c )>>",
        "?s x:p ?o {| x:q ?z |}",
        "?s y:p ?o",
        "?s x:p. ?o",
        "?s \\u0078:p ?o",
        "?s x:p ?o FILTER(?s<'b>' && EXISTS{?s ?p ?o} && ?o='y')",
        "?s x:p ?o FILTER(?s<?o#>'\n && EXISTS{?s ?p ?o} && ?o='y')",
    ],
)
def test_what_is_not_surely_told_is_not_known(pattern: str) -> None:
    assert found(pattern) is None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT ?s { ?s <x:p> ?o }",
        "SELECT DISTINCT ?s FROM <x:g> { ?s <x:p> ?o }",
        "SELECT DISTINCT (RAND() AS ?r) { ?s <x:p> ?o }",
        "BASE <x:> ASK { ?s <p> ?o }",
        "DESCRIBE ?s { ?s <x:p> ?o }",
        "DESCRIBE <x:s>",
        "INSERT DATA { <x:s> <x:p> <x:o> }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "ASK { ?s <x:p> ?o",
        "ASK { ?s <x:p> ?o } VALUES ?o { 1",
        "ASK " + "{" * 201 + "}" * 201,
        "ASK { ?s <x:p> ?o FILTER" + "(" * 100_000 + ")" * 100_000 + " }",
    ],
)
def test_a_query_of_another_kind_is_not_known(query: str) -> None:
    assert lookups(query) is None


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s <x:p> ?o }",
        "ask where { ?s <x:p> ?o }",
        "CONSTRUCT { ?s ?p ?o . <x:s> <x:q> ?o } WHERE { ?s <x:p> ?o }",
        "CONSTRUCT WHERE { ?s <x:p> ?o }",
        "PREFIX y: <x:> PREFIX : <x:> SELECT DISTINCT * { ?s :p ?o ; y:p 1 } ORDER BY DESC(?s) LIMIT 3 VALUES ?o { 1 }",
        "SELECT DISTINCT ?s (EXISTS { ?s <x:p> 1 } AS ?e) { ?s <x:p> ?o } ORDER BY (EXISTS { ?s <x:p> 2 })",
    ],
)
def test_each_form_of_a_query_is_read(query: str) -> None:
    assert lookups(query) == frozenset({("x:p", "")})


TOKENS = """SELECT DISTINCT WHERE VALUES FILTER NOT EXISTS IN BIND OPTIONAL UNION UNDEF a ?s x:p <x:p> 't' @en 1
    { { } } ( ( ) ) [ ] . ; , / | ^ * ? ! <"""


@given(st.lists(st.sampled_from(TOKENS.split())).map(" ".join))
def test_a_text_that_is_no_query_is_read_to_its_end(text: str) -> None:
    for beginning in ("", "ASK {", "ASK { VALUES", "ASK { ?s x:p"):
        known = lookups(f"{beginning} {text}")
        assert known is None or known <= {("x:p", ""), ("x:p", "x:p"), (TYPE, ""), (TYPE, "x:p")}


@pytest.mark.parametrize(
    "pattern",
    [
        f"?s {'(' * 190}x:p{')' * 190} ?o",
        f"{'[ x:p ' * 190}?o{']' * 190} .",
        f"{'FILTER NOT EXISTS {' * 190}?s x:p ?o{'}' * 190}",
        f"?s x:p ?o FILTER{'(' * 190}?o{')' * 190}",
        f"{'{' * 190}?s x:p ?o{'}' * 190}",
    ],
)
def test_brackets_can_be_nested_as_deep_as_in_any_query(pattern: str) -> None:
    assert found(pattern) == {"p"}


# --- The same answer ----------------------------------------------------------------------------------------------

NODES = [f"x:n{number}" for number in range(4)]
PREDICATES = ["a", "x:p", "x:q", "x:r"]
VARIABLES = ["?s", "?o", "?z"]
node = st.sampled_from([*VARIABLES, *VARIABLES, *NODES, "1", "'t'", "[]"])
predicate = st.sampled_from(PREDICATES)
values = st.lists(st.sampled_from(["x:p", "x:q", f"<{TYPE}>", "x:n0", "UNDEF", "1"]), max_size=3).map(" ".join)


def paths(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from("/|"), inner).map(lambda each: f"({''.join(each)})"),
        st.tuples(inner, st.sampled_from("*+?")).map(lambda each: f"({each[0]}){each[1]}"),
        inner.map(lambda each: f"^({each})"),
        inner.map(lambda each: f"!{each}" if each in PREDICATES else each),
    )


path = st.one_of(predicate, predicate, st.just("?p"), st.recursive(predicate, paths, max_leaves=3))
subject = st.sampled_from([*VARIABLES, *NODES, "[]"])
triple = st.tuples(subject, path, node).map(lambda each: f"{' '.join(each)} . ")
plain = st.one_of(
    triple,
    triple,
    values.map(lambda each: f"VALUES ?p {{ {each} }} "),
    st.sampled_from(["x:p", "x:p, x:q", "a:b, x:r", ""]).map(lambda each: f"FILTER(?p IN ({each})) "),
    st.sampled_from(NODES).map(lambda each: f"VALUES ?s {{ {each} x:n9 }} "),
    st.sampled_from(NODES).map(lambda each: f"FILTER(?o != {each}) "),
    st.tuples(predicate, path, node).map(
        lambda each: f"?s {each[0]} [ {each[1]} {each[2]} ; x:p ?z ] , ?o ; x:q ?o . "
    ),
    st.sampled_from(["x:q", "UNDEF", "1"]).map(lambda each: f"VALUES (?p ?o) {{ (x:p x:n0) (x:r 1) ({each} x:n1) }} "),
)


def groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    within = st.sampled_from(["OPTIONAL", "MINUS", "FILTER EXISTS", "FILTER NOT EXISTS", ""])
    return st.lists(
        st.one_of(
            plain,
            plain,
            plain,
            st.tuples(within, inner).map(lambda each: f"{each[0]} {{ {each[1]} }} "),
            st.tuples(inner, inner).map(lambda each: f"{{ {each[0]} }} UNION {{ {each[1]} }} "),
            inner.map(lambda each: f"{{ SELECT DISTINCT ?s ?o {{ {each} }} }} "),
            inner.map(lambda each: f"{{ SELECT ?s (MAX(?o) AS ?z) {{ {each} }} GROUP BY ?s HAVING(BOUND(?s)) }} "),
            inner.map(lambda each: f"FILTER(?s = ?o || (NOT EXISTS {{ {each} }} && isIRI(?s))) "),
        ),
        min_size=1,
        max_size=4,
    ).map("".join)


group = st.recursive(st.lists(plain, min_size=1, max_size=4).map("".join), groups, max_leaves=4)
terms = st.sampled_from([NamedNode(X + each[2:]) for each in NODES])
quads = st.builds(
    Quad,
    terms,
    st.sampled_from([standard.TYPE, *(NamedNode(X + each) for each in "pqr")]),
    st.one_of(terms, st.sampled_from([Literal("t"), Literal("1", datatype=standard.XSD_INTEGER)])),
    st.sampled_from([model.ASSERTED_GRAPH, model.ASSERTED_GRAPH, model.ONTOLOGY_GRAPH, model.HEDGED_GRAPH]),
)


def answer(store: Store, query: str) -> list[bytes]:
    """Return the rows of the answer, sorted: the order of several graphs is another one in each store."""
    results = evaluate(store, query, reach(query), Choice(all_but_hedged(store)))
    assert isinstance(results, QuerySolutions)
    return sorted((results.serialize(format=QueryResultsFormat.TSV) or b"").splitlines())


@settings(max_examples=200)
@given(group, st.lists(quads, max_size=12))
@example("?s (x:p)* x:n0", [Quad(NamedNode(X + "n0"), standard.TYPE, NamedNode(X + "n1"), model.ONTOLOGY_GRAPH)])
def test_the_triples_of_the_look_ups_give_the_same_answer_as_all(pattern: str, data: list[Quad]) -> None:
    query = f"PREFIX x: <{X}> PREFIX a: <a:> SELECT DISTINCT * {{ {pattern} }}"
    known = lookups(query)
    if known is None:
        return
    whole, part = Store(), Store()
    whole.extend(data)
    part.extend(
        quad
        for quad in data
        if (quad.predicate.value, "") in known or (quad.predicate.value, getattr(quad.object, "value", "")) in known
    )
    assert answer(part, query) == answer(whole, query)
