"""Each mistake in a curation folder is reported with its place and its remedy, and all of them at once."""

import shutil
from pathlib import Path

import pytest

from her2ld import CurationError, Vocabulary, build, read_curation
from her2ld.vocabulary import model
from tests.graphs import rows

HEADER = '[curation]\ncurator = "A. Curator"\ndate = 2026-11-22\n'
GOOD = {
    "subject": '"HER2"',
    "relation": '"heterodimerizes with"',
    "object": '"HER3"',
    "modality": '"asserted"',
    "quote": '"another HER family member, HER1, HER3"',
}
HEDGED = {
    "subject": '"HER2 overexpression"',
    "relation": '"is associated with"',
    "object": '"prognosis"',
    "modality": '"suggested"',
    "cue": '"has been suggested"',
    "quote": '"HER2 overexpression has been suggested to associate with tumor aggressiveness, prognosis"',
}
OBSERVED = {
    "subject": '"HER2 overexpression"',
    "relation": '"is observed in"',
    "object": '"breast cancer"',
    "modality": '"demonstrated"',
    "cue": '"has been demonstrated"',
    "quote": '"and has been demonstrated in 10% to 40% of human breast cancer."',
}
APPROVED = {
    "subject": '"trastuzumab"',
    "relation": '"is approved for"',
    "object": '"metastatic breast cancer"',
    "modality": '"asserted"',
    "as_of": "2001",
    "jurisdiction": '"not stated"',
    "quote": '"approved for clinical use in the treatment of patients with metastatic breast cancer"',
}
ASSOCIATION = (
    "HER2 overexpression has been suggested to associate with tumor aggressiveness, prognosis and responsiveness to "
    "hormonal and cytotoxic agents in breast cancer patients."
)
CONSEQUENCES = "However, the biological consequences of the activation of these pathways are not yet completely known."
GAP = {
    "about": '["Ras-MAPK pathway"]',
    "unknown": '"the biological consequences"',
    "cue": '"are not yet completely known"',
    "quote": f'"{CONSEQUENCES}"',
}
HETERODIMERIZATION = (
    "Ligand-dependent heterodimerization between HER2 and another HER family member, HER1, HER3 or HER4, activates "
    "the HER2 signaling pathway."
)


@pytest.fixture
def folder(tmp_path: Path, review_folder: Path) -> Path:
    """Give a copy of the curated review to spoil."""
    return Path(shutil.copytree(review_folder, tmp_path / "copy"))


def entry(table: str, fields: dict[str, str]) -> str:
    return f"\n[[{table}]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items())


def problems_of(folder: Path, vocabulary: Vocabulary, text: str) -> list[tuple[str, str, str]]:
    """Read the folder with that statements.toml; give what is wrong, places without the path."""
    (folder / "statements.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CurationError) as raised:
        read_curation(folder, vocabulary)
    prefix = f"{folder}/"
    return [(each.where.removeprefix(prefix), each.what, each.remedy) for each in raised.value.problems]


@pytest.mark.parametrize("fields", [GOOD, HEDGED, OBSERVED, APPROVED])
def test_what_the_mistakes_below_start_from_is_good(
    folder: Path, vocabulary: Vocabulary, fields: dict[str, str]
) -> None:
    (folder / "statements.toml").write_text(HEADER + entry("statement", fields), encoding="utf-8")
    assert len(read_curation(folder, vocabulary).statements) == 1


@pytest.mark.parametrize(
    ("fields", "change", "field", "what", "remedy"),
    [
        (GOOD, {"subject": '"HER2 protien"'}, "subject", "no entity or class “HER2 protien”", "mean “HER2 protein”?"),
        (GOOD, {"object": '"zzz"'}, "object", "no entity or class “zzz”", "write one that her2.ttl has"),
        (GOOD, {"relation": '"heterodimerises wit"'}, "relation", "no relation", "mean “heterodimerises with”?"),
        (GOOD, {"relation": '"cue"'}, "relation", "no relation “cue”", "write one that her2.ttl has"),
        (GOOD, {"relation": '"HER3"'}, "relation", "no relation “HER3”", "write one that her2.ttl has"),
        (GOOD, {"modality": '"asserte"'}, "modality", "no modality “asserte”", "did you mean “asserted”?"),
        (GOOD, {"polarity": '"negative"'}, "polarity", "no polarity “negative”", "did you mean “negated”?"),
        (GOOD, {"condition": '"ligand dependent"'}, "condition", "ligand dependent", "mean “ligand-dependent”?"),
        (GOOD, {"subject": ""}, "", "“subject” is missing", 'write subject = "…", a text in quotation marks'),
        (GOOD, {"quote": ""}, "", "“quote” is missing", 'write quote = "…", a text in quotation marks'),
        (GOOD, {"subject": '""'}, "subject", "'' does not fit", 'write subject = "…"'),
        (GOOD, {"quote": "12"}, "quote", "12 does not fit", 'write quote = "…"'),
        (GOOD, {"as_of": '"2001"'}, "as_of", "'2001' does not fit", "write as_of = a whole number"),
        (GOOD, {"as_of": "true"}, "as_of", "True does not fit", "write as_of = a whole number"),
        (GOOD, {"quoute": '"x"'}, "", "there is no field “quoute”", "did you mean “quote”?"),
        (GOOD, {"cue": '"Ligand-dependent"'}, "cue", "asserted is what has no cue", "choose the modality"),
        (GOOD, {"quote": '"another HER family membre, HER1"'}, "quote", "do not stand", HETERODIMERIZATION),
        (GOOD, {"quote": '"HER2"'}, "quote", "it stands 13 times in the record", "quote more words"),
        (
            GOOD, {"quote": '"orphan receptor. Ligand-dependent heterodimerization between HER2"'},
            "quote", "it runs over more than one sentence", HETERODIMERIZATION,
        ),
        (HEDGED, {"cue": ""}, "", "“cue” is missing: a suggested statement shows its words", "write cue ="),
        (HEDGED, {"cue": '"is thought to"'}, "cue", "does not stand in the sentence of the quote", ASSOCIATION),
        (HEDGED, {"cue": '"as"'}, "cue", "'as' stands 2 times in the sentence", "write more of the words"),
        (
            HEDGED, {"quote": '"HER2 overexpression ... associate with tumor aggressiveness"'},
            "quote", "a quote is one contiguous run", ASSOCIATION,
        ),
        (
            HEDGED, {"quote": '"consequences of the activation of these pathways are ... known"'},
            "quote", "a quote is one contiguous run", CONSEQUENCES,
        ),
        (
            GOOD, {"quote": '"emodin ... activates the HER2 signaling pathway"'},
            "quote", "a quote is one contiguous run", HETERODIMERIZATION,
        ),
        (
            OBSERVED, {"interval": '{ lower = 0.40, upper = 0.10, of = "breast cancer" }'},
            "interval", "0.40 to 0.10 is not an interval", "the lower one first",
        ),
        (
            OBSERVED, {"interval": '{ lower = 10, upper = 40, of = "breast cancer" }'},
            "interval", "10 to 40 is not an interval", "write fractions from 0 to 1",
        ),
        (
            OBSERVED, {"interval": '{ lower = nan, upper = 0.4, of = "breast cancer" }'},
            "interval", "NaN to 0.4 is not an interval", "write fractions from 0 to 1",
        ),
        (
            OBSERVED, {"interval": "{ lower = 0.1, upper = 0.4 }"},
            "interval", "“of” is missing", 'write of = "…"',
        ),
        (OBSERVED, {"interval": "0.1"}, "interval", "Decimal('0.1') does not fit", "write interval = { lower ="),
        (
            OBSERVED, {"interval": '{ lower = 0.1, upper = 0.4, of = "brest cancer" }'},
            "interval, of", "no biomedical entity “brest cancer”", "did you mean “breast cancer”?",
        ),
        (GOOD, {"modality": '"unknown"', "cue": '"member"'}, "modality", "is no statement", "a [[knowledge_gap]]"),
        (GOOD, {"condition": '"breast cancer"'}, "condition", "no statement condition", "write one that her2.ttl has"),
        (GOOD, {"ordinal": "0"}, "ordinal", "0 is no place", "count from 1"),
        (GOOD, {"as_of": "-5"}, "as_of", "-5 is no year", "write the year in four digits"),
        (GOOD, {"as_of": "20010"}, "as_of", "20010 is no year", "write the year in four digits"),
        (GOOD, {"quote": '"nother HER family member, HER1, HER3"'}, "quote", "within a word", "quote whole words"),
        (GOOD, {"quote": '"another HER family member, HER1, HER"'}, "quote", "within a word", "quote whole words"),
        (
            GOOD, {"relation": '"is a"'}, "object", "“HER3 protein” is no class", "choose a class, or another relation",
        ),
        (
            APPROVED, {"relation": '"targets"', "object": '"HER2"'}, "relation",
            "“targets” is never stated", "state the mechanism",
        ),
        (
            APPROVED, {"jurisdiction": '"not statd"'}, "jurisdiction",
            "no jurisdiction “not statd”", "did you mean “not stated”?",
        ),
        (APPROVED, {"as_of": ""}, "", "“as_of” is missing: what is approved for something needs it", "write as_of = …"),
        (APPROVED, {"jurisdiction": ""}, "", "“jurisdiction” is missing", "write jurisdiction = …"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_problem(  # the parts of a case
    folder: Path,
    vocabulary: Vocabulary,
    fields: dict[str, str],
    change: dict[str, str],
    field: str,
    what: str,
    remedy: str,
) -> None:
    said = {name: value for name, value in {**fields, **change}.items() if value}
    found = problems_of(folder, vocabulary, HEADER + entry("statement", fields) + entry("statement", said))
    place = f"statements.toml, statement 2 (line {5 + len(fields) + 2})" + (f", {field}" if field else "")
    assert [where for where, _, _ in found] == [place]
    assert what in found[0][1]
    assert remedy in found[0][2]


def test_all_mistakes_are_said_at_once(folder: Path, vocabulary: Vocabulary) -> None:
    text = (
        '[curation]\ndate = "yesterday"\norcid = "12"\n'
        + entry("statement", {**GOOD, "subject": '"nobody"', "quote": '"nothing"'})
        + entry("knowledge_gap", {**GAP, "about": '["HER2", "HER9"]', "unknown": '"x"'})
        + entry("no_statement", {"quote": '"zzz"', "reason": '"none"'})
        + entry("statment", GOOD)
    )  # fmt: skip
    found = problems_of(folder, vocabulary, text)
    assert sorted(where for where, _, _ in found) == [
        "statements.toml",
        "statements.toml, [curation]",
        "statements.toml, [curation], date",
        "statements.toml, [curation], orcid",
        "statements.toml, knowledge_gap 1 (line 12), about",
        "statements.toml, knowledge_gap 1 (line 12), unknown",
        "statements.toml, no_statement 1 (line 18), quote",
        "statements.toml, statement 1 (line 5), quote",
        "statements.toml, statement 1 (line 5), subject",
    ]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("subject = ", "statements.toml", "is not TOML"),
        (f"subject = {'[' * 3000}", "statements.toml", "is nested too deep"),
        (HEADER, "", "nothing was read in this paper"),
        (HEADER + "statement = 1", "statements.toml, [curation]", "there is no field “statement”"),
        ("statement = 1\n" + HEADER, "statements.toml", "“statement” is not a list of tables"),
        ("statement = [1]\n" + HEADER, "statements.toml, statement 1 (line ?)", "is not a table"),
        (HEADER.replace("2026-11-22", "2026-11-22T10:00:00") + entry("statement", GOOD),
         "statements.toml, [curation], date", "does not fit"),
        (HEADER + 'orcid = "0000"\n' + entry("statement", GOOD),
         "statements.toml, [curation], orcid", "'0000' is not an ORCID"),
        (HEADER + 2 * entry("statement", GOOD), "statements.toml, statement 2 (line 12)", "says the same as"),
        (HEADER + entry("knowledge_gap", {**GAP, "about": '["HER2", 1]'}),
         "statements.toml, knowledge_gap 1 (line 5), about", "does not fit"),
    ],
)  # fmt: skip
def test_a_mistake_outside_the_statements(
    folder: Path, vocabulary: Vocabulary, text: str, where: str, what: str
) -> None:
    found = problems_of(folder, vocabulary, text)
    assert [place.removeprefix(str(folder)) for place, _, _ in found] == [where]
    assert what in found[0][1]


def test_files_that_cannot_be_read(folder: Path, vocabulary: Vocabulary) -> None:
    (folder / "statements.toml").write_bytes(b"\xff")
    with pytest.raises(CurationError, match=r"is not UTF-8 \(byte 0\)"):
        read_curation(folder, vocabulary)
    (folder / "statements.toml").unlink()
    with pytest.raises(CurationError, match=r"cannot be read \(No such file"):
        read_curation(folder, vocabulary)


def test_one_changed_character_names_each_statement_that_it_breaks(folder: Path, vocabulary: Vocabulary) -> None:
    record = folder / "record.txt"
    text = record.read_text(encoding="utf-8")
    changed = text.replace("which block HER2", "which blocks HER2")
    assert len(changed) == len(text) + 1
    record.write_text(changed, encoding="utf-8")
    with pytest.raises(CurationError) as raised:
        read_curation(folder, vocabulary)
    broken = [problem.where.removeprefix(f"{folder}/") for problem in raised.value.problems]
    assert [place.split(" (")[0] for place in broken] == [
        f"statements.toml, statement {number}" for number in (33, 34, 35, 36, 37)
    ]


def test_a_negated_statement_has_no_plain_triple_and_says_so(folder: Path, vocabulary: Vocabulary) -> None:
    text = HEADER + entry("statement", {**GOOD, "polarity": '"negated"'})
    (folder / "statements.toml").write_text(text, encoding="utf-8")
    quads = list(build(vocabulary, [read_curation(folder, vocabulary)]))
    assert not [quad for quad in quads if quad.graph_name in (model.ASSERTED_GRAPH, model.HEDGED_GRAPH)]
    labels = rows(quads, "SELECT ?label WHERE { ?statement a her2:Statement ; rdfs:label ?label }")
    assert labels == [("HER2 protein heterodimerizes with HER3 protein (negated)",)]


def test_a_byte_order_mark_is_no_part_of_the_text(folder: Path, vocabulary: Vocabulary) -> None:
    whole = read_curation(folder, vocabulary)
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_curation(folder, vocabulary) == whole


def test_rows_that_are_no_text_are_said_so(folder: Path, vocabulary: Vocabulary) -> None:
    (folder / "mesh.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(CurationError, match="cannot be read"):
        read_curation(folder, vocabulary)


def test_a_form_mistake_hides_no_other_mistake_of_its_entry(folder: Path, vocabulary: Vocabulary) -> None:
    said = {**APPROVED, "as_of": '"2001"', "jurisdiction": '"nowhere"', "objet": '"x"', "subject": '"trastuzumb"'}
    found = problems_of(folder, vocabulary, HEADER + entry("statement", said))
    assert sorted(what.split(": ")[0] for _, what, _ in found) == [
        "'2001' does not fit",
        "the ontology has no entity or class “trastuzumb”",
        "the ontology has no jurisdiction “nowhere”",
        "there is no field “objet”",
    ]


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        (
            "descriptor\tFemale\tD005260\tMeSH 2024\n",
            "",
            "mesh.tsv",
            "the descriptor “Female” of the record has no row",
        ),
        ("qualifier\tgenetics", "qualifier\tgenetic", "mesh.tsv", "the qualifier “genetics” of the record has no row"),
        ("D018719", "Q018719", "mesh.tsv, line 10", "'Q018719' is no identifier of a descriptor"),
        ("\tD018719\t", "\t", "mesh.tsv, line 10", "is not such a row"),
        ("kind\tname", "name\tkind", "mesh.tsv, line 1", "the header is not as expected"),
        ("descriptor\tHumans", "descriptor\tFemale", "mesh.tsv, line 8", "the descriptor “Female” has a row already"),
        ("descriptor\tHumans", "descriptor\tHuman", "mesh.tsv", "the record has no descriptor “Human”"),
    ],
)
def test_mesh_terms_need_their_identifiers(  # the parts of a case
    folder: Path, vocabulary: Vocabulary, old: str, new: str, where: str, what: str
) -> None:
    file = folder / "mesh.tsv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CurationError) as raised:
        read_curation(folder, vocabulary)
    found = [(problem.where.removeprefix(f"{folder}/"), problem.what) for problem in raised.value.problems]
    assert any(place == where and what in said for place, said in found)
