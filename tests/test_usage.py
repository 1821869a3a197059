"""What is gathered as stated about identifiers of other vocabularies, and how it fares."""

import pytest
from pyoxigraph import RdfFormat, parse

from her2ld.errors import ReleaseError
from her2ld.mappings.proof import drift, prove
from her2ld.mappings.releases import Release, ReleaseEntry
from her2ld.mappings.used_identifiers import Identifier, IdentifierUse, Kind, identifier_uses

HEADER = """
@prefix eco: <http://purl.obolibrary.org/obo/ECO_> .
@prefix ex: <http://example.org/> .
@prefix her2: <https://w3id.org/her2ld/> .
@prefix mesh: <http://id.nlm.nih.gov/mesh/> .
@prefix meshv: <http://id.nlm.nih.gov/mesh/vocab#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
PREFIXES = {"her2": "https://w3id.org/her2ld/", "m": "http://id.nlm.nih.gov/mesh/"}
PAIR = Identifier("mesh", "D1Q2")


def gathered(turtle: str) -> tuple[IdentifierUse, ...]:
    return identifier_uses(parse(HEADER + turtle, format=RdfFormat.TURTLE), PREFIXES)


def a_claim(identifier: Identifier, iri: str, used: str) -> IdentifierUse:
    return IdentifierUse(identifier, iri, (), frozenset(), frozenset(), (used,), ())


def test_all_that_is_said_of_an_identifier_is_gathered() -> None:
    assert gathered("""
        her2:A skos:exactMatch mesh:D1 ; skos:broadMatch mesh:D1 .
        ex:paper her2:descriptor mesh:D1 ; her2:publicationType mesh:D1 .
        mesh:D1 rdfs:label "one"@en, "eins"@de ; meshv:treeNumber mesh:A01.2, mesh:B03 ; her2:checkedAgainst "MeSH 1" .
    """) == (
        IdentifierUse(
            Identifier("mesh", "D1"),
            "http://id.nlm.nih.gov/mesh/D1",
            ("eins", "one"),
            frozenset({Kind.DESCRIPTOR, Kind.PUBLICATION_TYPE}),
            frozenset({"A01.2", "B03"}),
            (
                "her2:A http://www.w3.org/2004/02/skos/core#broadMatch",
                "her2:A http://www.w3.org/2004/02/skos/core#exactMatch",
                "http://example.org/paper her2:descriptor",
                "http://example.org/paper her2:publicationType",
            ),
            ("MeSH 1",),
        ),
    )


@pytest.mark.parametrize("property_", ["her2:substance", "her2:evidenceType", "her2:qualifier"])
def test_what_is_used_is_claimed(property_: str) -> None:
    (claim,) = gathered(f"ex:a {property_} eco:1 .")
    assert claim.identifier == Identifier("eco", "1")


def test_what_has_no_prefix_is_not_lost() -> None:
    found = gathered("her2:A skos:closeMatch <http://example.org/x#1>, <urn:y> .")
    assert [each.identifier for each in found] == [Identifier("http://example.org/x#", "1"), Identifier("urn:", "y")]


def test_our_own_terms_and_what_is_only_described_are_no_claims() -> None:
    assert gathered('her2:A skos:closeMatch her2:B . mesh:D1 rdfs:label "one" . her2:O her2:checkedAgainst "x" .') == ()


def a_release(**entries: ReleaseEntry) -> Release:
    found = {Identifier("mesh", name): entry for name, entry in entries.items()}
    return Release("file", "form", "", "", frozenset({PAIR.section}), found)


ALLOWED = ReleaseEntry("a/b", kinds=frozenset({Kind.PAIR}))
FORBIDDEN = ReleaseEntry(kinds=frozenset({Kind.PAIR}), forbidden=True)
RETIRED = ReleaseEntry("a/b", kinds=frozenset({Kind.PAIR}), retired="it is not active any more")


@pytest.mark.parametrize(
    ("entries", "state"),
    [({}, "pair not listed"), ({"D1Q2": FORBIDDEN}, "pair not allowed"), ({"D1Q2": RETIRED}, "retired")],
)
def test_a_pair_is_allowed_or_not_for_one_of_three_reasons(entries: dict[str, ReleaseEntry], state: str) -> None:
    claimed = [a_claim(PAIR, "http://id.nlm.nih.gov/mesh/D1Q2", "a paper")]
    (result,) = prove(claimed, [a_release(**entries)]).results
    assert [finding.check for finding in result.findings] == [state]
    for old, new, change in (
        (a_release(D1Q2=ALLOWED), a_release(**entries), "pair not allowed any more"),
        (a_release(**entries), a_release(D1Q2=ALLOWED), "pair allowed"),
    ):
        assert drift(claimed, old, new).changes[0].change == change


def test_a_release_that_knows_no_name_does_not_confirm_ours() -> None:
    (claim,) = gathered('her2:A skos:exactMatch mesh:D1Q2 . mesh:D1Q2 rdfs:label "a/b" .')
    (result,) = prove([claim], [a_release(D1Q2=ReleaseEntry(kinds=frozenset({Kind.PAIR})))]).results
    assert [(finding.check, result.outcome) for finding in result.findings] == [("no label", "refuted")]


def test_no_release_is_no_proof() -> None:
    with pytest.raises(ReleaseError, match="none of our 1 identifiers"):
        prove([a_claim(PAIR, "x", "y")], [])
