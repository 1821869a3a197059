"""The static site: every file of it, every link in it, and the folder that it takes the place of."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from her2ld import ExportError, Vocabulary, build, from_rdflib, iris, read_curation
from her2ld.cli import main
from her2ld.dataset import without_named_graphs
from her2ld.dataset.descriptions import describe
from her2ld.pages import links, page_paths, read_knowledge
from her2ld.site import static_site
from her2ld.site.site_addresses import FORMS, file_name, redirect_rules, stem
from her2ld.site.static_site import DIGESTS, REDIRECT, File, site_files, write_site
from her2ld.vocabulary import model, standard
from tests.apache import running
from tests.graphs import canonical, literals_as_written
from tests.pages.sampling import without_unneeded
from tests.shipped import store_of

ROOT = Path(__file__).parent.parent
PAGE, STATEMENT = "record/10.1007_BF02967477", "statement/95a60bbbb907b84e"
BASE = "https://example.org/her2/"
_RDF_ENDINGS = {".ttl", ".nt", ".rdf", ".jsonld", ".trig", ".nq"}
RDF = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def data(quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
    """Return the data of the package without the entities that its papers do not mention."""
    return without_unneeded(quads)


@pytest.fixture(scope="module")
def review_alone(quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
    """Return the curated review without the ontology: a site of a hundred pages."""
    return tuple(quad for quad in quads if quad.graph_name != model.ONTOLOGY_GRAPH)


@pytest.fixture(scope="module")
def store(data: tuple[Quad, ...]) -> Store:
    return store_of(data)


@pytest.fixture(scope="module")
def paths(store: Store, vocabulary: Vocabulary) -> list[str]:
    return page_paths(read_knowledge(store, vocabulary))


@pytest.fixture(scope="module")
def site(store: Store, vocabulary: Vocabulary) -> dict[str, bytes]:
    """Return the content of each file of the site by its name."""
    return {file.name: file.content for file in site_files(store, vocabulary, BASE)}


@pytest.fixture(scope="module")
def pages(site: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    return {name: html.document_fromstring(content) for name, content in site.items() if name.endswith(".html")}


def named(path: str) -> NamedNode:
    return NamedNode(model.HER2LD + path)


def test_these_are_the_files(site: dict[str, bytes], paths: list[str], store: Store, vocabulary: Vocabulary) -> None:
    expected = {"sitemap.xml", REDIRECT, "dataset.trig", "dataset.nq", "dataset.ttl"}
    expected |= {name for name in site if name.startswith("assets/")}
    version = f"ontology/{vocabulary.version}"
    assert version in paths
    for path in paths:
        expected.add(file_name(path, ".html"))
        if describe(store, named(path)):
            endings = ("jsonld",) if path == "graph/hedged" else RDF
            expected |= {file_name(path, f".{ending}") for ending in endings}
    assert set(site) == expected
    assert {"assets/pages.css", "assets/icon.svg", "assets/reference.css"} < set(site)
    for ending in RDF:
        assert site[f"{version}.{ending}"] == site[f"ontology.{ending}"]
    shown = [html.document_fromstring(site[f"{name}.html"]).find(".//main") for name in ("ontology", version)]
    assert shown[0].text_content() == shown[1].text_content()


def test_no_two_names_differ_by_case_alone(site: dict[str, bytes]) -> None:
    assert len({name.casefold() for name in site}) == len(site)


def test_every_link_leads_to_a_place_that_is_there(site: dict[str, bytes]) -> None:
    assert lost_links(site) == set()


def lost_links(site: dict[str, bytes]) -> set[str]:
    """Return the links of the pages that lead to no file, or to no place in it."""
    pages = {name: html.document_fromstring(content) for name, content in site.items() if name.endswith(".html")}
    places_in = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    lost = set()
    for name, page in pages.items():
        for address in page.xpath("//@href | //@src | //@action"):
            if urlsplit(address).scheme or address.startswith("//"):
                continue
            assert not address.startswith("/")
            target, place = urldefrag(urljoin(f"https://site/{quote(name)}", address))
            file = unquote(target.removeprefix("https://site/"))
            if file not in site or (place and unquote(place) not in places_in.get(file, ())):
                lost.add(address)
    return lost


def test_nothing_is_asked_of_another_host(pages: dict[str, html.HtmlElement]) -> None:
    for page in pages.values():
        loaded = page.xpath("//*[not(self::a)]/@href | //@src | //@srcset | //@action | //@poster | //object/@data")
        assert [address for address in loaded if urlsplit(address).netloc or urlsplit(address).scheme] == []
        assert page.xpath("//base | //iframe | //meta[@http-equiv='refresh']") == []


def test_the_rdf_of_each_thing_is_all_that_is_said_of_it(
    site: dict[str, bytes], paths: list[str], store: Store
) -> None:
    hedged = {quad.triple for quad in store.quads_for_pattern(None, None, None, model.HEDGED_GRAPH)}
    for path in paths:
        told = describe(store, named(path))
        for ending, form in RDF.items():
            if file_name(path, f".{ending}") not in site:
                continue
            found = canonical(parse(site[file_name(path, f".{ending}")], form))
            assert found == canonical(told if ending == "jsonld" else without_named_graphs(told))
            assert len(found) > 0
            if path != "graph/hedged":
                assert not hedged & {quad.triple for quad in found}


def test_the_whole_dataset_can_be_had(site: dict[str, bytes], data: tuple[Quad, ...]) -> None:
    assert canonical(parse(site["dataset.trig"], RdfFormat.TRIG)) == canonical(data)
    assert canonical(parse(site["dataset.nq"], RdfFormat.N_QUADS)) == canonical(data)
    assert canonical(parse(site["dataset.ttl"], RdfFormat.TURTLE)) == canonical(without_named_graphs(data))


def test_the_site_map_names_every_page(site: dict[str, bytes], paths: list[str]) -> None:
    addresses = etree.fromstring(site["sitemap.xml"]).xpath("//*[local-name()='loc']/text()")
    assert addresses == sorted(BASE + file_name(path, ".html") for path in paths)


def test_a_long_site_map_is_divided(
    review_alone: tuple[Quad, ...], vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_site, "_MOST_IN_SITEMAP", 100)
    written = {file.name: file.content.decode() for file in site_files(store_of(review_alone), vocabulary, BASE)}
    divided = {name: content for name, content in written.items() if "sitemap" in name}
    pages = sum(name.endswith(".html") for name in written)
    assert divided["sitemap.xml"] == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"<sitemap><loc>{BASE}sitemap-1.xml</loc></sitemap>\n"
        f"<sitemap><loc>{BASE}sitemap-2.xml</loc></sitemap>\n"
        "</sitemapindex>\n"
    )
    assert [divided[f"sitemap-{number}.xml"].count("<url>") for number in (1, 2)] == [100, pages - 100]
    assert 0 < pages - 100 < 100


def test_the_rules_lead_from_every_iri_to_its_file(site: dict[str, bytes], paths: list[str], tmp_path: Path) -> None:
    assert site[REDIRECT].decode() == redirect_rules(BASE)
    project = tmp_path / "documents" / "her2ld"
    project.mkdir(parents=True)
    (project / ".htaccess").write_bytes(site[REDIRECT])
    lost = []
    with running(tmp_path) as apache:
        for path in paths:
            for ending, media_type in FORMS:
                answer = apache.get(f"/her2ld/{path}", media_type)
                file = unquote((answer.location or "").removeprefix(BASE)) or "index.html"
                if file not in site and (file_name(path, ".ttl") in site or ending == ".html"):
                    lost.append((path, media_type, answer))
    assert lost == []


def test_a_client_that_follows_an_iri_gets_its_graph(
    site: dict[str, bytes], store: Store, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    guide = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    (types,) = re.findall(r"^```apache\n(.+?)^```", guide, re.MULTILINE | re.DOTALL)
    write_site(tmp_path / "documents" / "site", (File(name, "", content) for name, content in site.items()))
    (tmp_path / "documents" / "site" / ".htaccess").write_text(types)
    (tmp_path / "documents" / "her2ld").mkdir()
    with running(tmp_path) as apache:
        host = f"http://127.0.0.1:{apache.port}"
        (tmp_path / "documents" / "her2ld" / ".htaccess").write_text(redirect_rules(f"{host}/site/"))
        for path in ("HER2", "certainty", "ontology", f"ontology/{vocabulary.version}", PAGE, STATEMENT):
            told = canonical(without_named_graphs(describe(store, named(path))))
            for form in (None, "turtle", "xml", "nt"):  # None: as rdflib asks, and finds out what it got
                with literals_as_written():
                    graph = rdflib.Graph().parse(f"{host}/her2ld/{path}", format=form)
                    assert canonical(from_rdflib(graph)) == told


def written_by_a_process(folder: Path, seed: str, *sources: str) -> dict[str, str]:
    """Return the digests of the files that a process with that seed wrote into a folder, by their names."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-m", "her2ld", "site", *sources, "-o", folder / seed, "--base", BASE],
        env=environment, cwd=folder, capture_output=True, check=True,
    )  # fmt: skip
    listed = (line.partition("  ") for line in (folder / seed / DIGESTS).read_text().splitlines())
    digests = {name: digest for digest, _, name in listed}
    written = {name: content for name, content in state(folder / seed).items() if name != DIGESTS}
    assert digests == {name: hashlib.sha256(content).hexdigest() for name, content in written.items()}
    return digests


def test_the_same_data_give_the_same_bytes(data: tuple[Quad, ...], tmp_path: Path) -> None:
    """The curated review, and the classes of the ontology with all blank nodes that describe them."""
    described = {quad.subject for quad in data if quad.object in {standard.OWL_CLASS, standard.OWL_ONTOLOGY}}
    some = [
        quad
        for quad in data
        if quad.graph_name != model.ONTOLOGY_GRAPH or isinstance(quad.subject, BlankNode) or quad.subject in described
    ]
    (tmp_path / "export.nq").write_bytes(serialize(some, format=RdfFormat.N_QUADS) or b"")
    written = written_by_a_process(tmp_path, "0", "export.nq")
    assert written_by_a_process(tmp_path, "1", "export.nq") == written
    assert len(written) > 500


@pytest.mark.slow
def test_the_shipped_data_give_the_same_bytes(tmp_path: Path) -> None:
    assert written_by_a_process(tmp_path, "0") == written_by_a_process(tmp_path, "1")


REVIEW = "curation/10.1007_BF02967477"


def shown() -> list[tuple[str, str]]:
    """Return the commands of the guide, each with the output that is shown."""
    guide = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    return re.findall(r"^```console\n\$ her2ld (.+)\n((?:.*\n)+?)```$", guide, re.MULTILINE)


@pytest.mark.parametrize(
    ("command", "output"),
    # A whole site is written where there is time.
    [pytest.param(*each, marks=pytest.mark.slow) if "BF02967477" in each[0] else each for each in shown()],
)
def test_the_guide_shows_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, output: str
) -> None:
    (tmp_path / "curation").symlink_to(ROOT / "curation")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "letter.txt").write_text("Dear …")
    run = CliRunner().invoke(main, command.split())
    assert run.output == output
    assert (tmp_path / "site" / REDIRECT).exists() == ("--base" in command)
    assert {path.name for path in tmp_path.iterdir()} <= {"curation", "documents", "site"}


def test_the_guide_shows_the_same_figures_with_an_address_and_without() -> None:
    outputs = dict(shown())
    assert outputs[f"site {REVIEW} -o site --base https://example.org/her2ld/"] == outputs[f"site {REVIEW} -o site"]


def test_a_mistake_in_a_source_is_reported_and_nothing_is_written(tmp_path: Path) -> None:
    remedy = "give a folder with a record and statements.toml in it, or a folder of such folders"
    run = CliRunner().invoke(main, ["site", str(tmp_path / "none"), "-o", str(tmp_path / "site")])
    assert (run.exit_code, run.output) == (
        2,
        f"{tmp_path / 'none'}\n  is not a curation folder\n  remedy: {remedy}\n",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_store_on_disk_gives_the_same_site_a_second_time_into_the_same_folder(
    tmp_path: Path, review_alone: tuple[Quad, ...], vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store("store")
    store.extend(review_alone)
    store.flush()
    del store
    site = {file.name: file.content for file in site_files(store_of(review_alone), vocabulary, BASE)}
    pages, rdf = (sum(PurePosixPath(name).suffix in endings for name in site) for endings in ({".html"}, _RDF_ENDINGS))
    for base in (BASE, None):
        run = CliRunner().invoke(main, ["site", "store", "-o", "site", *(("--base", base) if base else ())])
        assert run.output == f"read {len(review_alone):,} quads\nwrote site: {pages:,} pages, {rdf:,} files of RDF\n"
        written = state(tmp_path / "site")
        del written[DIGESTS]
        of_base = set() if base else {"sitemap.xml", REDIRECT}
        assert written == {name: content for name, content in site.items() if name not in of_base}
    assert {path.name for path in tmp_path.iterdir()} == {"store", "site"}


def test_a_store_that_is_broken_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("x")
    run = CliRunner().invoke(main, ["site", "store", "-o", "site"])
    assert run.exit_code == 2
    assert re.fullmatch(
        r"store\n  cannot be opened as a store \(.+\)\n  remedy: load it again with her2ld load\n",
        run.output,
        re.DOTALL,
    )


def page(name: str, content: bytes = b"") -> File:
    return File(name, "page", content)


@pytest.mark.parametrize(
    ("there", "what", "remedy"),
    [
        ({"CNAME": "example.org"}, "holds files that are not of a site: CNAME",
         "give a new folder, which is replaced as a whole, and copy from there"),
        ({f"{number}.txt": "" for number in range(7)},
         "holds files that are not of a site: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more",
         "give a new folder, which is replaced as a whole, and copy from there"),
        (None, "is a file", "give the name of a folder"),
    ],
)  # fmt: skip
def test_what_others_wrote_is_left_as_it_is(
    tmp_path: Path, there: dict[str, str] | None, what: str, remedy: str
) -> None:
    folder = tmp_path / "site"
    if there is None:
        folder.write_text("mine")
    else:
        write_site(folder, [page("index.html")])
        for name, text in there.items():
            (folder / name).write_text(text)
    before = state(tmp_path)
    with pytest.raises(ExportError) as caught:
        write_site(folder, [page("new.html")])
    assert str(caught.value) == f"{folder}: {what}. Remedy: {remedy}."
    assert state(tmp_path) == before
    run = CliRunner().invoke(main, ["site", "-o", str(folder)])
    assert (run.exit_code, run.output) == (2, f"{folder}\n  {what}\n  remedy: {remedy}\n")
    assert state(tmp_path) == before


def state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert write_site(tmp_path / "site", [page("a/index.html", b"x")]) == {"page": 1, "other": 1}
    assert set(state(tmp_path)) == {"site/a/index.html", f"site/{DIGESTS}"}


def test_what_is_broken_off_leaves_the_old_site(tmp_path: Path) -> None:
    def broken() -> Iterator[File]:
        yield page("index.html", b"new")
        raise KeyboardInterrupt

    write_site(tmp_path / "site", [page("index.html", b"old")])
    before = state(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path / "site", broken())
    assert state(tmp_path) == before


def test_a_place_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError) as caught:
        write_site(tmp_path / "file" / "site", [page("index.html")])
    assert str(caught.value) == (
        f"{tmp_path / 'file' / 'site'}: cannot be written (Not a directory)."
        " Remedy: give a place that can be written, with room left."
    )


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a//b", "a/./b", "a/..", "", "a\\b", "a\nb", "a\0b", ".", "files.sha256", "index.html"]
)
def test_no_file_is_written_outside_of_the_folder_or_over_another(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError):
        write_site(tmp_path / "site", [page("index.html"), page(name)])
    assert list(tmp_path.iterdir()) == []


def test_names_in_the_data_that_lead_out_have_no_file(
    vocabulary: Vocabulary, review_alone: tuple[Quad, ...], tmp_path: Path
) -> None:
    hostile = ["../zz", "%2e%2e/zz", "a/%2e%2e/%2e%2e/zz", "a//zz", "a%2Fb/zz", "a%5Czz", "a%00zz", "zz/", "assets/zz"]
    planted = [Quad(named(path), standard.LABEL, Literal("zz"), model.ONTOLOGY_GRAPH) for path in hostile]
    write_site(tmp_path / "site", site_files(store_of([*review_alone, *planted]), vocabulary))
    assert {path.name for path in tmp_path.iterdir()} == {"site"}
    assert {path for path in state(tmp_path) if "zz" in path} == {f"site/a/b/zz.{ending}" for ending in ("html", *RDF)}


@given(st.text(max_size=30))
def test_a_sound_path_stays_in_the_folder(path: str) -> None:
    if links.is_sound(path):
        parts = PurePosixPath(file_name(path, ".html")).parts
        assert ".." not in parts
        assert not PurePosixPath(file_name(path, ".html")).is_absolute()


def test_properties_lie_apart_and_nothing_else_does(paths: list[str]) -> None:
    apart = [path for path in paths if stem(path).startswith("property/")]
    assert apart == [path for path in paths if path[:1].islower() and "/" not in path and path not in links.FIXED]
    assert "certainty" in apart


@pytest.mark.slow
def test_a_paper_with_a_doi_of_the_1990s_has_its_page(
    vocabulary: Vocabulary, review_folder: Path, tmp_path: Path
) -> None:
    doi = "10.1002/(SICI)1097-0142(19960101)77:1<1::AID-X_1>3.0.CO;2-Q"
    folder = tmp_path / "paper"
    shutil.copytree(review_folder, folder)
    for file in (folder / "record.txt", folder / "statements.toml"):
        file.write_text(file.read_text(encoding="utf-8").replace("10.1007/BF02967477", doi), encoding="utf-8")
    curation = read_curation(folder, vocabulary)
    store = store_of(without_unneeded(build(vocabulary, [curation])))
    written = {file.name: file.content for file in site_files(store, vocabulary, BASE)}
    name = "record/10.1002_(SICI)1097-0142(19960101)77:1<1::AID-X_1>3.0.CO;2-Q"
    assert {each for each in written if each.startswith("record/")} == {
        f"{name}{part}.{ending}" for part in ("", "/title", "/abstract", "/curation") for ending in ("html", *RDF)
    }
    assert lost_links(written) == set()
    page = html.document_fromstring(written["records.html"])
    assert [unquote(href) for href in page.xpath("//main//ul//a/@href")] == [f"./{name}.html"]
    write_site(tmp_path / "site", (File(each, "", content) for each, content in written.items()))
    project = tmp_path / "documents" / "her2ld"
    project.mkdir(parents=True)
    (project / ".htaccess").write_bytes(written[REDIRECT])
    with running(tmp_path) as apache:
        answer = apache.get(f"/her2ld/record/{iris.record_key(curation.record)}", "text/turtle")
        assert unquote(answer.location or "") == f"{BASE}{name}.ttl"
