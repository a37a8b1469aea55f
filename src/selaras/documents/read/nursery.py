"""A small process that has the readers loaded and forks one bounded child for each file: for folders of many reports.

Starting Python and loading the readers costs more than reading a short report. The nursery does it once; each file still
has a child of its own, with the bounds of `child.bound`, which alone dies of a hostile file. The nursery itself never
looks into a file. It ends, and its children with it, when the process that started it ends, however that ends.
Needs `fork` and sockets that keep messages apart (Linux); elsewhere `started` gives None and every file starts its own Python.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path

from selaras.documents.read.child import answered
from selaras.documents.read.limits import Limits

LARGEST_ORDER = 64 * 1024
NUMBER = struct.Struct("=i")
ANSWER = 3
"""The only open file of a child besides the standard ones: where it answers."""
MOST_FILES = 4096
"""File numbers that a child may have inherited, all of which it closes."""
BLOCK = 1 << 20
LEAVING = 5.0
"""Seconds that a nursery has to end by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child wrote, and its status as `subprocess` gives it; None if it was ended because its time was over."""

    content: bytes
    status: int | None


class Nursery:
    """The client's side: asks for a child for each order. Several threads may ask at once."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._process, self._control, self._closed = process, control, False

    def ask(self, order: dict[str, object], *, seconds: float) -> Answer | None:
        """What a new child answers to an order within so many seconds; None if the nursery died before its time."""
        return self._asked(order, time.monotonic() + seconds) or (
            Answer(b"", -signal.SIGTERM) if self._closed else None
        )

    def _asked(self, order: dict[str, object], end: float) -> Answer | None:
        with contextlib.ExitStack() as opened:
            answer, theirs = _pipe(opened)
            told, telling = _pipe(opened)
            try:
                socket.send_fds(self._control, [json.dumps(order).encode()], [theirs.fileno(), telling.fileno()])
            except OSError:
                return None
            theirs.close()
            telling.close()
            return self._heard(answer.fileno(), told.fileno(), end)

    def _heard(self, answer: int, told: int, end: float) -> Answer | None:
        number = _received(told, end, NUMBER.size)
        if number is not None and len(number) < NUMBER.size:
            return None
        content = _received(answer, end) if number is not None else None
        status = _received(told, end, NUMBER.size) if content is not None else None
        if number is None or content is None or status is None:
            if number is not None:
                with contextlib.suppress(OSError):
                    self._control.send(number)  # a message without files says which child has to end
            return Answer(b"", None)
        return Answer(content, NUMBER.unpack(status)[0]) if len(status) == NUMBER.size else None

    def close(self) -> None:
        """End the nursery and every child that it still has."""
        self._closed = True
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        try:
            self._process.wait(LEAVING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextlib.contextmanager
def started() -> Iterator[Nursery | None]:
    """A nursery for as long as the block runs; None where the system has none."""
    if not (hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform == "linux"):
        yield None
        return
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-P", "-c", "from selaras.documents.read.nursery import main; main()"]
    with theirs:
        process = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    nursery = Nursery(process, ours)
    try:
        yield nursery
    finally:
        nursery.close()


def _pipe(opened: contextlib.ExitStack) -> tuple[FileIO, FileIO]:
    """The reading and the writing end of a new pipe, both closed with the block at the latest."""
    ends = os.pipe()
    return opened.enter_context(FileIO(ends[0], "rb")), opened.enter_context(FileIO(ends[1], "wb"))


def _received(source: int, end: float, most: int = sys.maxsize) -> bytes | None:
    """What comes until the other side closes, or until there is so much; None if that takes too long."""
    parts: list[bytes] = []
    size = 0
    ready = select.poll()
    ready.register(source, select.POLLIN)
    while size < most:
        left = end - time.monotonic()
        if left <= 0 or not ready.poll(left * 1000):
            return None
        part = os.read(source, min(BLOCK, most - size))
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def main() -> None:
    """Load the readers, then fork a child for each order that comes over standard input, until that closes."""
    from selaras.documents.read import docx, html, pdf, pictures, text, xlsx  # noqa: F401 - what the children need

    gc.collect()
    gc.freeze()  # so that collecting garbage in a child does not copy what it shares with all others
    _Keeper(socket.socket(fileno=os.dup(0))).run()


class _Keeper:
    """The nursery's own side: forks, buries, and tells how a child ended."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.telling: dict[int, int] = {}

    def run(self) -> None:
        """Serve orders until the client is gone; then no child is left behind."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the client decides what an interrupt ends
        woken, waking = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(waking, False)
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _noticed)
        while True:
            ready, _, _ = select.select([self.control.fileno(), woken], [], [])
            if woken in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(woken, BLOCK)
            self._bury()
            if self.control.fileno() in ready and not self._serve():
                break
        for child in self.telling:
            os.kill(child, signal.SIGKILL)
        while self.telling:
            self._bury(os.waitpid(-1, 0))

    def _serve(self) -> bool:
        """One message: an order with two files, or the number of a child to end. False when there will be no more."""
        try:
            message, files, _, _ = socket.recv_fds(self.control, LARGEST_ORDER, 2)
        except OSError:
            return False
        if not message:
            return False
        if len(files) == 2:
            self._fork(message, *files)
        elif (child := NUMBER.unpack(message)[0]) in self.telling:
            os.kill(child, signal.SIGKILL)
        return True

    def _fork(self, order: bytes, answer: int, telling: int) -> None:
        try:
            child = os.fork()
        except OSError:  # the client hears that nobody came, and starts a Python of its own
            os.close(answer)
            os.close(telling)
            return
        if child == 0:
            try:
                _born(order, answer)
            finally:
                os._exit(1)  # only reached when even the answer of the last resort failed
        os.close(answer)
        self.telling[child] = telling
        _tell(telling, child)

    def _bury(self, found: tuple[int, int] | None = None) -> None:
        """Tell how every child ended that has ended."""
        while self.telling:
            child, status = found or os.waitpid(-1, os.WNOHANG)
            found = None
            if not child:
                return
            telling = self.telling.pop(child)
            _tell(telling, os.waitstatus_to_exitcode(status))
            os.close(telling)


def _noticed(number: int, frame: object) -> None:
    """Wakes the loop: a handler of Python's own must stand for the signal to be written to the pipe."""


def _tell(telling: int, number: int) -> None:
    with contextlib.suppress(BrokenPipeError):  # the client waits no more
        os.write(telling, NUMBER.pack(number))


def _born(order: bytes, answer: int) -> None:
    """In the child: keep nothing of the nursery but its memory, read, answer, end."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    kept = os.dup2(answer, ANSWER) if answer != ANSWER else answer
    os.closerange(ANSWER + 1, MOST_FILES)
    wanted = json.loads(order)
    limits = Limits(**wanted["limits"])
    written = answered(wanted, replace(limits, memory=limits.memory + _held()))
    with os.fdopen(kept, "wb") as out:
        out.write(written)
    os._exit(0)


def _held() -> int:
    """Bytes of address space that the nursery has taken and every child inherits; 0 where the system does not say."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if told.exists() else 0
