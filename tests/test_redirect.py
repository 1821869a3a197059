"""The rules for w3id.org, in Apache as w3id.org runs it: each Accept header leads each kind of IRI to its file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2ld import ExportError
from her2ld.rdf.syntaxes import ALSO_CALLED
from her2ld.serving.protocol import choose
from her2ld.site.site_addresses import EXAMPLE_BASE, FORMS, redirect_rules
from tests.apache import Answer, Apache, running

ROOT = Path(__file__).parent.parent
HEADERS = tomllib.loads((Path(__file__).parent / "accept_headers.toml").read_text(encoding="utf-8"))["header"]
SITE = "https://example.org/some/where/"
# What follows https://w3id.org/her2ld/ in an IRI, and the address of its file without the ending.
PLACES = {
    "HER2": "HER2",
    "HER2/": "HER2",
    "Certainty": "Certainty",
    "certainty": "property/certainty",
    "certainty/": "property/certainty",
    "ontology": "ontology",
    "ontology/": "ontology",
    "ontology/0.1.0": "ontology/0.1.0",
    "statement/95a60bbbb907b84e": "statement/95a60bbbb907b84e",
    "record/10.1007_BF02967477": "record/10.1007_BF02967477",
    "record/10.1007_BF02967477/abstract": "record/10.1007_BF02967477/abstract",
    "record/pubmed/30271887/version-2": "record/pubmed/30271887/version-2",
    "record/10.1016_S0140-6736(99)1": "record/10.1016_S0140-6736(99)1",
    "record/10.1002_a%3Cb%3E": "record/10.1002_a%3cb%3e",
    "graph/asserted": "graph/asserted",
    "curator/the-her2ld-project": "curator/the-her2ld-project",
    "query": "query",
    "NoSuchThing": "NoSuchThing",  # of which the host says that it is not there
}


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apache]:
    folder = tmp_path_factory.mktemp("apache")
    project = folder / "documents" / "her2ld"
    project.mkdir(parents=True)
    (project / ".htaccess").write_text(redirect_rules(SITE), encoding="utf-8")
    with running(folder) as apache:
        yield apache


def expected(place: str, form: str) -> Answer:
    if form == "none":
        return Answer(406, None, "Accept")
    if place:
        return Answer(303, f"{SITE}{PLACES[place]}.{form}", "Accept")
    return Answer(303, SITE if form == "html" else f"{SITE}ontology.{form}", "Accept")


def test_each_accept_header_leads_each_kind_of_iri_to_its_file(apache: Apache) -> None:
    asked = [(place, header["accept"], header["form"]) for place in ("", *PLACES) for header in HEADERS]
    answers = {(place, accept): apache.get(f"/her2ld/{place}", accept) for place, accept, _ in asked}
    assert answers == {(place, accept): expected(place, form) for place, accept, form in asked}


def test_without_an_accept_header_it_is_a_page(apache: Apache) -> None:
    assert apache.get("/her2ld/HER2", None) == expected("HER2", "html")


@pytest.mark.parametrize(
    ("file", "leads_to"),
    [
        ("HER2.ttl", "HER2.ttl"),
        ("certainty.jsonld", "property/certainty.jsonld"),
        ("ontology.rdf", "ontology.rdf"),
        ("ontology/0.1.0.nt", "ontology/0.1.0.nt"),
        ("query.html", "query.html"),
    ],
)
def test_a_file_is_found_under_its_own_name_whatever_is_accepted(apache: Apache, file: str, leads_to: str) -> None:
    for accept in ("*/*", "image/png", "application/rdf+xml"):
        assert apache.get(f"/her2ld/{file}", accept) == Answer(302, SITE + leads_to, "Accept")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("//evil.example/x", f"{SITE}evil.example/x.ttl"),
        ("/her2ld/https://evil.example/", f"{SITE}https:/evil.example.ttl"),
        ("/her2ld/a%0d%0aSet-Cookie:%20b", f"{SITE}property/a%0d%0aSet-Cookie:%20b.ttl"),
        ("/her2ld/x?redirect=https://evil.example", f"{SITE}property/x.ttl?redirect=https://evil.example"),
    ],
)
def test_no_path_leads_to_another_host(apache: Apache, path: str, leads_to: str) -> None:
    answer = apache.get(path if path.startswith("/her2ld") else f"/her2ld{path}", "text/turtle")
    assert answer == Answer(303, leads_to, "Accept")


def test_a_long_header_is_weighed_like_a_short_one(apache: Apache) -> None:
    many = ", ".join(f"text/x-{number};q=0.{number % 9 + 1}" for number in range(300))
    assert apache.get("/her2ld/HER2", f"{many}, application/rdf+xml;a={'b' * 1000};q=0.2") == expected("HER2", "rdf")


def wanted(ranges: list[tuple[str, int | None]]) -> str:
    """Choose a form as RFC 9110 has it, in another way than the rules: by weight, then by name, then in order."""
    weights = {media_range: 1000 if weight is None else weight for media_range, weight in reversed(ranges)}
    best, best_form = (0, True), "none"
    for ending, media_type in FORMS:
        wide = weights.get(f"{media_type.partition('/')[0]}/*", weights.get("*/*", 0))
        candidates = [
            (weights[name], True) for name in (media_type, *ALSO_CALLED.get(media_type, ())) if name in weights
        ]
        if media_type not in weights:
            candidates.append((wide, False))
        for each in candidates:
            if each > best:
                best, best_form = each, ending[1:]
    return best_form


RANGES = ["*/*", "text/*", "application/*", "image/*", "text/xml", "application/trig"]
RANGES += [name for _, media_type in FORMS for name in (media_type, *ALSO_CALLED.get(media_type, ()))]
WEIGHTS = st.one_of(st.none(), st.integers(0, 1000))


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(RANGES), WEIGHTS), min_size=1, max_size=8, unique_by=lambda each: each[0]))
def test_weights_decide_as_in_the_standard(apache: Apache, ranges: list[tuple[str, int | None]]) -> None:
    accept = ",".join(name if weight is None else f"{name};q={weight / 1000:.3f}" for name, weight in ranges)
    assert apache.get("/her2ld/HER2", accept) == expected("HER2", wanted(ranges))


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header["of"])
def test_the_server_chooses_as_the_rules_do(header: dict[str, str]) -> None:
    chosen = choose(header["accept"], [media_type for _, media_type in FORMS])
    assert {media_type: ending[1:] for ending, media_type in FORMS}.get(chosen or "", "none") == header["form"]


def test_the_rules_in_the_documentation_are_these() -> None:
    assert (ROOT / "docs" / "w3id" / ".htaccess").read_text(encoding="utf-8") == redirect_rules(EXAMPLE_BASE)


def test_the_address_of_the_site_stands_in_one_line() -> None:
    assert [line for line in redirect_rules(SITE).split("\n") if "http" in line and "w3id.org" not in line] == [
        f"RewriteRule ^ - [E=SITE:{SITE}]"
    ]


@pytest.mark.parametrize(
    "base", ["", "example.org/", "https://example.org", "https://example.org/a b/", "https://example.org/%{ENV:X}/",
             "https://example.org/]\nRewriteRule ^ http://evil.example/", "javascript:alert(1)/", "https:///"]
)  # fmt: skip
def test_what_is_no_address_of_a_folder_is_refused(base: str) -> None:
    with pytest.raises(ExportError) as caught:
        redirect_rules(base)
    assert str(caught.value) == (
        f"{base}: is not the address of a folder on the web, with a slash at its end."
        " Remedy: give the address at which the folder is published, as https://example.org/her2ld/."
    )
