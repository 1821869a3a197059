"""Apache httpd on loopback, as w3id.org runs it: a folder with a .htaccess for each project."""

import contextlib
import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_MODULES = Path("/usr/lib/apache2/modules")
_CONFIGURATION = """
ServerRoot "{folder}"
ServerName localhost
Listen 127.0.0.1:{port}
PidFile "{folder}/pid"
TypesConfig /dev/null
ErrorLog "{folder}/error.log"
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot "{folder}/documents"
<Directory "{folder}/documents">
    AllowOverride All
</Directory>
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered: its status, and the headers that lead on."""

    status: int
    location: str | None
    vary: str | None


@dataclass(frozen=True, slots=True)
class Apache:
    """A server that runs."""

    port: int

    def get(self, path: str, accept: str | None) -> Answer:
        """Ask for a path, written as it goes over the line; without an Accept header for None."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", path, headers={} if accept is None else {"Accept": accept})
            answer = connection.getresponse()
            answer.read()
            return Answer(answer.status, answer.getheader("Location"), answer.getheader("Vary"))


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Apache]:
    """Run Apache with ``folder``/documents until the block ends; skips the test where there is no Apache."""
    program = shutil.which("apache2", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None or not (_MODULES / "mod_rewrite.so").exists():
        pytest.skip("Apache is missing: run .ci/apache, or apt-get install apache2")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = folder / "httpd.conf"
    file.write_text(_CONFIGURATION.format(folder=folder, port=port, modules=_MODULES), encoding="utf-8")
    process = subprocess.Popen([program, "-X", "-d", folder, "-f", file], stderr=subprocess.PIPE)
    try:
        _wait(process, port)
        yield Apache(port)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"Apache did not start: {process.communicate()[1].decode()}")
        time.sleep(0.02)
