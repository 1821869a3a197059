"""The wheel holds all that is needed: built, installed into a clean environment, and put to its main job there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from her2ld.assets import PREFIX_MAP, QUERIES, ROOT, SHAPES, ontology_files
from her2ld.exports import FORMATS
from her2ld.pages import assets

PAGES = ROOT / "src" / "her2ld" / "pages"
pytestmark = pytest.mark.wheel


def run(*command: str | Path, folder: Path) -> str:
    """Run a command away from the checkout, with no say from the environment in where Python looks."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "HER2LD_"))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_the_wheel_does_the_main_job(tmp_path: Path) -> None:
    # The wheel is built from the source distribution, which holds all that the pages use of others.
    run(sys.executable, "-m", "build", "--outdir", tmp_path, ROOT, folder=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    travelling = [
        *ontology_files(),
        PREFIX_MAP,
        *(file for folder in (SHAPES, QUERIES) for file in folder.rglob("*") if file.is_file()),
        *(
            file
            for file in (ROOT / "curation").rglob("*")
            if file.name in {"paper.toml", "record.txt", "statements.toml"}
        ),
    ]
    assert not [name for name in names if name.endswith(("record.xml", "record.nbib"))]
    assert {f"her2ld/{file.relative_to(ROOT)}" for file in travelling} <= names
    assert {f"her2ld/pages/assets/{name}" for name in assets()} <= names
    assert {f"her2ld/pages/templates/{file.name}" for file in (PAGES / "templates").iterdir()} <= names
    assert not [name for name in names if {"tests", "docs"} & set(name.split("/"))]

    run(sys.executable, "-m", "venv", tmp_path / "clean", folder=tmp_path)
    python = tmp_path / "clean" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, folder=tmp_path)
    out = run(tmp_path / "clean" / "bin" / "her2ld", "export", "-o", "out", folder=tmp_path)
    assert "49 statements (9 hedged)" in out
    spelled = ("query", "term_for_identifier", "--p", "identifier=UniProtKB:P04626", "--to", "csv")
    assert "/HER2," in run(tmp_path / "clean" / "bin" / "her2ld", *spelled, folder=tmp_path)
    program = (
        "from her2ld import read_ontology; from her2ld.pages import *; from her2ld.query.prepared import shipped_store;"
        "print(len(assets()), render(read_knowledge(shipped_store(), read_ontology()), '', Links())[:15])"
    )
    assert run(python, "-c", program, folder=tmp_path) == f"{len(assets())} <!DOCTYPE html>\n"
    here = tmp_path / "here"
    run(sys.executable, "-m", "her2ld", "export", "-o", here, folder=tmp_path)
    for each in FORMATS.values():
        name = f"her2{each.suffix}"
        assert (tmp_path / "out" / name).read_bytes() == (here / name).read_bytes()
