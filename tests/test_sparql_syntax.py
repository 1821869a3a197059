"""Syntax errors of SPARQL: the line and column of the mistake, what may stand there, and what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from her2ld import read_questions
from her2ld.query.syntax_errors import SyntaxMistake, syntax_mistake

QUERIES = [question.query for question in read_questions()]


def mistake_in(query: str) -> SyntaxMistake:
    with pytest.raises(SyntaxError) as refused:
        Store().query(query, base_iri="https://example.org/")
    return syntax_mistake(query, str(refused.value))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "SELEC * { ?s ?p ?o }",
            SyntaxMistake(
                1, 1, "“SELEC” cannot stand here; expected: PREFIX, BASE, SELECT, ASK, CONSTRUCT, DESCRIBE",
                "did you mean SELECT?",
            ),
        ),
        (
            "SELECT * {\n  ?s ?p ?o .  # a comment\n  OPTINAL { ?o ?q ?r }\n}",
            SyntaxMistake(
                3, 3, "“OPTINAL” cannot stand here; expected: a variable, an IRI, a text, a number, “{”, “}”, “(”, "
                "FILTER, …", "did you mean OPTIONAL?",
            ),
        ),
        (
            "SELECT * { ?s ?p ?o } LIMIT ten",
            SyntaxMistake(1, 29, "“ten” cannot stand here; expected: a number", "correct the query there"),
        ),
        (
            "SELECT * { ?s ?p",
            SyntaxMistake(
                1, 17, "the query ends too early; expected: a variable, an IRI, a text, a number, “(”, true",
                "complete the query",
            ),
        ),
        (
            "SELECT (COUNT(?s) ?n) { ?s ?p ?o }",
            SyntaxMistake(1, 19, "“?n” cannot stand here; expected: “=”, “*”, AS, IN", "correct the query there"),
        ),
        (
            "SELECT ?s { ?s ?p ?o }\nGROUP BY ?p",
            SyntaxMistake(2, 12, "the SELECT contains a variable that is unbound", "correct the query"),
        ),
        (
            "SELECT * {\n ?s ?p 'never closed }",
            SyntaxMistake(
                2, 8, "the text that begins here has no end",
                "end it with the same quotes; write a backslash as \\\\",
            ),
        ),
    ],
)  # fmt: skip
def test_a_mistake_has_its_place_and_the_expected_tokens(query: str, expected: SyntaxMistake) -> None:
    assert mistake_in(query) == expected


@given(st.sampled_from(QUERIES), st.data())
def test_a_word_that_is_no_sparql_is_found_where_it_stands(query: str, data: st.DataObject) -> None:
    places = [place for place, line in enumerate(query.split("\n")) if not line.startswith("#")]
    lines = query.split("\n")
    number = data.draw(st.sampled_from(places))
    lines.insert(number, "§")
    found = mistake_in("\n".join(lines))
    assert (found.line, found.column) == (number + 1, 1)
    assert found.what.startswith("“§” cannot stand here")


@given(st.text("SELECT{}?s<>\"'\\#:. \n\0é1@^", max_size=40))
def test_no_text_is_without_a_place(query: str) -> None:
    try:
        Store().query(query, base_iri="https://example.org/")
    except SyntaxError as error:
        found = syntax_mistake(query, str(error))
        assert 1 <= found.line <= query.count("\n") + 1
        assert 1 <= found.column <= len(query) + 1
        assert found.what
        assert found.remedy
        assert "[_]" not in found.what
