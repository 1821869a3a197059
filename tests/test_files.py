"""Files and folders that are the old ones or the new ones: killed at every step, two at a time, on a full disk."""

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from her2ld.errors import ExportError, LoadError
from her2ld.exports import FORMATS, format_of
from her2ld.exports.kgx import KgxTables, write_kgx
from her2ld.files import folders, writing
from her2ld.files.folders import made, replacing_files, replacing_folder, scratch_folder, take_place
from her2ld.files.writing import file_beside, folder_beside, replacing, replacing_together
from her2ld.loading import Sources, load_folder
from her2ld.loading.bulk_files import check_files, write_files
from her2ld.loading.oxigraph_folder import check_folder
from her2ld.site.static_site import File, write_site
from tests.killing import NAMES, WRITERS, hidden, state, without_exchange

REMEDY = "Remedy: give a place that can be written, with room left."


def killed(writer: str, place: Path, *how: str) -> list[str]:
    """Return what readers find; done in a process that has no threads yet, which may be copied."""
    command = [sys.executable, "-m", "tests.killing", writer, str(place), *how]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("writer", "found"),
    [("file", ["new", "old"]), ("folder", ["new new", "old old"]), ("tables", ["new new", "old old"])],
)
def test_whoever_is_killed_at_any_line_leaves_the_old_or_the_new(writer: str, found: list[str], tmp_path: Path) -> None:
    assert killed(writer, tmp_path) == found


def test_files_that_belong_together_are_never_old_beside_new(tmp_path: Path) -> None:
    edges_letter_nodes = {tuple(line.split()) for line in killed("tables_among_others", tmp_path)}
    assert {letter for _, letter, _ in edges_letter_nodes} == {"mine"}
    assert {(edges, nodes) for edges, _, nodes in edges_letter_nodes} == {
        ("old", "old"), ("old", "missing"), ("missing", "missing"), ("missing", "new"), ("new", "new"),
    }  # fmt: skip


def test_a_folder_that_no_exchange_can_replace_is_put_back_by_the_next_who_writes(tmp_path: Path) -> None:
    assert killed("folder", tmp_path, "without-exchange") == ["missing missing", "new new", "old old"]


def test_what_was_taken_from_the_place_comes_back_before_the_work_begins(tmp_path: Path) -> None:
    left = tmp_path / ".site.0.part"
    (left / "before").mkdir(parents=True)
    (left / "before" / "a").write_text("old")
    with replacing_folder(tmp_path / "site"):
        assert state(tmp_path) == {"site/a": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("writer", ["file", "folder", "tables"])
def test_of_two_that_write_at_a_time_one_is_whole_and_the_other_says_so(writer: str, tmp_path: Path) -> None:
    """The second one begins and ends within the first."""
    WRITERS[writer](tmp_path, "old")
    before = state(tmp_path)

    @contextmanager
    def first() -> Iterator[None]:
        if writer == "file":
            with replacing(tmp_path / "out.ttl") as file:
                file.write(b"first")
                yield
        elif writer == "tables":
            with replacing_files(tmp_path / "tables", NAMES) as files:
                for each in files:
                    each.write(b"first")
                yield
        else:
            with replacing_folder(tmp_path / "site") as work:
                new = made(work.folder / "new")
                for name in ("a", "b"):
                    (new / name).write_text("first")
                yield
                take_place(new, work)

    with first():
        if writer == "file":
            WRITERS[writer](tmp_path, "second")
            assert set(state(tmp_path).values()) == {"second"}
        else:
            with pytest.raises(ExportError, match=r"is being written by another process\. Remedy: wait until"):
                WRITERS[writer](tmp_path, "second")
            assert state(tmp_path) == before
    assert state(tmp_path) == dict.fromkeys(before, "first")
    assert hidden(tmp_path) == []


def test_a_folder_that_another_process_made_meanwhile_is_not_replaced_unseen(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="site: was written by another process in the meantime"):
        write_while_another_does(tmp_path)
    assert set(state(tmp_path).values()) == {"second"}
    assert hidden(tmp_path) == []


def write_while_another_does(place: Path) -> None:
    with replacing_folder(place / "site", error=LoadError) as work:
        WRITERS["folder"](place, "second")
        take_place(made(work.folder / "new"), work)


def test_a_file_that_comes_while_two_that_belong_together_are_written_is_kept(tmp_path: Path) -> None:
    WRITERS["tables"](tmp_path, "old")
    with pytest.raises(ExportError, match="got another file while it was being written"):
        write_while_a_letter_comes(tmp_path / "tables")
    assert set(state(tmp_path).values()) == {"old", "mine"}


def write_while_a_letter_comes(folder: Path) -> None:
    with replacing_files(folder, NAMES):
        (folder / "letter.txt").write_text("mine")


@pytest.mark.parametrize("make", [file_beside, folder_beside])
def test_what_somebody_works_on_is_not_taken_for_left(make: object, tmp_path: Path) -> None:
    working = file_beside if make is file_beside else folder_beside
    with working(tmp_path / "out"), working(tmp_path / "out"):
        assert len(hidden(tmp_path)) == 2
    assert hidden(tmp_path) == []


def test_what_is_removed_before_it_is_locked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = writing._lock  # noqa: SLF001  # to come late
    taken: list[Path] = []

    def late(descriptor: int, *, wait: bool) -> bool | None:
        if wait and len(taken) < 2:
            (path,) = tmp_path.iterdir()
            taken.append(path)
            (path.rmdir if path.is_dir() else path.unlink)()
        return lock(descriptor, wait=wait)

    monkeypatch.setattr(writing, "_lock", late)
    with file_beside(tmp_path / "out") as (path, _):
        assert path.exists()
        assert path not in taken
    taken.clear()
    with folder_beside(tmp_path / "out") as path:
        assert path.exists()
        assert path not in taken


def test_where_the_file_system_has_no_locks_nothing_is_taken_for_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_lock", lambda _, **__: None)
    (tmp_path / ".out.ttl.0.part").touch()
    WRITERS["file"](tmp_path, "new")
    WRITERS["folder"](tmp_path, "new")
    WRITERS["folder"](tmp_path, "newer")
    assert hidden(tmp_path) == [".out.ttl.0.part"]


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, which breaks a write off in its middle as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_leaves_the_old(writer: str, tmp_path: Path) -> None:
    WRITERS[writer](tmp_path, "old")
    before = state(tmp_path)
    with full_disk(1000), pytest.raises(ExportError) as caught:
        WRITERS[writer](tmp_path, "new" * 1000)
    assert "cannot be written (File too large)" in str(caught.value)
    assert str(caught.value).endswith(REMEDY)
    assert state(tmp_path) == before
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("broken", range(1, 6))
def test_files_that_belong_together_come_back_where_a_name_cannot_be_changed(
    broken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two old ones go aside, two new ones come: each of the four fails in turn, and in the last round none."""
    WRITERS["tables_among_others"](tmp_path, "old")
    before = state(tmp_path)
    replace, calls = Path.replace, []

    def failing(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with suppress(ExportError):
        WRITERS["tables_among_others"](tmp_path, "new")
    is_written = broken == 5
    assert state(tmp_path) == {
        name: text.replace("old", "new") if is_written else text for name, text in before.items()
    }
    assert hidden(tmp_path) == []


def test_new_files_that_belong_together_are_none_where_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == "two":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(ExportError), replacing_together([tmp_path / "one", tmp_path / "two"]):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("where", "what"), [(".", "contains the working directory"), ("a", "contains the working directory")]
)
def test_the_folder_that_one_is_in_is_not_replaced(
    where: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / where)
    with pytest.raises(ExportError, match=what), replacing_folder(tmp_path):
        pass
    monkeypatch.chdir(tmp_path / "a")
    for text in ("old", "new"):
        with replacing_files(Path(), NAMES) as files:
            for each in files:
                each.write(text.encode())
    assert {path.name: path.read_text() for path in Path().iterdir()} == dict.fromkeys(NAMES, "new")


def test_a_mount_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda _: True)
    with pytest.raises(ExportError, match="is a mount point"), replacing_folder(tmp_path):
        pass


def test_a_store_is_replaced_in_one_step_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_exchange", without_exchange)
    (tmp_path / "store").mkdir()
    with (
        pytest.raises(LoadError, match=r"cannot exchange two folders \(two folders cannot be exchanged here\)"),
        replacing_folder(tmp_path / "store", error=LoadError, only_in_one_step=True),
    ):
        pass
    with replacing_folder(tmp_path / "new", error=LoadError, only_in_one_step=True) as work:
        take_place(made(work.folder / "new"), work)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "store"]


def test_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    for name in ("out.ttl", "site"):
        (tmp_path / name).symlink_to(tmp_path / "real" / name)
    for writer in ("file", "folder"):
        WRITERS[writer](tmp_path, "old")
        WRITERS[writer](tmp_path, "new")
    assert (tmp_path / "out.ttl").is_symlink()
    assert (tmp_path / "site").is_symlink()
    assert set(state(tmp_path / "real").values()) == {"new"}


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    (tmp_path / "folder.ttl").mkdir()
    for name, what in (("pipe.ttl", "is not a regular file"), ("folder.ttl", "is a folder")):
        remedy = "give the name of a file"
        with pytest.raises(ExportError, match=rf"{name}: {what}\. Remedy: {remedy}"), replacing(tmp_path / name):
            pass
    assert (tmp_path / "pipe.ttl").is_fifo()


@given(name=st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=60))
def test_a_file_may_have_any_name(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("names")
    name = name if name.strip(".") else "x"
    for text in (b"old", b"new"):
        with replacing(str(folder / name)) as file:
            file.write(text)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {name: b"new"}


KILLED_WHILE_IT_EXPORTS = """
import os, signal, sys
from pathlib import Path
from her2ld.cli import main
kill, number = os.kill, os.getpid()
os.getpid = lambda: 1
if sys.argv.pop(1) == "killed":
    Path.replace = lambda *_: kill(number, signal.SIGKILL)
main()
"""


def test_an_export_that_was_killed_in_a_container_works_again(tmp_path: Path) -> None:
    """The number of its process is that of the one before."""
    export = ["export", "-o", str(tmp_path / "her2.obo")]
    for how, status in (("killed", -signal.SIGKILL), ("whole", 0)):
        command = [sys.executable, "-c", KILLED_WHILE_IT_EXPORTS, how, *export]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == status, done.stderr
        assert len(list(tmp_path.iterdir())) == 1
    assert (tmp_path / "her2.obo").is_file()


def test_places_may_be_given_as_text(tmp_path: Path) -> None:
    quad = Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"))
    folder = str(tmp_path)
    assert all(path.is_file() for path in write_kgx(KgxTables((), (), 0, 0), f"{folder}/tables"))
    assert write_site(f"{folder}/site", [File("index.html", "page", b"")]) == {"page": 1, "other": 1}
    assert load_folder(f"{folder}/store", Sources((quad,))).verified
    assert check_folder(f"{folder}/store", Sources((quad,))).verified
    assert write_files(f"{folder}/files", Sources((quad,))).verified
    assert check_files(f"{folder}/files", Sources((quad,))).verified
    assert format_of("her2.TTL") == FORMATS["turtle"]


def test_a_long_name_is_no_longer_beside(tmp_path: Path) -> None:
    longest = "é" * 127
    with replacing(tmp_path / longest) as file:
        file.write(b"new")
    assert [path.name for path in tmp_path.iterdir()] == [longest]


def test_parts_lie_beside_their_file_and_go(tmp_path: Path) -> None:
    with (
        scratch_folder(str(tmp_path / "new" / "out.nq")) as one,
        scratch_folder(str(tmp_path / "new" / "out.nq")) as two,
    ):
        assert one != two
        assert {Path(one).parent, Path(two).parent} == {tmp_path / "new"}
        (Path(one) / "part").touch()
    assert list((tmp_path / "new").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="Not a directory"), scratch_folder(str(tmp_path / "file" / "out.nq")):
        pass
