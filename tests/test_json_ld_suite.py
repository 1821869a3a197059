"""The JSON-LD 1.1 suite of the W3C (toRdf): every test is right, or refused with a reason; none is silently short.

The suite is read from the folder that ``HER2LD_SUITES`` names.
"""

import json
import os
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from her2ld.errors import Problem, RecordError
from her2ld.rdf.json_ld_quads import json_ld_quads

ARCHIVE = "w3c_jsonld_toRdf.tar.xz"
SUITES = os.environ.get("HER2LD_SUITES")
# What is refused here is dropped by the recommendation, or has a property or a name that is no IRI.
REFUSED = {
    "#te060": "'../document-relative', which is not an absolute IRI",
    "#te068": "has a property without an IRI",
    "#te111": "Invalid IRI code point '#'",
    "#te112": "Invalid IRI code point '#'",
    "#tli12": "Invalid IRI code point '<'",
    "#tli14": "'test', which is not an absolute IRI",
    "#twf01": "Invalid IRI code point ' '",
    "#twf03": "Invalid IRI code point ' '",
    "#twf04": "names a type with",
    "#twf05": "in the language 'a b'",
    "#twf07": "Invalid IRI code point ' '",
}
NOT_OURS = {"processingMode", "rdfDirection", "expandContext"}  # options of a programming interface


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if SUITES is None:
        pytest.skip("HER2LD_SUITES names no folder with the suites as published")
    folder = tmp_path_factory.mktemp("suite")
    with tarfile.open(Path(SUITES) / ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder


def canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def outcome(test: dict[str, Any], base: str, suite: Path) -> str:
    """Return whether a test is right or refused, and why; what it is else is an error."""
    option = test.get("option", {})
    options = NOT_OURS.intersection(option)
    if option.get("specVersion") == "json-ld-1.0" or option.get("processingMode") == "json-ld-1.0":
        return "of JSON-LD 1.0"
    if options or not (suite / test["input"]).is_file():
        return "of an option that is not offered" if options else "without its input"
    contexts = {base + path.relative_to(suite).as_posix(): path for path in suite.rglob("*.jsonld")}
    told: list[Problem] = []
    address = option.get("base", base + test["input"])
    quads = json_ld_quads((suite / test["input"]).read_bytes(), test["input"], address, contexts, told.append)
    if "jld:NegativeEvaluationTest" in test["@type"] or test["@id"] in REFUSED:
        with pytest.raises(RecordError, match=re.escape(REFUSED.get(test["@id"], ". Remedy: "))):
            list(quads)
        return "refused" if test["@id"] in REFUSED else "right"
    read = list(quads)
    if "expect" in test:
        expected = list(parse(path=suite / test["expect"], format=RdfFormat.N_QUADS))
        assert canonical(read) == canonical(expected), test["@id"]
    return "right, and told what is left out" if told else "right"


def test_every_test_is_right_or_refused_with_a_reason(suite: Path) -> None:
    manifest = json.loads((suite / "toRdf-manifest.jsonld").read_bytes())
    counts: dict[str, int] = {}
    for test in manifest["sequence"]:
        said = outcome(test, manifest["baseIri"], suite)
        counts[said] = counts.get(said, 0) + 1
    assert counts == {
        "right": 404,
        "right, and told what is left out": 27,
        "refused": len(REFUSED),
        "of JSON-LD 1.0": 19,
        "of an option that is not offered": 5,
        "without its input": 1,
    }
