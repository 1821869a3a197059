"""Draws the pictures of docs/pages.md: pages as a browser shows them.

    .ci/browser && python docs/draw_pages.py

Needs Chromium and its driver, which ``.ci/browser`` installs. The pictures depend on the fonts of the machine, so that
no test compares them: look at them.
"""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from selenium import webdriver

FOLDER = Path(__file__).parent
# A picture should load fast where it is shown.
MOST_BYTES = 200_000
_SECONDS_TO_DRAW = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its name, the path of the page, the size of the screen in pixels, what is done before, and the data.

    ``data`` is a folder of curation folders; if it is empty, the papers of her2ld are shown.
    """

    name: str
    path: str
    size: tuple[int, int]
    dark: bool = False
    action: str = ""
    data: str = ""


_TO_THE_DRAWING = "document.querySelector('.choices').scrollIntoView()"
_TO_THE_NUMBERS = "document.querySelector('#numbers').scrollIntoView()"
_LIMITED = "claim/c0888474917d1871"
PICTURES = (
    Picture("page-home.png", "", (960, 940)),
    Picture("page-claim.png", _LIMITED, (960, 660), data="tests/claims"),
    Picture("page-numbers.png", _LIMITED, (960, 560), action=_TO_THE_NUMBERS, data="tests/claims"),
    Picture("page-phone.png", "network", (360, 900), dark=True, action=_TO_THE_DRAWING),
    Picture("page-statement.png", "statement/95a60bbbb907b84e", (1000, 700)),
    Picture("page-network.png", "network", (860, 700)),
    Picture("page-query.png", "query", (1000, 800), action="document.querySelector('#hedge_words .ask').click()"),
    Picture("page-record.png", "record/10.1007_BF02967477", (390, 760), dark=True),
)


def draw(data: str) -> None:
    """Serve data and take the pictures of their pages. Raises ValueError where one is too large to be kept."""
    command = (sys.executable, "-m", "her2ld", "serve", "--port", "0", *((data,) if data else ()))
    environment = {name: value for name, value in os.environ.items() if name != "HER2LD_CURATION"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=FOLDER.parent) as server:  # noqa: S603  # ours
        try:
            assert server.stdout  # noqa: S101  # it was asked for
            address = next(word for word in server.stdout.readline().split() if word.startswith("http://"))
            _take_all(address, [each for each in PICTURES if each.data == data])
        finally:
            server.terminate()


def _take_all(address: str, pictures: Iterable[Picture]) -> None:
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        for picture in pictures:
            _take(browser, address, picture)
    finally:
        browser.quit()


def _take(browser: webdriver.Chrome, address: str, picture: Picture) -> None:
    width, height = picture.size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if picture.dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    browser.get(address + picture.path)
    sleep(_SECONDS_TO_DRAW)
    if picture.action:
        browser.execute_script(picture.action)
        sleep(_SECONDS_TO_DRAW)
    content = base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"])
    if len(content) > MOST_BYTES:
        raise ValueError(f"{picture.name} has {len(content):,} bytes, more than {MOST_BYTES:,}: take a smaller screen")
    (FOLDER / picture.name).write_bytes(content)
    print(f"wrote {FOLDER / picture.name}: {len(content):,} bytes")


if __name__ == "__main__":
    for source in dict.fromkeys(each.data for each in PICTURES):
        draw(source)
