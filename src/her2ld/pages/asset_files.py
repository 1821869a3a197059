"""The styles, scripts and pictures of the pages: ours, and those of others that the build puts beside them."""

from pathlib import Path

_FOLDER = Path(__file__).with_name("assets")


def assets() -> dict[str, Path]:
    """Return the files that pages need, by the name that follows ``assets/`` in their address, sorted.

    >>> "pages.css" in assets()
    True
    """
    files = sorted(path for path in _FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(_FOLDER).as_posix(): path for path in files}
