"""The pages in a real browser: found, followed, read, asked; usable by everyone, and silent towards everyone else.

``.ci/browser`` installs what this needs: Chromium with its driver, and axe.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, serialize

from her2ld import build, read_curation
from her2ld.pages import read_knowledge
from tests.pages.sampling import without_unneeded
from tests.shipped import store_of

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from selenium.webdriver import Chrome

    from her2ld import Vocabulary

HERE = Path(__file__).parent
AXE = HERE / "browser" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SECONDS = 20
DESKTOP, PHONE = (1280, 900), (360, 740)
REVIEW = "record/10.1007_BF02967477"
GAP = "statement/683a163ab0174a6d"
SUGGESTED = "statement/95a60bbbb907b84e"
CLAIM, MEASURED = "claim/fdf89773b4b61d3e", "statement/0c6b1ac1c0e02247"
# A page of each kind.
KINDS = (
    "", "search?q=erbB-2", "search?q=nothing", "HER2", "HER2SignalingPathway", "HER2TargetedAgent", "targets",
    "Probable", SUGGESTED, GAP, CLAIM, MEASURED, REVIEW, f"{REVIEW}/abstract", "statements", "records", "network",
    "query", "ontology", "graph/asserted", "curator/the-her2ld-project", "studies",
)  # fmt: skip
LIMITED, DISPUTED = "claim/c0888474917d1871", "claim/70b2087c112f1473"
# Pages that papers which disagree change.
OF_DISAGREEMENT = ("", LIMITED, DISPUTED, "statements", "network")

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None or DRIVER is None or not AXE.is_file(), reason="no browser with axe: .ci/browser installs them"
    ),
    # selenium leaves a socket to its driver open until it is collected
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def address(quads: "tuple[Quad, ...]", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the review, with the terms that it needs: pages of a thousand other terms are like those of its own."""
    data = tmp_path_factory.mktemp("served") / "review.nq"
    data.write_bytes(serialize(without_unneeded(quads), format=RdfFormat.N_QUADS) or b"")
    with serving(data) as found:
        yield found


@pytest.fixture(scope="module")
def disagreeing(vocabulary: "Vocabulary", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve two made-up papers that disagree."""
    data = tmp_path_factory.mktemp("served") / "disagreeing.nq"
    curations = [read_curation(folder, vocabulary) for folder in sorted((HERE / "claims").iterdir())]
    data.write_bytes(serialize(without_unneeded(build(vocabulary, curations)), format=RdfFormat.N_QUADS) or b"")
    with serving(data) as found:
        yield found


@pytest.fixture(scope="module")
def thirty() -> Iterator[str]:
    """Serve all papers of the package."""
    with serving(environment={name: value for name, value in os.environ.items() if name != "HER2LD_CURATION"}) as found:
        yield found


@contextmanager
def serving(*data: Path, environment: dict[str, str] | None = None) -> Iterator[str]:
    """Serve data, and give the address."""
    command = (sys.executable, "-m", "her2ld", "serve", "--port", "0", *map(str, data))
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert server.stdout
    yield next(word for word in server.stdout.readline().split() if word.startswith("http://"))
    server.terminate()
    server.wait(SECONDS)
    server.stdout.close()


@pytest.fixture(scope="module")
def browser() -> Iterator["Chrome"]:
    """Open a browser that looks up no name, so that it can reach nothing else."""
    from selenium import webdriver  # only where there is a browser

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    chrome.set_page_load_timeout(SECONDS)
    chrome.set_script_timeout(6 * SECONDS)  # the reference of the ontology is long
    yield chrome
    asked = [url for url in requests(chrome) if not url.startswith(("http://127.0.0.1:", "data:", "blob:", "chrome"))]
    chrome.quit()
    assert asked == [], "the pages asked for what is not theirs"


@pytest.fixture
def opened(browser: "Chrome", address: str) -> Iterator[Callable[..., "Chrome"]]:
    """Open pages; in the end, nothing may have been refused by the policy, nor failed."""

    def go(path: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> "Chrome":
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        browser.get(path if path.startswith("http://") else address + path)
        return browser

    yield go
    assert [entry["message"] for entry in log(browser, "browser") if entry["level"] == "SEVERE"] == []


def log(chrome: "Chrome", kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = chrome.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


def requests(chrome: "Chrome") -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in log(chrome, "performance")]
    return [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]


def wait(chrome: "Chrome", selector: str) -> list[Any]:
    """Return the elements of a selector, as soon as there are any."""
    from selenium.webdriver.support.wait import WebDriverWait

    found: list[Any] = WebDriverWait(chrome, SECONDS).until(lambda page: page.find_elements("css selector", selector))
    return found


def wait_until(chrome: "Chrome", script: str) -> None:
    """Wait for a script to return true."""
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(chrome, SECONDS).until(lambda page: page.execute_script(script))


# Where the marked words begin and end in the text, in code points.
OFFSETS = """
const text = document.querySelector("p.text:has(.evidence)"), marks = text.querySelectorAll(".evidence");
const range = document.createRange();
const from = Number(text.dataset.start ?? 0);
const places = [["setEndBefore", marks[0]], ["setEndAfter", marks[marks.length - 1]]].map(([set, mark]) => {
  range.setStart(text, 0);
  range[set](mark);
  return [...range.toString()].length;
});
return [...places, text.textContent, from];
"""


def test_from_a_synonym_to_the_words_that_say_it(opened: Callable[..., "Chrome"]) -> None:
    page = opened("")
    page.find_element("css selector", ".hero input").send_keys("ErbB2 protein\n")
    wait(page, ".found a")[0].click()
    assert wait(page, "h1")[0].text == "HER2 protein"
    (link,) = [each for each in wait(page, ".claim.hedged a") if "ligand orphan receptor" in each.text]
    link.click()
    assert wait(page, ".certainty .stands")[0].text == "affirmed, probable"
    start, end, text, from_ = page.execute_script(OFFSETS)
    assert (start + from_, end + from_) == (45, 214)
    assert text[start:end].endswith("and has been suggested to be a ligand orphan receptor.")
    assert [cue.text for cue in page.find_elements("css selector", "p.text .certainty")] == ["has been suggested"]


def test_every_statement_is_marked_at_its_very_characters(
    opened: Callable[..., "Chrome"], quads: "tuple[Quad, ...]", vocabulary: "Vocabulary"
) -> None:
    knowledge = read_knowledge(store_of(quads), vocabulary)
    for path, statement in knowledge.statements.items():
        start, end, text, from_ = opened(path).execute_script(OFFSETS)
        (quote, *_) = statement.evidence
        assert (start + from_, end + from_) == (quote.start, quote.end)
        assert text[start:end] == quote.exact


def test_an_example_is_asked_and_its_answer_read(opened: Callable[..., "Chrome"]) -> None:
    page = opened("query")
    wait(page, ".CodeMirror")
    page.execute_script("document.querySelector('#only_suggested button.ask').click()")
    rows = wait(page, ".yasr tbody tr")
    with (HERE / "queries" / "only_suggested.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    cells = [[cell.text for cell in row.find_elements("css selector", "td")] for row in rows]
    assert len(cells) == len(expected) == 4
    assert {row["quote"] for row in expected} == {row[-1] for row in cells}
    # Names stand in place of IRIs of ours, which are reached by the link and stand in its title.
    link = rows[0].find_element("css selector", "a")
    assert link.get_attribute("href").endswith("/associatedWith")
    assert (link.text, link.get_attribute("title")) == (
        "is associated with", "her2:associatedWith (https://w3id.org/her2ld/associatedWith)",
    )  # fmt: skip
    # What is shown is also what is sought.
    page.find_element("css selector", ".tableFilter").send_keys('"to hormonal agents"')
    wait_until(page, "return document.querySelectorAll('.yasr tbody tr').length === 1")
    assert "responsiveness to hormonal agents" in page.find_element("css selector", ".yasr tbody").text


def test_a_query_can_be_asked_without_scripts(opened: Callable[..., "Chrome"], browser: "Chrome") -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = opened("query")
        page.find_element("css selector", ".plain-query button").click()
        assert "emodin" in wait(page, "#answer + .scroll table")[0].text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_drawing_leads_to_the_statement_and_can_leave_out_what_is_hedged(opened: Callable[..., "Chrome"]) -> None:
    from selenium.webdriver import ActionChains, Keys

    page = opened("network")
    wait(page, "#drawing canvas")
    table = page.find_elements("css selector", "#edges + .scroll tbody tr")
    drawn = page.execute_script("return [network.edges().length, network.edges('.hedged').length]")
    assert (len(table), drawn) == (47, [47, 9])
    assert page.execute_script("return network.edges('.hedged').every(e => e.style('line-style') === 'dashed')")
    assert page.execute_script("return network.edges('.asserted').every(e => e.style('line-style') === 'solid')")
    for count in (38, 47):
        page.find_element("css selector", "#show-hedged").send_keys(Keys.SPACE)
        # The drawing takes a new style over when it is next drawn.
        wait_until(page, f"return network.edges(':visible').length == {count}")
    x, y, path = page.execute_script(
        "const far = (node, {x, y}) => Math.hypot(node.renderedPosition('x') - x, node.renderedPosition('y') - y) > 60;"
        "const free = (edge) => network.nodes().every(node => far(node, edge.renderedMidpoint()));"
        "const edge = network.edges('.hedged').filter(free)[0];"
        "const {x, y} = edge.renderedMidpoint();"
        "document.querySelector('#drawing').scrollIntoView({block: 'center'});"
        "return [x - network.width() / 2, y - network.height() / 2, edge.data('href')]"
    )
    drawing = page.find_element("css selector", "#drawing")
    ActionChains(page).move_to_element_with_offset(drawing, round(x), round(y)).pause(0.5).click().perform()
    wait(page, "article.one-claim")
    assert page.current_url.endswith(path)


def test_the_drawing_shows_what_is_chosen(opened: Callable[..., "Chrome"]) -> None:
    from selenium.webdriver.support.select import Select

    page = opened("network")
    wait(page, "#drawing canvas")

    def drawn() -> list[str]:
        found: list[str] = page.execute_script("return network.nodes().map(node => node.data('label')).sort()")
        return found

    everything = drawn()
    around = Select(page.find_element("css selector", "#around"))
    assert {option.text for option in around.options} == {"everything", *everything}
    around.select_by_visible_text("emodin")
    near = ["HER2 phosphorylation", "HER2 protein", "HER2 signaling pathway", "emodin", "tyrosine kinase inhibitor"]
    assert drawn() == near
    assert page.find_element("css selector", "#drawn").text.startswith(f"5 of {len(everything)} things, ")
    Select(page.find_element("css selector", "#steps")).select_by_value("2")
    assert set(drawn()) > set(near)
    around.select_by_visible_text("everything")
    assert drawn() == everything
    page.find_element("css selector", "input.kind[aria-label='show disease']").click()
    assert "breast cancer" not in drawn()
    assert page.execute_script(COVERED) == []


# The words of nodes that cover those of another.
COVERED = (
    "const boxes = network.nodes().map(node => [node.data('label'), node.renderedBoundingBox({includeNodes: false,"
    " includeEdges: false})]);"
    "const meet = (one, other, low, high) => one[low] < other[high] - 1 && other[low] < one[high] - 1;"
    "return boxes.filter(([, one], i) => boxes.some(([, other], j) => i < j && meet(one, other, 'x1', 'x2')"
    " && meet(one, other, 'y1', 'y2'))).map(([label]) => label)"
)


def choose(chrome: "Chrome", name: str, value: str) -> None:
    """Choose what is drawn."""
    from selenium.webdriver.support.select import Select

    Select(chrome.find_element("css selector", f"#{name}")).select_by_value(value)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "most"), [(DESKTOP, 150), (PHONE, 60)], ids=["desktop", "phone"])
def test_thirty_papers_are_drawn_so_that_they_can_be_read(
    opened: Callable[..., "Chrome"], thirty: str, size: tuple[int, int], most: int
) -> None:
    page = opened(f"{thirty}network", size)
    wait(page, "#drawing canvas")
    her2 = page.execute_script("return document.querySelector('#around').value")
    for around, steps in ((her2, "1"), (her2, "2"), ("", "1")):
        choose(page, "around", around)
        choose(page, "steps", steps)
        assert page.execute_script(COVERED) == []
        # Words are at least 9 pixels high, and as much is drawn as can be read.
        assert page.execute_script("return 14 * network.zoom()") >= 9
    drawn = page.execute_script("return network.nodes().not('.head').length")
    assert most / 2 < drawn <= most
    assert page.execute_script("return document.documentElement.scrollWidth") <= size[0]


def test_lines_can_be_chosen_by_the_system_in_which_they_hold(opened: Callable[..., "Chrome"], thirty: str) -> None:
    page = opened(f"{thirty}network")
    wait(page, "#drawing canvas")
    choose(page, "around", "")
    systems = page.execute_script("return [...document.querySelector('#system').options].map(each => each.text)")
    assert "cell line" in " ".join(systems)
    for value in ("0", "1"):
        choose(page, "system", value)
        held = page.execute_script("return network.edges().map(edge => edge.data('systems'))")
        assert held
        assert all(int(value) in each for each in held)


def test_a_finger_scrolls_the_page_over_the_drawing_and_a_tap_leads_on(
    opened: Callable[..., "Chrome"], thirty: str
) -> None:
    page = opened(f"{thirty}network", PHONE)
    wait(page, "#drawing canvas")
    page.execute_script("document.querySelector('#drawing').scrollIntoView({block: 'start'})")
    # One column: no name stands beside another.
    assert len(page.execute_script("return [...new Set(network.nodes('.row').map(node => node.position('x')))]")) == 1
    before = page.execute_script("return scrollY")

    def touch(kind: str, *place: float) -> None:
        points = [dict(zip("xy", place, strict=True))] if place else []
        page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    # Even where it begins on a name, which a tap would choose.
    x, y = page.execute_script(
        "const drawing = document.querySelector('#drawing').getBoundingClientRect();"
        "const far = network.nodes('.row').filter(each => each.renderedPosition('y') < innerHeight - 50);"
        "const node = far.max(each => each.position('y')).ele;"
        "return [drawing.x + node.renderedPosition('x'), drawing.y + node.renderedPosition('y')]"
    )
    touch("touchStart", x, y)
    for step in range(1, 16):
        touch("touchMove", x, y - 20 * step)
    touch("touchEnd")
    # Until it has come to rest.
    wait_until(page, f"const {{was}} = window; window.was = scrollY; return was === scrollY && was > {before} + 100")
    assert page.current_url == f"{thirty}network"
    x, y = page.execute_script(
        "const drawing = document.querySelector('#drawing'); drawing.scrollIntoView({block: 'start'});"
        "const node = network.nodes('.row').min(each => each.position('y')).ele;"
        "const {x, y} = drawing.getBoundingClientRect();"
        "return [x + node.renderedPosition('x'), y + node.renderedPosition('y')]"
    )
    page.execute_cdp_cmd("Input.synthesizeTapGesture", {"x": x, "y": y})
    wait(page, "article.entity")


def test_what_is_limited_begins_with_a_bar_and_has_the_word(opened: Callable[..., "Chrome"], disagreeing: str) -> None:
    page = opened(f"{disagreeing}network")
    wait(page, "#drawing canvas")
    drawn = page.execute_script(
        "return network.edges().map(edge => [edge.data('words'), edge.style('source-arrow-shape')])"
    )
    assert sorted(drawn) == [["decreases (limited)", "tee"], ["improves (limited)", "tee"]]


def test_the_picture_of_numbers_can_be_read_on_a_phone(opened: Callable[..., "Chrome"], disagreeing: str) -> None:
    for size in (DESKTOP, PHONE):
        page = opened(disagreeing + LIMITED, size)
        (svg,) = wait(page, ".forest svg")
        height, width = page.execute_script(
            "const texts = [...arguments[0].querySelectorAll('text')].map(each => each.getBoundingClientRect());"
            "const {left, right} = arguments[0].getBoundingClientRect();"
            "return [Math.min(...texts.map(each => each.height)),"
            " Math.max(...texts.map(each => Math.max(left - each.left, each.right - right)))]",
            svg,
        )
        assert height >= 12
        assert width <= 1


def test_pointing_at_a_statement_lights_its_words(opened: Callable[..., "Chrome"]) -> None:
    page = opened(REVIEW)
    link = wait(page, ".claim.hedged a")[0]
    page.execute_script("arguments[0].focus()", link)
    lit = "".join(word.text for word in page.find_elements("css selector", "p.text .lit"))
    assert lit.strip().endswith("and has been suggested to be a ligand orphan receptor.")


def test_the_keyboard_comes_to_the_content_first(opened: Callable[..., "Chrome"]) -> None:
    from selenium.webdriver import Keys

    page = opened("HER2")
    page.switch_to.active_element.send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to the content"
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "content"


@pytest.mark.parametrize(
    ("size", "dark"),
    [
        (DESKTOP, False),
        pytest.param(DESKTOP, True, marks=pytest.mark.slow),
        pytest.param(PHONE, False, marks=pytest.mark.slow),
    ],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    opened: Callable[..., "Chrome"], disagreeing: str, size: tuple[int, int], *, dark: bool
) -> None:
    axe = AXE.read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[str]] = {}
    wide = []
    for path in (*KINDS, *(disagreeing + each for each in OF_DISAGREEMENT)):
        page = opened(path, size, dark=dark)
        if path == "query":
            wait(page, ".CodeMirror")
            page.execute_script("document.querySelector('#approvals button.ask').click()")
            wait(page, ".yasr tbody tr")
        page.execute_script(axe)
        result = page.execute_async_script(
            "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
        )
        found |= {(path, each["id"]): [node["html"][:200] for node in each["nodes"]] for each in result["violations"]}
        if page.execute_script("return document.documentElement.scrollWidth") > size[0]:
            wide.append(path)
    assert found == {}
    assert wide == []
