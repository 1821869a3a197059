"""Each number of a statement points to its own digits, also where a sentence prints equal ones."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld import Curation, CurationError, Vocabulary, read_curation
from her2ld.statements import Span
from her2ld.vocabulary import statement_model as model

HEADER = '[curation]\ncurator = "A. Curator"\ndate = 2026-11-22\n\n[[statement]]\nbasis = "observed"\n'
NBIB = "PMID- 1\nTI  - A test.\nAB  - {}\nDP  - 2020\nTA  - Test J\nAID - 10.1000/x [doi]\nPT  - Journal Article\n"


def read(folder: Path, vocabulary: Vocabulary, abstract: str, written: str) -> Curation:
    """Return what is read in a paper with that abstract."""
    (folder / "record.nbib").write_text(NBIB.format(abstract), encoding="utf-8")
    (folder / "statements.toml").write_text(HEADER + written, encoding="utf-8")
    return read_curation(folder, vocabulary)


def marked(curation: Curation, spans: tuple[Span, ...]) -> str:
    """Return the abstract with brackets around the spans."""
    text = curation.record.abstract
    for span in sorted(spans, key=lambda each: each.start, reverse=True):
        text = f"{text[: span.start]}«{text[span.start : span.end]}»{text[span.end :]}"
    return text


def digits(curation: Curation) -> list[str]:
    """Return, for each result or dose, the abstract with its digits marked."""
    places = [each.printed_at for statement in curation.statements for each in statement.results]
    places += [each.printed_at for statement in curation.statements for each in statement.doses]
    return [marked(curation, each) for each in places]


def grades(curation: Curation) -> list[str]:
    """Return, for each statement, the abstract with the words of its grade marked."""
    return [marked(curation, tuple(each.spans(model.GRADE_WORDS))) for each in curation.statements]


P_VALUES = (
    "HER2 is associated with TNM stage (p = 0.001), age (p = 0.003), tumor grade (p = 0.001) and HER3 (p <0.001)."
)
ASSOCIATED = f'subject = "HER2"\nrelation = "is associated with"\nquote = "{P_VALUES}"\n'


def test_equal_p_values_of_a_list_are_taken_in_order_and_by_their_operator(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    each = """each = [
      { object = "HER3", p = "<0.001" },
      { object = "TNM stage", p = "= 0.001" },
      { object = "tumor grade", p = "= 0.001" },
    ]"""
    assert digits(read(tmp_path, vocabulary, P_VALUES, ASSOCIATED + each)) == [
        P_VALUES.replace("<0.001", "<«0.001»"),
        P_VALUES.replace("0.001", "«0.001»", 1),
        P_VALUES.replace("grade (p = 0.001", "grade (p = «0.001»"),
    ]


def test_a_number_that_all_items_share_has_one_place(tmp_path: Path, vocabulary: Vocabulary) -> None:
    each = 'p = "= 0.001"\neach = [{ object = "TNM stage" }, { object = "tumor grade" }]'
    expected = P_VALUES.replace("0.001", "«0.001»", 1)
    assert digits(read(tmp_path, vocabulary, P_VALUES, ASSOCIATED + each)) == [expected, expected]


def test_a_number_that_is_printed_once_serves_each_item(tmp_path: Path, vocabulary: Vocabulary) -> None:
    each = 'each = [{ object = "TNM stage", p = "<0.001" }, { object = "HER3", p = "<0.001" }]'
    expected = P_VALUES.replace("<0.001", "<«0.001»")
    assert digits(read(tmp_path, vocabulary, P_VALUES, ASSOCIATED + each)) == [expected, expected]


def test_one_item_never_takes_digits_twice(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "HER2 is associated with prognosis (5 [5%] of 8) and with HER3 (8 [5%] of 8)."
    written = f"""subject = "HER2"
    relation = "is associated with"
    measure = "proportion"
    quote = "{text}"
    each = [
      {{ object = "prognosis", result = [{{ n = "5", value = "5%", of = "8" }}] }},
      {{ object = "HER3", result = [{{ n = "8", value = "5%", of = "8" }}] }},
    ]"""
    assert digits(read(tmp_path, vocabulary, text, written)) == [
        "HER2 is associated with prognosis («5» [«5»%] of «8») and with HER3 (8 [5%] of 8).",
        "HER2 is associated with prognosis (5 [5%] of 8) and with HER3 («8» [«5»%] of «8»).",
    ]


def test_equal_digits_of_a_list_of_values_are_taken_in_order(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "HER2 is associated with overall survival (37, 8 and 8 months) in 8 women."
    written = f"""subject = "HER2"
    relation = "is associated with"
    object = "overall survival"
    unit = "months"
    quote = "{text}"
    result = [
      {{ measure = "mean", value = "37", n = "8" }},
      {{ measure = "median", value = "8" }},
      {{ measure = "age", value = "8" }},
    ]"""
    assert digits(read(tmp_path, vocabulary, text, written)) == [
        text.replace("37", "«37»").replace("8 women", "«8» women"),
        text.replace("8 and", "«8» and"),
        text.replace("8 months", "«8» months"),
    ]


def test_the_bounds_of_an_interval_stand_together(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "HER2 is associated with prognosis in 10 of 15 women (median 12, range 10-15)."
    written = f"""subject = "HER2"
    relation = "is associated with"
    object = "prognosis"
    quote = "{text}"
    result = [
      {{ measure = "median", range = "10-15", value = "12" }},
      {{ measure = "proportion", n = "10", of = "15" }},
    ]"""
    assert digits(read(tmp_path, vocabulary, text, written)) == [
        "HER2 is associated with prognosis in 10 of 15 women (median «12», range «10»-«15»).",
        "HER2 is associated with prognosis in «10» of «15» women (median 12, range 10-15).",
    ]


@pytest.mark.parametrize("said", ['value = "12%", ci95 = "10-15"', 'ci95 = "10%-15%"'])
def test_the_unit_chooses_between_equal_intervals(tmp_path: Path, vocabulary: Vocabulary, said: str) -> None:
    text = "HER2 is associated with prognosis (10-15) in 12% (10%-15%) and 12% (10%-15%)."
    written = f"""subject = "HER2"
    relation = "is associated with"
    object = "prognosis"
    quote = "{text}"
    result = [{{ measure = "proportion", {said} }}, {{ measure = "incidence", {said} }}]"""
    value = "«12»%" if "value" in said else "12%"
    assert digits(read(tmp_path, vocabulary, text, written)) == [
        text.replace("12% (10%-15%)", f"{value} («10»%-«15»%)", 1),
        text.replace("and 12% (10%-15%)", f"and {value} («10»%-«15»%)"),
    ]


def test_a_bound_that_another_number_has_taken_is_no_bound(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "HER2 is associated with prognosis 10-15."
    written = f"""subject = "HER2"
    relation = "is associated with"
    object = "prognosis"
    quote = "{text}"
    result = [{{ measure = "mean", value = "10" }}, {{ measure = "median", range = "10-15" }}]"""
    with pytest.raises(CurationError, match=r"the quote contains '10-15' less often than the entry gives it"):
        read(tmp_path, vocabulary, text, written)


FEW = st.sampled_from([3, 5, 8])


def test_the_items_of_a_list_take_their_own_digits_whatever_is_equal(
    tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary
) -> None:
    @given(st.lists(st.tuples(FEW, FEW, FEW), min_size=1, max_size=5))
    def holds(items: list[tuple[int, int, int]]) -> None:
        listed = list(zip(["TNM stage", "apoptosis", "tumor grade", "HER3", "HER4"], items, strict=False))
        text = f"HER2 is associated with {', '.join(f'{name} ({n} [{p}%] of {of})' for name, (n, p, of) in listed)}."
        each = ", ".join(
            f'{{ object = "{name}", result = [{{ n = "{n}", value = "{p}%", of = "{of}" }}] }}'
            for name, (n, p, of) in listed
        )
        written = f"""subject = "HER2"
        relation = "is associated with"
        measure = "proportion"
        quote = "{text}"
        each = [{each}]"""
        curation = read(tmp_path_factory.mktemp("paper"), vocabulary, text, written)
        assert digits(curation) == [
            text.replace(f"{name} ({n} [{p}%] of {of})", f"{name} («{n}» [«{p}»%] of «{of}»)")
            for name, (n, p, of) in listed
        ]
        assert curation.notes == ()

    holds()


GRADED = "Trastuzumab caused grade 3-4 anaemia. Neutropenia (16 [24%] vs ten [4%]) was seen with trastuzumab."
EVENT = 'subject = "trastuzumab"\nrelation = "has adverse event"\n'


def test_a_grade_and_a_share_of_equal_digits_do_not_take_those_of_each_other(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    written = f"""{EVENT}object = "neutropenia"
    grade = "3-4"
    quote = "Neutropenia (16 [24%] vs ten [4%]) was seen with trastuzumab."
    also = ["Trastuzumab caused grade 3-4 anaemia"]
    result = [{{ measure = "proportion", value = "4%", n = "ten" }}]"""
    curation = read(tmp_path, vocabulary, GRADED, written)
    assert grades(curation) == [GRADED.replace("3-4", "«3-4»")]
    assert digits(curation) == [GRADED.replace("ten [4%", "«ten» [«4»%")]


def test_at_names_the_words_in_which_the_numbers_stand(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = (
        "Neutropenia (16 [24%] vs ten [4%]) and febrile neutropenia (14 [21%] vs 11 [4%]) with trastuzumab (p = 0.04)."
    )
    words = '"febrile neutropenia (14 [21%] vs 11 [4%])"'
    whole = f"at = {words}"
    statement = f'{EVENT}quote = "{text}"\nmeasure = "proportion"\n'
    last = text.replace("11 [4%", "11 [«4»%")
    for written in (
        f'object = "febrile neutropenia"\nresult = [{{ value = "4%", {whole} }}]',
        f'object = "febrile neutropenia"\n{whole}\nresult = [{{ value = "4%" }}]',
        f'object = "febrile neutropenia"\nat = ["ten", {words}]\nresult = [{{ value = "4%" }}]',
    ):
        assert digits(read(tmp_path, vocabulary, text, statement + written)) == [last]
    each = f"""p = "= 0.04"
    result = [{{ value = "4%" }}]
    each = [
      {{ object = "febrile neutropenia", {whole} }},
      {{ object = "neutropenia", at = "Neutropenia (16 [24%] vs ten [4%])" }},
    ]"""
    of_p = text.replace("0.04", "«0.04»")
    first = text.replace("ten [4%", "ten [«4»%")
    assert digits(read(tmp_path, vocabulary, text, statement + each)) == [last, of_p, first, of_p]


def test_a_note_says_where_equal_digits_are_left(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "Neutropenia (ten [4%] vs 11 [4%]) with trastuzumab (range 1-4 and 1-4)."
    note = "the quote prints '{}' more than once; the first is taken unless “at” gives the place"
    where = f"{tmp_path}/statements.toml, statement 1 (line 5), result 1"

    def notes(result: str) -> tuple[str, ...]:
        written = f'{EVENT}object = "neutropenia"\nmeasure = "proportion"\nquote = "{text}"\n{result}'
        return read(tmp_path, vocabulary, text, written).notes

    assert notes('result = [{ value = "4%" }]') == (f"{where}, value: {note.format('4%')}",)
    assert notes('result = [{ range = "1-4" }]') == (f"{where}, range: {note.format('1-4')}",)
    assert notes('result = [{ value = "4%", at = "11 [4%]" }]') == ()
    each = """each = [
      { result = [{ value = "4%" }] },
      { object = "anaemia", object_as = "Neutropenia", result = [{ value = "4%" }] },
    ]"""
    assert notes(each) == ()
    more = each.replace(
        "\n    ]", '\n      { object = "diarrhea", object_as = "Neutropenia", result = [{ value = "4%" }] },\n    ]'
    )
    list_ = where.removesuffix(", result 1")
    assert notes(more) == (f"{list_}, result 1, value: {note.format('4%')}",)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Trastuzumab: Gr 3 diarrhoea and Gr 3 stomatitis.", "Gr «3» diarrhoea", "Gr «3» stomatitis"),
        (
            "Trastuzumab: diarrhoea (grade 3) and stomatitis (grade 3).",
            "diarrhoea (grade «3»)",
            "stomatitis (grade «3»)",
        ),
        (
            "In 3 women with trastuzumab, grade (Gr) 3 diarrhoea, stomatitis.",
            "(Gr) «3» diarrhoea",
            "(Gr) «3» diarrhoea",
        ),
        ("In 3 women with trastuzumab, stomatitis, diarrhoea of grade 3.", "grade «3»", "grade «3»"),
        ("Trastuzumab: Gr 3 stomatitis, Gr 3 diarrhoea.", "Gr «3» diarrhoea", "Gr «3» stomatitis"),
        ("Trastuzumab: grade 2 or 3 diarrhoea, grade 3 stomatitis.", "2 or «3» diarrhoea", "grade «3» stomatitis"),
    ],
)
def test_a_grade_stands_beside_its_object(
    tmp_path: Path, vocabulary: Vocabulary, text: str, first: str, second: str
) -> None:
    shared = f'{EVENT}quote = "{text}"\ngrade = "3"\neach = [{{ object = "diarrhea" }}, {{ object = "stomatitis" }}]'
    own = f"""{EVENT}quote = "{text}"
    each = [{{ object = "diarrhea", grade = "3" }}, {{ object = "stomatitis", grade = "3" }}]"""
    expected = [text.replace(each.replace("«", "").replace("»", ""), each) for each in (first, second)]
    for written in (shared, own):
        assert grades(read(tmp_path, vocabulary, text, written)) == expected


@pytest.mark.parametrize("grade", ["3 or higher", "\u2265 3", "3+", "3-4", "3"])
def test_the_words_of_a_grade_hold_what_stands_beside_it(tmp_path: Path, vocabulary: Vocabulary, grade: str) -> None:
    text = f"Trastuzumab: grade {grade} diarrhoea."
    written = f'{EVENT}quote = "{text}"\nobject = "diarrhea"\ngrade = "{grade}"'
    curation = read(tmp_path, vocabulary, text, written)
    assert grades(curation) == [text.replace(grade, f"«{grade}»")]
    ends = {property_ for property_, _ in curation.statements[0].values} & {model.MIN_GRADE, model.MAX_GRADE}
    assert (model.MAX_GRADE in ends) == (grade in ("3", "3-4"))


def test_an_operator_behind_a_value_is_read_as_one_before_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "HER2 is associated with prognosis (18 years or older) and HER3 (10-fold or higher)."
    written = f"""subject = "HER2"
    relation = "is associated with"
    quote = "{text}"
    each = [
      {{ object = "prognosis", result = [{{ measure = "age", value = "18 years or older" }}] }},
      {{ object = "HER3", result = [{{ measure = "fold change", value = "10-fold or higher" }}] }},
    ]"""
    results = [each.results[0] for each in read(tmp_path, vocabulary, text, written).statements]
    assert [(str(each.value), each.operator, each.unit) for each in results] == [
        ("18", "\u2265", "a"),
        ("10", "\u2265", "1"),
    ]


def test_two_doses_of_one_agent_are_two_things(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "Pertuzumab (840 mg loading, 420 mg maintenance) and trastuzumab (6 mg) bind HER2."
    written = f"""subject = "pertuzumab"
    relation = "binds"
    object = "HER2"
    quote = "{text}"
    dose = [
      {{ agent = "pertuzumab", value = "840 mg" }},
      {{ agent = "trastuzumab", value = "6 mg" }},
      {{ agent = "pertuzumab", value = "420 mg" }},
    ]"""
    (statement,) = read(tmp_path, vocabulary, text, written).statements
    assert [each.iri.value.removeprefix(statement.iri.value) for each in statement.doses] == [
        "-dose-pertuzumab",
        "-dose-trastuzumab",
        "-dose-pertuzumab-2",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("HER2 gene", "HER2"),
        ("HER2 protein", "HER2"),
        ("SK-BR-3 cell line", "SK-BR-3"),
        ("apoptosis", "apoptosis"),
        ("HER2 gene amplification", None),
        ("HER2 signaling pathway", None),
        ("HER2 overexpression", None),
        ("endocrine therapy", None),
    ],
)
def test_a_name_loses_its_kind_only_where_the_rest_still_names_the_thing(
    tmp_path: Path, vocabulary: Vocabulary, name: str, words: str | None
) -> None:
    text = "In HER2-altered SK-BR-3 of endocrine origin, trastuzumab increases apoptosis."
    written = f"""subject = "trastuzumab"
    relation = "increases"
    object = "apoptosis"
    quote = "{text}"
    condition = ["{name}"]"""
    if words is None:
        with pytest.raises(CurationError) as raised:
            read(tmp_path, vocabulary, text, written)
        assert [each.what for each in raised.value.problems] == [f"no words of the sentence name “{name}”"]
    else:
        (statement,) = read(tmp_path, vocabulary, text, written).statements
        assert [each.exact for each in statement.spans(model.CONDITION_WORDS)] == [words]


def test_a_name_without_its_kind_that_names_something_else_is_not_sought(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = "In SK-BR-3, trastuzumab increases apoptosis."
    written = f"""subject = "trastuzumab"
    relation = "increases"
    object = "apoptosis"
    quote = "{text}"
    system = ["SK-BR-3 cell line"]"""
    (statement,) = read(tmp_path, vocabulary, text, written).statements
    assert [each.exact for each in statement.spans(model.SYSTEM_WORDS)] == ["SK-BR-3"]
    (cell_line, other) = (vocabulary.find(name) for name in ("SK-BR-3 cell line", "breast cancer"))
    assert cell_line
    assert other
    terms = {**vocabulary.terms, cell_line.iri: replace(cell_line, synonyms=())}
    for bare, is_found in ((cell_line, True), (other, False)):
        names = {**vocabulary.names, "sk-br-3": bare}
        changed = replace(vocabulary, terms=terms, names={**names, "sk-br-3 cell line": terms[cell_line.iri]})
        if is_found:
            assert read(tmp_path, changed, text, written).statements == (statement,)
        else:
            with pytest.raises(CurationError, match="no words of the sentence name"):
                read(tmp_path, changed, text, written)
