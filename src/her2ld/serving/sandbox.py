"""Restrict the processes of the server: they cannot outlive it, reach the network or start a program."""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

from her2ld.limits import confine

# prctl(2), seccomp(2): the operations, and the return values of a filter.
_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 1, 38, 22, 2
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000 | 1, 0x7FFF0000  # a refused call fails with EPERM
# The instructions of the filter (linux/bpf_common.h): load a word, jump if equal, jump if greater or equal, return.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_OTHER_CONVENTION = 0x40000000  # the first call number of x32 on x86_64, where each call has a second number
# For each machine: its number in audit.h, and the numbers of its calls socket, connect, ptrace, execve, execveat and
# io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 101, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 117, 221, 281, 425)),
}


def end_with_parent(parent: int) -> None:
    """Have the system kill this process when its parent ends for any reason (Linux only)."""
    if sys.platform == "linux":
        _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def enter_sandbox(memory: int, *, may_open: bool) -> None:
    """Deny this process what a query does not need: further memory, the network, programs and opening files.

    ``memory`` is the number of bytes that are allowed beyond those in use. ``may_open`` allows this process to open
    files, which a store on disk requires. Raises OSError if the system does not allow the restrictions. Where the
    system has no such filter (macOS), only the limits apply.
    """
    with contextlib.suppress(OSError):  # the system kills this process first if memory runs out
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    architecture, refused = _CALLS.get(platform.machine() if sys.platform == "linux" else "", (0, ()))
    if refused:
        _refuse_calls(architecture, refused)
    confine(memory, may_open=may_open)


def limit_processor_time(seconds: float) -> None:
    """Have the system end this process after about ``seconds`` more of processor time, if it has not ended before."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _refuse_calls(architecture: int, refused: tuple[int, ...]) -> None:
    """Install a filter of system calls for the rest of this process's life."""
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, len(refused) + 1, 0, _OTHER_CONVENTION),
        *((_IF_EQUAL, len(refused) - place, 0, number) for place, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    filtering = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(program)))
    _prctl(_SET_NO_NEW_PRIVILEGES, 1)
    _prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(filtering))


def _prctl(operation: int, *values: int) -> None:
    arguments = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    if ctypes.CDLL(None, use_errno=True).prctl(operation, *arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
