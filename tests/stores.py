"""Triple stores on loopback, started for the tests: Virtuoso, the server of Oxigraph, and Jena's TDB2."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_SECONDS_TO_START = 60
_JARS = Path("/usr/share/java")
_JENA = (
    "jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-dboe-base", "jena-dboe-index", "jena-dboe-storage",
    "jena-dboe-trans-data", "jena-dboe-transaction", "jena-iri", "jena-rdfconnection", "jena-shacl", "jena-shex",
    "jena-tdb", "jena-tdb2", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io",
    "commons-lang3", "dexx.collection", "gson", "guava", "jackson-annotations", "jackson-core", "jackson-databind",
    "jsonld-java", "protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld",
)  # fmt: skip
_QUICK_JAVA = ("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
_MISPLACED = "org/apache/jena/ext/xerces/"
# A query has 400 MB unless the settings say otherwise; the planning of adverse_events may take more (docs/queries.md).
_VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
CaseMode = 2
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
MaxMemPoolSize = 1600000000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


def needed(is_there: bool, what: str) -> None:  # noqa: FBT001
    """Skip a test whose store is not installed; where CI runs, all of them are."""
    if not is_there and "CI" not in os.environ:
        pytest.skip(f"{what} is not installed: .ci/stores installs it")


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Start Virtuoso with a new database in the folder, and give its address. Its user is dba, the password dba."""
    needed(shutil.which("virtuoso-t") is not None, "Virtuoso (virtuoso-opensource-7)")
    port = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(port=port, sql_port=free_port()), encoding="utf-8")
    with started(
        ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], folder, f"http://127.0.0.1:{port}/sparql"
    ):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Start the server of Oxigraph with a new store in the folder, and give its address."""
    program = Path(sys.executable).with_name("oxigraph")  # where pip puts it, on PATH or not
    needed(program.exists(), "Oxigraph's server (pip install oxigraph)")
    bind = f"127.0.0.1:{free_port()}"
    with started([str(program), "serve", "--location", "store", "--bind", bind], folder, f"http://{bind}/"):
        yield f"http://{bind}"


@contextlib.contextmanager
def started(command: list[str], folder: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end of the block, once it answers at the address."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + _SECONDS_TO_START
        while not _answers(address):
            assert process.poll() is None, (folder / "output").read_text(errors="replace")
            assert time.monotonic() < deadline, f"{command[0]} does not answer"
            time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  # an address of loopback
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


class Jena:
    """Jena's commands for TDB2, from Debian's jars.

    Debian's jena-core looks for the messages of its copy of Xerces at ``xerces/``, and has them at
    ``org/apache/jena/ext/xerces/``: without a copy in the first place, every command ends with "internal error".
    """

    def __init__(self, folder: Path) -> None:
        """Put the messages where they are looked for."""
        needed((_JARS / "jena-tdb2.jar").exists() and shutil.which("java") is not None, "Jena (libapache-jena-java)")
        messages = folder / "messages.jar"
        with zipfile.ZipFile(_JARS / "jena-core.jar") as jar, zipfile.ZipFile(messages, "w") as copies:
            for name in jar.namelist():
                if name.startswith(_MISPLACED) and name.endswith(".properties"):
                    copies.writestr("xerces/" + name.removeprefix(_MISPLACED), jar.read(name))
        self._path = os.pathsep.join(map(str, (messages, *(_JARS / f"{name}.jar" for name in _JENA))))
        self._classes = folder / "classes.jsa"
        self.store = folder / "tdb2"

    def run(self, command: str, *arguments: str) -> bytes:
        """Run a command of TDB2 on the store, and give what it prints.

        The first command keeps the classes that it loads, so that the others start in half the time.
        """
        keeping = "SharedArchiveFile" if self._classes.exists() else "ArchiveClassesAtExit"
        machine = ["java", *_QUICK_JAVA, f"-XX:{keeping}={self._classes}", "-cp", self._path]
        done = subprocess.run(
            [*machine, f"tdb2.{command}", "--loc", str(self.store), *arguments], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout
