"""Records of PubMed on a real Dask cluster, with workers that die, and from and to URLs."""

import gzip
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from distributed import LocalCluster

import her2ld.cli.export_records
from her2ld.exports.record_parts import Part
from tests.test_cli import run

FILES, RECORDS = 30, 199
RECORD = "PMID- {pmid}\nTI  - A paper\nAB  - Trastuzumab binds HER2 in {pmid} ways.\nFAU - Doe, Jane\nAU  - Doe J\n\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Make a folder of many files with records that were made up for this test."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for number in range(FILES):
        records = (RECORD.format(pmid=number * 1_000 + place) for place in range(1, RECORDS + 1))
        (folder / f"{number:02}.nbib").write_text("".join(records), encoding="utf-8")
    return folder


@pytest.fixture
def dask_cluster() -> Iterator[LocalCluster]:
    """Start a scheduler and three workers, each a process."""
    make: Any = LocalCluster  # it has no types
    with make(n_workers=3, threads_per_worker=1, dashboard_address=None) as started:
        yield started


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    sources: Path, tmp_path: Path, dask_cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    killed: list[int] = []
    began = threading.Event()

    def kill_one() -> None:
        began.wait()
        worker = next(iter(dask_cluster.workers.values()))
        killed.append(worker.pid)
        os.kill(worker.pid, signal.SIGKILL)

    original = her2ld.cli.export_records._removed_when_read  # noqa: SLF001  # it sees each part when it is done

    def counting(parts: Iterable[Part]) -> Iterator[Part]:
        for part in original(parts):
            done.append(part.records)
            began.set()
            yield part

    monkeypatch.setattr(her2ld.cli.export_records, "_removed_when_read", counting)
    killer = threading.Thread(target=kill_one)
    killer.start()
    url = f"file://{tmp_path}/on-cluster.nq.gz"
    try:
        status, _, err = run("export", str(sources), "-o", url, "--dask", dask_cluster.scheduler_address)
    finally:
        began.set()  # it waits no longer, whatever happened
        killer.join()
    assert (status, len(killed), sum(done)) == (0, 1, FILES * RECORDS), err
    assert run("export", str(sources), "-o", str(tmp_path / "here.nq.gz"))[0] == 0
    assert (tmp_path / "on-cluster.nq.gz").read_bytes() == (tmp_path / "here.nq.gz").read_bytes()
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_no_scheduler_and_no_shared_place(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.exports.record_files._SECONDS_TO_CONNECT", 0.2)
    status, _, err = run("export", str(sources), "-o", str(tmp_path / "a.nq"), "--dask", "tcp://127.0.0.1:9")
    assert (status, "no Dask scheduler answers there" in err) == (2, True), err
    status, _, err = run("export", str(sources), "--dask", "tcp://127.0.0.1:9")
    assert (status, "do not share the standard streams" in err) == (2, True), err
    assert not (tmp_path / "a.nq").exists()


def test_from_a_url_to_a_url(sources: Path, tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    try:
        memory.put(str(sources), "/records", recursive=True)
        assert run("export", "memory://records", "-o", "memory://out/her2.nq.gz")[0] == 0
        assert run("export", "memory://records/*.nbib", "-o", "memory://out/her2.nq")[0] == 0
        assert run("export", str(sources), "-o", str(tmp_path / "here.nq"))[0] == 0
        plain = memory.cat("/out/her2.nq")
        assert plain == (tmp_path / "here.nq").read_bytes() == gzip.decompress(memory.cat("/out/her2.nq.gz"))
        assert sorted(memory.ls("/out", detail=False)) == ["/out/her2.nq", "/out/her2.nq.gz"]
        status, _, err = run("export", "memory://none", "-o", str(tmp_path / "none.nq"))
        assert (status, "is not a file or a folder" in err) == (2, True)
    finally:
        memory.store.clear()
