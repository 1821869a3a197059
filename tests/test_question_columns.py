"""An answer that speaks of statements says of each its paper, the year, whether it affirms, and how sure it is."""

import re

import pytest

from her2ld import find_question, read_questions

LINKS = re.compile(r"her2:(affirms|denies|findsNo|leavesOpen|about)\b")
WANTED = ("paper", "year", "link", "certainty")
MOST_COLUMNS = 20  # Virtuoso 7 cannot tell more apart

# Which columns a question has not, and why.
EXCEPTIONS: dict[str, tuple[set[str], str]] = {
    "aims_of_studies": ({"certainty"}, "an aim is a gap, and a gap has no certainty"),
    "card": (set(WANTED), "a CONSTRUCT of plain triples"),
    "claims_by_support": ({"paper", "year"}, "it counts papers, and says the first and the last year"),
    "cue_words": ({"paper", "year", "certainty"}, "it counts statements by words"),
    "hedge_words": ({"paper", "year"}, "it counts statements by words"),
    "network": (set(WANTED), "a CONSTRUCT of plain triples"),
    "not_known": ({"certainty"}, "a gap has no certainty"),
    "sentences_of_paper": ({"year", "certainty"}, "it counts the statements of each sentence of one paper"),
}
# A column for two statements of one row begins with which of them it is of; "first" is of the first paper of a claim.
PREFIXES = {
    "different_numbers": ("", "other_"),
    "differing_statements": ("", "other_"),
    "gene_and_product": ("encoding_", "membership_"),
    "path_from_drug_to_pathway": ("first_", "second_"),
}
RENAMED = {"first_said": {"paper": "first_paper", "year": "first_year"}}


def pattern(name: str) -> str:
    """Return a query without the lines that say what it asks."""
    return re.sub(r"^#.*\n", "", find_question(name).query, flags=re.MULTILINE)


def columns(name: str) -> list[str]:
    """Return the columns of an answer, what is counted among them; none for a CONSTRUCT."""
    found = re.search(r"^SELECT (.+)$", pattern(name), re.MULTILINE)
    bare = re.sub(r"\([^?]*\(.*? AS (\?\w+)\)", r"\1", found[1]) if found else ""
    return re.findall(r"\?(\w+)", bare)


ALL = [question.name for question in read_questions()]
OF_STATEMENTS = [name for name in ALL if LINKS.search(pattern(name))]


@pytest.mark.parametrize("name", OF_STATEMENTS)
def test_whose_statement_it_is_and_whether_it_affirms_stands_in_a_column(name: str) -> None:
    lacking, _ = EXCEPTIONS.get(name, (set(), ""))
    expected = {
        prefix + RENAMED.get(name, {}).get(wanted, wanted)
        for prefix in PREFIXES.get(name, ("",))
        for wanted in WANTED
        if wanted not in lacking
    }
    assert expected - set(columns(name)) == set()
    assert lacking & set(columns(name)) == set(), "it is no exception any more"


def test_the_exceptions_are_questions_of_statements() -> None:
    assert set(EXCEPTIONS) | set(PREFIXES) | set(RENAMED) <= set(OF_STATEMENTS)
    assert all(reason for _, reason in EXCEPTIONS.values())
    assert len(OF_STATEMENTS) > 50


def test_the_others_speak_of_no_statement() -> None:
    """They list terms, what follows of terms, studies, headings, sentences without a statement, what others say."""
    named = {name: set(re.findall(r"her2:(\w+)", pattern(name))) for name in ALL if name not in OF_STATEMENTS}
    of_statements = {"Claim", "KnowledgeGap", "Statement", "certainty", "evidence", "hasClaim", "polarity"}
    assert {name for name, found in named.items() if found & of_statements} == {"sentences_without_statement"}


@pytest.mark.parametrize("name", ALL)
def test_no_answer_is_wider_than_a_store_can_hold(name: str) -> None:
    assert len(columns(name)) <= MOST_COLUMNS


# --- The year ---------------------------------------------------------------------------------------------------------

WITH_UNTIL = [question.name for question in read_questions() if "until" in {each.name for each in question.parameters}]


@pytest.mark.parametrize("name", WITH_UNTIL)
def test_until_is_the_last_parameter_and_has_one_meaning(name: str) -> None:
    until = find_question(name).parameters[-1]
    others = "all papers, also those without a year" if name != "first_said" else "all papers that have a year"
    assert (until.name, until.type, until.meaning) == (
        "until", "integer", f"the last year of the papers to include; 9999 includes {others}",
    )  # fmt: skip
