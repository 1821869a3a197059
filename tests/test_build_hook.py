"""The build hook: gets the scripts of others as they should be, or says what to do and leaves nothing behind."""

import hashlib
import io
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from hatch_build import FOLDER, PACKAGES, File, Package, get, missing  # noqa: E402  # it lies beside pyproject.toml

sys.path.remove(str(ROOT))

CONTENT = b"what the package holds"
RIGHT = Package("made-up@1.0.0", (File("dist/it.js", "it.js", hashlib.sha256(CONTENT).hexdigest()),))


def npm(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    """Put a program called npm before others: it packs a file of that content, or fails."""
    program = "#!/bin/sh\necho 'npm error: no way there' >&2\nexit 1\n"
    if content is not None:
        with tarfile.open(folder / "made.tgz", "w:gz") as archive:
            member = tarfile.TarInfo("package/dist/it.js")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        program = f"#!/bin/sh\ncp {folder / 'made.tgz'} .\n"
    (folder / "npm").write_text(program)
    (folder / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_what_is_right_is_put_into_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm(tmp_path, monkeypatch, CONTENT)
    get(RIGHT, tmp_path / "vendor")
    assert {file.name: file.read_bytes() for file in (tmp_path / "vendor").iterdir()} == {"it.js": CONTENT}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "npm did not give it: npm error: no way there\n"), (b"another", "what npm gave is not what this version")],
)
def test_what_is_wrong_is_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, reason: str
) -> None:
    npm(tmp_path, monkeypatch, content)
    with pytest.raises(RuntimeError) as caught:
        get(RIGHT, tmp_path / "vendor")
    said = str(caught.value)
    assert said.startswith(f"made-up@1.0.0 is needed to build her2ld and cannot be had: {reason}")
    assert said.endswith(f"put these files of the package into place: package/dist/it.js as {FOLDER / 'it.js'}.")
    assert not (tmp_path / "vendor").exists()


def test_a_file_that_was_changed_is_missing(tmp_path: Path) -> None:
    assert missing(ROOT) == []
    assert missing(tmp_path) == list(PACKAGES)
    for package in PACKAGES:
        for file in package.files:
            place = tmp_path / FOLDER / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((ROOT / FOLDER / file.name).read_bytes())
    assert missing(tmp_path) == []
    place.write_bytes(b"cut")
    assert missing(tmp_path) == [PACKAGES[-1]]
