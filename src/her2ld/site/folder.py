"""The files of the site in a folder that is whole: the one before, or the new one."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from her2ld.errors import ExportError, Problem
from her2ld.files.folders import made, replacing_folder, take_place
from her2ld.site.files import OTHER, File

# By this file a site of ours is known; it is checked with sha256sum -c.
DIGESTS = "files.sha256"
_SHOWN = 5


def write_site(folder: Path | str, files: Iterable[File]) -> Counter[str]:
    """Write the files into a folder that then takes the place of ``folder``; return how many there are of each kind.

    A folder that is there already is replaced if it is empty, or if all that is in it was written by this function.
    Raises ExportError for any other, for one that another process is writing, for a name that would lead out of the
    folder or stands twice, and where the folder cannot be written; then what was there is there still.
    """
    folder = Path(folder)
    check_place(folder)
    with replacing_folder(folder) as work:
        site = made(work.folder / "site")
        counts = _write(site, files)
        check_place(folder)  # somebody may have put a file there meanwhile
        take_place(site, work)
    return counts


def check_place(folder: Path) -> None:
    """Raise ExportError for a place that holds what this module did not write."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError([Problem(str(folder), "is a file", "give the name of a folder")])
    strange = sorted(_names_in(folder) - _names_written(folder))
    if strange:
        shown = ", ".join(strange[:_SHOWN]) + (f" and {len(strange) - _SHOWN:,} more" if len(strange) > _SHOWN else "")
        remedy = "give a folder of its own, which is replaced as a whole, and copy from there"
        raise ExportError([Problem(str(folder), f"holds files that are not of a site: {shown}", remedy)])


def _write(folder: Path, files: Iterable[File]) -> Counter[str]:
    counts: Counter[str] = Counter()
    digests: dict[str, str] = {}
    for file in files:
        _check_name(file.name, digests)
        _write_file(folder / file.name, file.content)
        digests[file.name] = hashlib.sha256(file.content).hexdigest()
        counts[file.kind] += 1
    lines = (f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    _write_file(folder / DIGESTS, "".join(lines).encode())
    counts[OTHER] += 1
    return counts


def _check_name(name: str, taken: dict[str, str]) -> None:
    parts = name.split("/")
    if not all(parts) or any(part in {".", ".."} or not part.isprintable() or "\\" in part for part in parts):
        remedy = "leave out what has that name"
        raise ExportError([Problem(repr(name), "cannot be the name of a file of the site", remedy)])
    if name in taken or name == DIGESTS:
        raise ExportError([Problem(name, "two files of the site would have that name", "rename one of the two things")])


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:  # a system that does not tell two names apart refuses the second one
        file.write(content)


def _names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}


def _names_written(folder: Path) -> set[str]:
    return {DIGESTS, *_read_digests(folder / DIGESTS)} if (folder / DIGESTS).is_file() else set()


def _read_digests(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield line.partition("  ")[2]
