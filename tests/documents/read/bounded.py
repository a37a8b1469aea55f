"""One damaged file read in a forked child with the bounds of the real one: what came of it, how long, how much memory."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from selaras.core.errors import Refusal
from selaras.core.source import Reading
from selaras.documents.read import docx, html, pdf, pdf_order, text, xlsx
from selaras.documents.read.child import bound
from selaras.documents.read.forms import read_form

READERS = (docx, html, pdf, pdf_order, text, xlsx)  # loaded before the fork, so that each file costs little
GRACE = 3.0


@dataclass(frozen=True)
class Outcome:
    """`kind` is answer, refusal, memory, depth, slow, or crash; `said` is the message or the error."""

    kind: str
    said: str
    seconds: float
    peak: int

    @property
    def bearable(self):
        """The parent turns all but a crash into an answer or a refusal in clear words."""
        return self.kind != "crash"


def tried(path, limits):
    """Read `path` in a child within `limits`, which count from what this process holds already: a fork inherits all of it."""
    sys.stdout.flush()
    reader, writer = os.pipe()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            bound(replace(limits, memory=limits.memory + _address_space()))
            os.write(writer, _said(path, limits).encode("utf-8", "replace")[:4000])
        finally:
            os._exit(0)
    os.close(writer)
    return _waited(child, reader, limits, held)


def _address_space():
    """How many bytes of address space this process has taken; 0 where the system does not say."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if told.exists() else 0


def _said(path, limits):
    try:
        result = read_form(path, limits)
    except MemoryError:
        return "memory:"
    except RecursionError:
        return "depth:"
    except Refusal as refusal:
        clear = (
            refusal.faults
            and all(fault.message and fault.remedy for fault in refusal.faults)
            and path.name in str(refusal)
        )
        return f"{'refusal' if clear else 'crash'}:{refusal}"
    except BaseException as error:  # noqa: BLE001 - this is what is looked for
        at = error.__traceback__
        while at.tb_next:
            at = at.tb_next
        return f"crash:{type(error).__name__}: {error} ({Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno})"
    return "answer:" if isinstance(result, Reading) else f"crash:{type(result).__name__}"


def _waited(child, reader, limits, held):
    started, status = time.monotonic(), None
    while time.monotonic() - started < limits.seconds + GRACE:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.001)
    else:
        os.kill(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
    said = os.read(reader, 4000).decode("utf-8", "replace")
    os.close(reader)
    kind, _, words = said.partition(":")
    if os.WIFSIGNALED(status):
        ended = os.WTERMSIG(status)
        kind, words = _ended_by(ended, usage.ru_maxrss * 1024 - held, limits)
    return Outcome(kind or "crash", words, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _ended_by(ended, grown, limits):
    """What the signal that ended a child says. The PDF library aborts when it is denied memory; the parent refuses such a file."""
    if ended in (signal.SIGXCPU, signal.SIGKILL):
        return "slow", ""
    if ended in {signal.SIGABRT, signal.SIGSEGV} and grown > 0.5 * limits.memory:
        return "memory", signal.Signals(ended).name
    return "crash", signal.Signals(ended).name
