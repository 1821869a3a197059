"""The paths of the files that come with the package: ontology/, shapes/, queries/, curation/.

In a wheel, they are inside the package; in a checkout (and so in an editable install), beside ``src/``.
"""

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent
ROOT = _PACKAGE if (_PACKAGE / "ontology").is_dir() else _CHECKOUT

ONTOLOGY = ROOT / "ontology" / "her2.ttl"
MODEL_NAMES = ("statements.ttl", "records.ttl")
PREFIX_MAP = ROOT / "ontology" / "prefix_map.json"
SHAPES = ROOT / "shapes"
QUERIES = ROOT / "queries"

SHAPE_FILES = tuple(
    SHAPES / f"{name}.ttl" for name in ("ontology", "record", "result", "standing", "statement", "words", "comparison")
)
META_SHAPES = SHAPES / "meta.ttl"
CURATION_FILES = ("paper.toml", "record.txt", "record.xml", "record.nbib", "statements.toml")


def is_installed_copy() -> bool:
    """Tell whether these files are a copy within an installed package, rather than those of a checkout."""
    return ROOT == _PACKAGE


def ontology_files(ontology: Path = ONTOLOGY) -> tuple[Path, ...]:
    """Return the path of an ontology, with those of its statement model and record model.

    The models are in the folder of the ontology, or else in the package.

    >>> [file.name for file in ontology_files()]
    ['her2.ttl', 'statements.ttl', 'records.ttl']
    """
    beside = (ontology.parent / name for name in MODEL_NAMES)
    return ontology, *(file if file.is_file() else ONTOLOGY.parent / file.name for file in beside)


def curation() -> Path:
    """Return the folder that contains the default curation folders.

    It comes with the package, unless the environment variable HER2LD_CURATION names another.
    """
    return Path(os.environ.get("HER2LD_CURATION") or ROOT / "curation")


def curation_folders(root: Path | str | None = None) -> tuple[Path, ...]:
    """Return the curation folders below ``root``, sorted by name: those with a record or a ``statements.toml``.

    Without ``root``, they are the default ones.

    >>> "10.1007_BF02967477" in [folder.name for folder in curation_folders()]
    True
    """
    place = Path(root) if root else curation()
    return tuple(sorted({file.parent for name in CURATION_FILES for file in place.glob(f"*/{name}")}))


def folders_at(place: Path) -> tuple[Path, ...]:
    """Return a folder itself if it is a curation folder, or else the curation folders below it.

    >>> folders_at(curation_folders()[0]) == curation_folders()[:1]
    True
    """
    is_one = any((place / name).exists() for name in CURATION_FILES)
    return (place,) if is_one else curation_folders(place)
