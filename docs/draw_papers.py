"""Draws docs/papers.svg: what thirty papers say, as a picture of one look.

    python docs/draw_papers.py

Each paper is a row: its year, its title, and a bar of its statements by how the paper stands to them.
"""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from her2ld import Curation, curation_folders, read_curation, read_ontology
from her2ld.assets import ROOT
from her2ld.statements import Statement
from her2ld.statements.plain import affirms, is_hedged
from her2ld.vocabulary import statement_model as model

PICTURE = Path(__file__).with_name("papers.svg")

# All lengths are in SVG user units.
_ROW, _MARGIN, _BAR_START, _ONE, _BAR, _LEGEND = 24, 16, 640, 11, 14, 40
_CHARACTERS = 84

_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1b1f24; }
  .year, .count { fill: #55636a; }
  .certain { fill: #33567d; }
  .hedged { fill: #d98a4a; }
  .denied { fill: #9b1230; }
  .open { fill: #c9cfd3; }
"""
_KINDS = (
    ("certain", "affirmed"),
    ("hedged", "affirmed, less than surely"),
    ("denied", "denied or not found"),
    ("open", "left open"),
)


def draw(curations: Iterable[Curation]) -> str:
    """Return the picture of the curations as SVG, the earliest paper first, and of one year the one that says most."""
    papers = sorted(curations, key=lambda each: (each.record.citation.year or "", -len(each.statements)))
    longest = max(len(each.statements) for each in papers)
    width = _BAR_START + _ONE * longest + 4 * _MARGIN
    height = 2 * _MARGIN + _ROW * len(papers) + _LEGEND
    rows = "".join(_row(paper, _MARGIN + _ROW * place) for place, paper in enumerate(papers))
    total = sum(len(each.statements) for each in papers)
    title = f"What {len(papers)} papers say of HER2: {total} statements and knowledge gaps"
    box = f'viewBox="0 0 {width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{escape(title)}">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n{rows}{_legend(height)}</svg>\n'
    )


def _row(paper: Curation, y: int) -> str:
    title = paper.record.title.rstrip(".")
    shown = title if len(title) <= _CHARACTERS else title[: _CHARACTERS - 1].rsplit(" ", 1)[0] + " …"
    counts = {kind: sum(_kind(each) == kind for each in paper.statements) for kind, _ in _KINDS}
    x = _BAR_START
    bars = []
    for kind, count in counts.items():
        if count:
            bars.append(f'<rect class="{kind}" x="{x}" y="{y + 3}" width="{_ONE * count - 1}" height="{_BAR}"/>')
            x += _ONE * count
    baseline = y + _BAR
    return (
        f'<text class="year" x="{_MARGIN}" y="{baseline}">{paper.record.citation.year}</text>'
        f'<text x="{_MARGIN + 42}" y="{baseline}">{escape(shown)}</text>{"".join(bars)}'
        f'<text class="count" x="{x + 5}" y="{baseline}">{len(paper.statements)}</text>\n'
    )


def _kind(statement: Statement) -> str:
    if statement.is_gap or statement.one(model.BASIS) == model.INVESTIGATED:
        return "open"
    if not affirms(statement):
        return "denied"
    return "hedged" if is_hedged(statement) else "certain"


def _legend(height: int) -> str:
    y = height - _MARGIN
    parts = []
    for place, (kind, words) in enumerate(_KINDS):
        x = _MARGIN + 42 + 210 * place
        parts.append(f'<rect class="{kind}" x="{x}" y="{y - 11}" width="14" height="{_BAR}"/>')
        parts.append(f'<text x="{x + 22}" y="{y}">{words}</text>')
    return "".join(parts) + "\n"


if __name__ == "__main__":
    ontology = read_ontology()
    folders = curation_folders(ROOT / "curation")
    PICTURE.write_text(draw(read_curation(folder, ontology) for folder in folders), encoding="utf-8")
