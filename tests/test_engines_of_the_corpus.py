"""Other engines give the questions on all curated papers the same whole answers.

What an engine cannot do is named here with the reason, and told in docs/queries.md.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from her2ld import read_ontology
from her2ld.loading.stores import PASSWORD_VARIABLE, USER_VARIABLE
from tests import stores
from tests.engines import Rows, ask_comunica, ask_rdflib, compact, comunica_is_there
from tests.test_load_stores import over_http, rows, run
from tests.test_questions_of_the_corpus import ASKED, as_it_is, asked, data, written

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("corpus_engines")]

LOST_ROWS = "Virtuoso 7 loses rows where a path of any length stands within several OPTIONALs"
VIRTUOSO_CANNOT = {
    "binding_partners": LOST_ROWS,
    "compared_agents": "it takes more than the 2 GiB of memory that Virtuoso 7 can give a query",
    "negative_findings": "Virtuoso 7 gives a row twice in spite of DISTINCT",
    "outcomes_of_regimen": LOST_ROWS,
}
# Comunica takes more than 45 seconds for each of these, rdflib more than 20.
COMUNICA_IS_SLOW = {
    "aims_of_studies",
    "clinical_findings",
    "compared_agents",
    "known_of_population",
    "not_known",
    "outcomes_of_regimen",
}
RDFLIB_IS_SLOW = {
    "biomarkers",
    "clinical_findings",
    "evidence_of_edge",
    "known_of_population",
    "negative_findings",
    "outcomes_of_regimen",
    "preclinical_findings",
    "resistance_and_sensitivity",
    "treatments_of_disease",
}


def differing(given: dict[str, Rows]) -> dict[str, tuple[Rows, Rows]]:
    """Return what is answered in another way than expected, whatever the order of rows."""
    assert given
    pairs = {name: (sorted(found), sorted(written(name))) for name, found in given.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def names(without: Iterable[str]) -> list[str]:
    assert set(without) < set(ASKED)
    return [name for name in ASKED if name not in set(without)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a file of all curated papers."""
    file = tmp_path / "corpus.nq"
    file.write_bytes(serialize(data(as_it_is), format=RdfFormat.N_QUADS) or b"")
    return file


def test_virtuoso(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER_VARIABLE, "dba")
    monkeypatch.setenv(PASSWORD_VARIABLE, "dba")
    short = compact(read_ontology().prefixes)
    with stores.virtuoso(tmp_path) as address:
        status, _, err = run("load", address, str(corpus), "--store", "virtuoso")
        assert status == 0, err
        ask = over_http("virtuoso", address)
        assert differing({name: rows(ask, asked(name), short) for name in names(VIRTUOSO_CANNOT)}) == {}


def test_jena(corpus: Path, tmp_path: Path) -> None:
    short = compact(read_ontology().prefixes)
    jena = stores.Jena(tmp_path)
    jena.run("tdbloader", str(corpus))

    def ask(query: str, _: str) -> bytes:
        return jena.run("tdbquery", "--set", "tdb:unionDefaultGraph=true", "--results", "json", query)

    assert differing({name: rows(ask, asked(name), short) for name in names(())}) == {}


@pytest.mark.parametrize(("engine", "slow"), [(ask_rdflib, RDFLIB_IS_SLOW), (ask_comunica, COMUNICA_IS_SLOW)])
def test_an_engine_in_memory(engine: Callable[..., dict[str, Rows]], slow: set[str]) -> None:
    if engine is ask_comunica and not comunica_is_there() and "CI" not in os.environ:
        pytest.skip("Comunica is not installed: npm --prefix tests/comunica install --no-package-lock")
    queries = {name: asked(name) for name in names(slow)}
    assert differing(engine(data(as_it_is), queries, compact(read_ontology().prefixes))) == {}
