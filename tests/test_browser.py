"""The pages in a real browser: found, followed, read, asked; usable by everyone, and silent towards everyone else.

``.ci/browser`` installs what this needs: Chromium with its driver, and axe.
"""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, serialize

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
    "query", "ontology", "graph/asserted", "curator/the-her2ld-project",
)  # fmt: skip

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
    server = subprocess.Popen(
        (sys.executable, "-m", "her2ld", "serve", "--port", "0", str(data)), stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    yield next(word for word in server.stdout.readline().split() if word.startswith("http://"))
    server.terminate()
    server.wait(SECONDS)
    server.stdout.close()


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator["Chrome"]:
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
    asked = [url for url in requests(chrome) if not url.startswith((address, "data:", "blob:", "chrome"))]
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
        browser.get(address + path)
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
    assert rows[0].find_element("css selector", "a").get_attribute("href").endswith("/associatedWith")


def test_a_query_can_be_asked_without_scripts(opened: Callable[..., "Chrome"], browser: "Chrome") -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = opened("query")
        page.find_element("css selector", ".plain-query button").click()
        assert "emodin" in page.page_source.casefold()
        log(browser, "browser")  # it styles what is no page of ours, which the policy forbids
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
    # The text of no node covers that of another.
    covered = page.execute_script(
        "const boxes = network.nodes().map(node => node.boundingBox({includeNodes: false, includeEdges: false}));"
        "const meet = (one, other, low, high) => one[low] < other[high] - 6 && other[low] < one[high] - 6;"
        "return boxes.filter((one, i) => boxes.some((other, j) => i < j && meet(one, other, 'x1', 'x2')"
        " && meet(one, other, 'y1', 'y2'))).length"
    )
    assert covered == 0


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
    opened: Callable[..., "Chrome"], size: tuple[int, int], *, dark: bool
) -> None:
    axe = AXE.read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[str]] = {}
    wide = []
    for path in KINDS:
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
