"""Draws docs/review.svg: what the curated review says, as a picture.

    python docs/draw_review.py

Each box is an entity or a class, each line a statement: dashed is what the authors state less than surely, thick and
red what they deny or do not find, dotted what they leave open. Boxes stand in columns, so that lines run from left to
right as far as they can, and within a column in the order that crosses fewest lines (Sugiyama, Tagawa and Toda 1981,
with barycentres).
"""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from her2ld import Curation, Vocabulary, curation_folders, read_curation, read_ontology
from her2ld.statements import Statement
from her2ld.statements.plain import affirms, is_hedged

PICTURE = Path(__file__).with_name("review.svg")

# All lengths are in SVG user units.
_BOX_WIDTH, _BOX_HEIGHT, _GAP_BETWEEN_COLUMNS, _ROW_HEIGHT, _MARGIN, _LEGEND_HEIGHT = 170, 40, 200, 56, 16, 40
_CHARACTERS_IN_A_LINE = 24
_PORT_DISTANCE = 13
_SWEEPS = 24

Places = dict[str, tuple[float, float]]

_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1b1f24; text-anchor: middle; }
  .relation { font-size: 11px; }
  .halo { stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
  .hedged.relation { font-style: italic; }
  .box { fill: #eef4fb; stroke: #33567d; }
  .line { fill: none; stroke: #33567d; stroke-width: 1.4; }
  .hedged.line { stroke: #a8480b; stroke-dasharray: 6 4; }
  .denied.line { stroke: #9b1230; stroke-width: 2.6; }
  .denied.relation { fill: #9b1230; text-decoration: line-through; }
  .open.line { stroke: #55636a; stroke-dasharray: 1.5 4; }
  .open.relation { fill: #55636a; }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the picture: one statement."""

    start: str
    end: str
    relation: str
    kind: str


def draw(curation: Curation, vocabulary: Vocabulary) -> str:
    """Return the picture of a curation as SVG."""
    lines = _lines(curation, vocabulary)
    columns = _ordered(_columns(lines), lines)
    places = _places(columns)
    ports = _ports(lines, places)
    degrees = Counter(name for line in lines for name in (line.start, line.end))
    width = 2 * _MARGIN + len(columns) * _BOX_WIDTH + (len(columns) - 1) * _GAP_BETWEEN_COLUMNS
    height = 2 * _MARGIN + max(map(len, columns)) * _ROW_HEIGHT + _LEGEND_HEIGHT
    title = escape(curation.record.title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *(_curve(line, ports[line]) for line in lines),
        *(_relation(line, ports[line], degrees) for line in lines),
        *(_box(name, place) for name, place in sorted(places.items())),
        _legend(height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(curation: Curation, vocabulary: Vocabulary) -> list[Line]:
    lines = []
    for said in curation.statements:
        claim = said.claim
        if claim and claim.subject and claim.relation and claim.object:
            start, relation, end = map(vocabulary.label, (claim.subject, claim.relation, claim.object))
            lines.append(Line(start, end, relation, _kind(said)))
    return list(dict.fromkeys(lines))


def _kind(said: Statement) -> str:
    """Return the class of the style in which a statement is drawn; what is stated for certain has none of its own."""
    if said.is_gap:
        return "open"
    if not affirms(said):
        return "denied"
    return "hedged" if is_hedged(said) else ""


def _columns(lines: Iterable[Line]) -> list[list[str]]:
    """Put each box one column to the right of the rightmost box that points to it."""
    sources: dict[str, list[str]] = {}
    for line in lines:
        sources.setdefault(line.start, [])
        sources.setdefault(line.end, []).append(line.start)
    depth: dict[str, int] = {}

    def depth_of(name: str, above: tuple[str, ...]) -> int:
        if name not in depth:
            depth[name] = max(
                (depth_of(each, (*above, name)) + 1 for each in sources[name] if each not in above), default=0
            )
        return depth[name]

    for name in sources:
        depth_of(name, ())
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name, column in depth.items():
        columns[column].append(name)
    return columns


def _ordered(columns: list[list[str]], lines: Iterable[Line]) -> list[list[str]]:
    """Sort each column by where the neighbours of its boxes stand, to and fro."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        neighbours[line.start].append(line.end)
        neighbours[line.end].append(line.start)
    ordered = [list(column) for column in columns]
    to_and_fro = [*range(len(columns)), *reversed(range(len(columns)))]
    for column in to_and_fro * _SWEEPS:
        heights = {name: y for name, (_, y) in _places(ordered).items()}
        ordered[column].sort(key=lambda name: (_mean([heights[each] for each in neighbours[name]]), name))
    return ordered


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _places(columns: list[list[str]]) -> Places:
    """Return the centre of each box; columns are centred on each other."""
    tallest = max(map(len, columns))
    return {
        name: (
            _MARGIN + _BOX_WIDTH / 2 + column * (_BOX_WIDTH + _GAP_BETWEEN_COLUMNS),
            _MARGIN + _ROW_HEIGHT * ((tallest - len(names)) / 2 + row + 0.5),
        )
        for column, names in enumerate(columns)
        for row, name in enumerate(names)
    }


def _ports(lines: Iterable[Line], places: Places) -> dict[Line, tuple[float, float, float, float]]:
    """Return where each line leaves one box and meets the other; the lines of one side of a box stand apart."""
    leaving: dict[str, list[Line]] = defaultdict(list)
    meeting: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        leaving[line.start].append(line)
        meeting[line.end].append(line)
    ports: dict[Line, list[float]] = {line: [] for line in lines}
    for side, step, other in ((leaving, 1, "end"), (meeting, -1, "start")):
        for name, group in side.items():
            x, y = places[name]
            group.sort(key=lambda line: (places[getattr(line, other)][1], line.relation))
            apart = min(_PORT_DISTANCE, _BOX_HEIGHT / len(group))
            for row, line in enumerate(group):
                ports[line] += [x + step * _BOX_WIDTH / 2, y + apart * (row - (len(group) - 1) / 2)]
    return {line: (x1, y1, x2, y2) for line, (x1, y1, x2, y2) in ports.items()}


def _curve(line: Line, port: tuple[float, float, float, float]) -> str:
    x1, y1, x2, y2 = port
    middle = (x1 + x2) / 2
    kind = f"{line.kind} line".strip()
    return f'<path class="{kind}" d="M{x1:g},{y1:.1f} C{middle:g},{y1:.1f} {middle:g},{y2:.1f} {x2:g},{y2:.1f}"/>'


def _relation(line: Line, port: tuple[float, float, float, float], degrees: Counter[str]) -> str:
    """Write the relation where there is room: at the end whose box has fewer lines."""
    x1, y1, x2, y2 = port
    at_start = degrees[line.start] <= degrees[line.end]
    x, y, anchor = (x1 + 8, y1, "start") if at_start else (x2 - 8, y2, "end")
    kind = f"{line.kind} relation".strip()
    relation = f"not: {line.relation}" if line.kind == "denied" else line.relation
    place = f'x="{x:g}" y="{y + 4:.1f}" style="text-anchor: {anchor}"'
    return "".join(f'<text class="{each}" {place}>{escape(relation)}</text>' for each in (f"halo {kind}", kind))


def _box(name: str, place: tuple[float, float]) -> str:
    x, y = place
    rows = textwrap.wrap(name, _CHARACTERS_IN_A_LINE)
    texts = [
        f'<text x="{x:g}" y="{y + 4.5 + 15 * (row - (len(rows) - 1) / 2):g}">{escape(text)}</text>'
        for row, text in enumerate(rows)
    ]
    corner = f'x="{x - _BOX_WIDTH / 2:g}" y="{y - _BOX_HEIGHT / 2:g}"'
    return f'<rect class="box" {corner} width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" rx="6"/>{"".join(texts)}'


def _legend(height: float) -> str:
    y = height - _MARGIN
    entries = [
        ("line", "the authors state it"),
        ("hedged line", "they state it less than surely"),
        ("denied line", "they deny it or do not find it"),
        ("open line", "they leave it open"),
    ]
    parts = []
    for number, (kind, meaning) in enumerate(entries):
        x = _MARGIN + 260 * number
        parts.append(f'<path class="{kind}" d="M{x},{y - 4} h40"/>')
        parts.append(f'<text x="{x + 50}" y="{y}" style="text-anchor: start">{meaning}</text>')
    return "".join(parts)


if __name__ == "__main__":
    ontology = read_ontology()
    PICTURE.write_text(draw(read_curation(curation_folders()[0], ontology), ontology), encoding="utf-8")
    print(f"wrote {PICTURE}")
