"""Verifying the signatures of a PDF in a child process with bounds on time, memory and size."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from selaras.core.issuing.inspection import Inspection, Problem, TrustedRoot, inspection_of
from selaras.documents.read.limits import MIB, Limits, size_of

LIMITS = Limits(size=60 * MIB, seconds=90, memory=1536 * MIB)
SLOWER = 2.0
"""Wall-clock time for each second of processor time, because other work may run beside."""
STARTING = 10.0
COMMAND = "from selaras.documents.pades.verify_child import main; main()"


def inspect_file(
    path: Path, roots: Iterable[TrustedRoot], now: datetime, *, name: str = "", limits: Limits = LIMITS
) -> Inspection:
    """What is found in a file. Nothing outside is asked: neither a time-stamp nor a list of revoked certificates.

    `now` is the time for which certificates are judged where no proven time-stamp says another one. A file that is
    no PDF, broken, locked, or beyond the limits gives an answer that says so. Raises CannotRun only where the file
    cannot be opened at all.
    """
    size = size_of(path)
    bare = Inspection(name or path.name, "", size)
    if size > limits.size:
        return _problem(bare, Problem.TOO_LARGE, f"paling besar {limits.size // MIB} MB")
    order: dict[str, object] = {
        "path": str(path.resolve()), "name": name or path.name, "moment": now.isoformat(), "limits": asdict(limits),
        "roots": [asdict(root) for root in roots],
    }  # fmt: skip
    answer, status = _asked(order, limits.seconds * SLOWER + STARTING)
    if status is None:
        return _problem(_hashed(bare, path), Problem.TOO_SLOW)
    if status != 0:
        slow = status in (-24, -14)  # SIGXCPU, SIGALRM
        return _problem(_hashed(bare, path), Problem.TOO_SLOW if slow else Problem.BROKEN, f"status {status}")
    try:
        return inspection_of(json.loads(answer))
    except (ValueError, TypeError, KeyError) as error:
        return _problem(_hashed(bare, path), Problem.BROKEN, str(error)[:120])


def _asked(order: dict[str, object], seconds: float) -> tuple[bytes, int | None]:
    """The answer of the child and its status; None where it took too long."""
    command = [sys.executable, "-P", "-c", COMMAND]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        try:
            answer, _ = child.communicate(json.dumps(order).encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            return b"", None
        finally:
            if child.poll() is None:
                child.kill()
    return answer, child.returncode


def _hashed(bare: Inspection, path: Path) -> Inspection:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Inspection(bare.name, sha256, bare.size)


def _problem(bare: Inspection, problem: Problem, note: str = "") -> Inspection:
    return Inspection(bare.name, bare.sha256, bare.size, problem, note)
