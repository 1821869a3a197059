"""The verb that lists mentions, and candidates for new names."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from her2ld.cli import main

RECORDS = """\
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><Title>J</Title></Journal>
<ArticleTitle>Gastric cancer (GC) and HER2<sup>low</sup> tumors.</ArticleTitle>
<Abstract>
<AbstractText>GC was treated with trastuzumab emtansine, madeuptinib 5 mg/kg and madeuptinib.</AbstractText>
</Abstract></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>2</PMID><Article><Journal><Title>J</Title></Journal>
<ArticleTitle>Erbb2 alone.</ArticleTitle></Article>
<MeshHeadingList><MeshHeading><DescriptorName UI="D051379">Mice</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""
TABLE = """\
record\tpart\tstart\tend\texact\tlabel\tterm\tkind\tstatus\twithin
1\ttitle\t0\t14\tGastric cancer\tgastric cancer\tO:GastricCancer\tdisease\t\t
1\ttitle\t16\t18\tGC\tgastric cancer\tO:GastricCancer\tdisease\t\t
1\ttitle\t24\t28\tHER2\tHER2 protein\tO:HER2\treceptor tyrosine kinase\tlow status\t
1\tabstract\t0\t2\tGC\tgastric cancer\tO:GastricCancer\tdisease\t\t
1\tabstract\t20\t41\ttrastuzumab emtansine\ttrastuzumab emtansine\tO:TrastuzumabEmtansine\tantibody-drug conjugate\t\t
2\ttitle\t0\t5\tErbb2\tHER2 in other species\tO:HER2InOtherSpecies\tcounterpart in other species\t\t
""".replace("O:", "https://w3id.org/her2ld/")
PUBTATOR = """\
1|t|Gastric cancer (GC) and HER2low tumors.
1|a|GC was treated with trastuzumab emtansine, madeuptinib 5 mg/kg and madeuptinib.
1\t0\t14\tGastric cancer\tDisease\t{gastric}
1\t16\t18\tGC\tDisease\t{gastric}
1\t24\t28\tHER2\tGene\t2064
1\t40\t42\tGC\tDisease\t{gastric}
1\t60\t81\ttrastuzumab emtansine\tChemical\tMESH:D000080044

2|t|Erbb2 alone.
2|a|
2\t0\t5\tErbb2\tGene\ther2:HER2InOtherSpecies

"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Return a file of two records."""
    file = tmp_path / "records.xml"
    file.write_text(RECORDS, encoding="utf-8")
    return file


def run(*arguments: str) -> tuple[int, str, str]:
    """Run the verb; return the status and both outputs."""
    done = CliRunner().invoke(main, ["mentions", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_mentions_are_a_table(records: Path) -> None:
    assert run(str(records)) == (0, TABLE, "")


def test_the_other_forms_say_the_same(records: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(TABLE), delimiter="\t"))
    assert list(csv.DictReader(io.StringIO(run(str(records), "--to", "csv")[1]))) == rows
    objects = [json.loads(line) for line in run(str(records), "--to", "jsonl")[1].splitlines()]
    assert [{name: str(value) for name, value in each.items()} for each in objects] == rows


def test_pubtators_form_goes_on_behind_the_title(records: Path) -> None:
    said = run(str(records), "--to", "pubtator")[1]
    gastric = said.splitlines()[2].rsplit("\t", 1)[1]
    assert said == PUBTATOR.format(gastric=gastric)


def test_what_looks_like_a_name_is_reported(records: Path) -> None:
    status, out, err = run(str(records), "--unknown")
    assert (status, out) == (
        0,
        "kind\tname\ttimes\trecords\tfirst_records\ndrug\tmadeuptinib\t2\t1\t1\ndose\t5 mg/kg\t1\t1\t1\n",
    )
    assert err == "2 records, 2 candidates\n"


def test_a_record_that_is_refused_is_named_and_the_others_are_listed(records: Path) -> None:
    records.write_text(RECORDS.replace("<PMID>2</PMID>", ""), encoding="utf-8")
    status, out, err = run(str(records))
    assert (status, out) == (1, TABLE[: TABLE.index("2\ttitle")])
    assert f"{records}, " in err


def test_a_source_that_is_not_there_is_named() -> None:
    status, out, err = run("nowhere.xml")
    assert (status, out) == (2, "")
    assert err.startswith("nowhere.xml\n  is not a file or a folder\n")
