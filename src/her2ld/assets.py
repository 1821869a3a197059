"""Where the files that travel with the package lie: ontology/, shapes/, queries/, curation/.

In a wheel they lie inside the package; in a checkout (and so in an editable install) beside ``src/``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent
ROOT = _PACKAGE if (_PACKAGE / "ontology").is_dir() else _CHECKOUT

ONTOLOGY = ROOT / "ontology" / "her2.ttl"
SHAPES = ROOT / "shapes"
QUERIES = ROOT / "queries"
CURATION = ROOT / "curation"


def curation_folders(root: Path = CURATION) -> tuple[Path, ...]:
    """Give the curation folders below ``root``, sorted by name: those that hold a ``statements.toml``.

    >>> [folder.name for folder in curation_folders()]
    ['10.1007_BF02967477']
    """
    return tuple(sorted(file.parent for file in root.glob("*/statements.toml")))
