"""Reading in a child process with bounds on time, memory and size: a hostile file ends in a refusal, never in a hang or crash."""

from __future__ import annotations

import json
import pickle
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.source import Reading
from selaras.documents.read.child import Refused
from selaras.documents.read.limits import DEFAULT, Limits, refuse, size_of, too_much
from selaras.documents.read.nursery import Answer, Nursery

SLOWER = 2.0
"""Wall-clock time allowed for each second of processor time, because other work may run beside."""

RECOGNISING = 5
"""So many times more time is allowed where letters are recognised in pictures."""

STARTING = 10.0
TRY_PART = "Coba simpan ulang berkasnya, atau bagi menjadi beberapa berkas yang lebih kecil."


def read(path: Path, *, limits: Limits = DEFAULT, ocr: bool = False, nursery: Nursery | None = None) -> Reading:
    """Read a PDF, DOCX, XLSX, HTML or text file, told by its content.

    The work is done by a child process within `limits`, which is born in `nursery` if there is one. With `ocr`, pages of a
    PDF that are only a picture are read by letter recognition, if that program is installed. Raises CannotRun or Refusal in
    Indonesian, with the file's name and a remedy, for files that are missing, broken, encrypted, of another form, or beyond
    the limits.
    """
    if ocr:
        from selaras.documents.read.pdf_ocr import require

        require(Path(path).name)
        limits = replace(limits, seconds=RECOGNISING * limits.seconds)
    result = _in_child(Path(path), limits, nursery, ocr=int(ocr))
    if not isinstance(result, Reading):
        refuse(Path(path).name, "Jawaban pembaca tidak dikenal", TRY_PART)
    return result


def pictures(path: Path, *, most: int, limits: Limits = DEFAULT) -> tuple[bytes, ...]:
    """The first `most` pages of a PDF as JPEG, drawn by a child process within `limits`. Raises as `read` does."""
    result = _in_child(Path(path), limits, None, pictures=most)
    if not (isinstance(result, tuple) and all(isinstance(picture, bytes) for picture in result)):
        refuse(Path(path).name, "Jawaban pembaca tidak dikenal", TRY_PART)
    return result


def _in_child(path: Path, limits: Limits, nursery: Nursery | None, **work: int) -> object:
    size = size_of(path)
    if size > limits.size:
        too_much(path.name, "bita", read=size, limit=limits.size)
    order: dict[str, object] = {"path": str(path.resolve()), "limits": asdict(limits), **work}
    seconds = limits.seconds * SLOWER + STARTING
    answer = (nursery.ask(order, seconds=seconds) if nursery else None) or _by_itself(order, seconds)
    if answer.status is None:
        _too_slow(path.name, limits)
    return _understood(answer.content, answer.status, path.name, limits)


def _by_itself(order: dict[str, object], seconds: float) -> Answer:
    """The answer of a child that is a new Python."""
    command = [sys.executable, "-P", "-c", "from selaras.documents.read.child import main; main()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        try:
            content, _ = child.communicate(json.dumps(order).encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            return Answer(b"", None)
        finally:
            if child.poll() is None:
                child.kill()
    return Answer(content, child.returncode)


def _understood(answer: bytes, status: int, source: str, limits: Limits) -> object:
    if status in (-_signal("SIGXCPU"), -_signal("SIGALRM")):
        _too_slow(source, limits)
    if status != 0 or not answer:
        refuse(source, "Berkas ini membuat pembaca berhenti mendadak", TRY_PART, read=f"status {status}")
    try:
        result: object = _Careful(BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError, IndexError, KeyError, ImportError):
        refuse(source, "Jawaban pembaca tidak utuh", TRY_PART)
    if isinstance(result, Refused):
        if result.kind == "memory":
            _too_large(source, limits)
        raise (CannotRun if result.kind == "cannot" else Refusal)(result.message, *result.faults)
    return result


def _signal(name: str) -> int:
    return int(getattr(signal, name, 0)) or 10_000  # unknown on this system: no status is equal to it


def _too_slow(source: str, limits: Limits) -> NoReturn:
    fault = Fault("Membaca berkas ini terlalu lama", read=f"lebih dari {limits.seconds} detik", remedy=TRY_PART)
    raise Refusal(f"{source} tidak selesai dibaca.", fault)


def _too_large(source: str, limits: Limits) -> NoReturn:
    fault = Fault(
        "Membaca berkas ini memerlukan terlalu banyak memori",
        read=f"lebih dari {limits.memory // 2**20} MB",
        remedy=TRY_PART,
    )
    raise Refusal(f"{source} tidak selesai dibaca.", fault)


class _Careful(pickle.Unpickler):
    """Only values of `core` and numbers come back from the child; anything else is refused."""

    def find_class(self, module: str, name: str) -> Any:
        plain = (module, name) in {("decimal", "Decimal"), ("datetime", "date"), (Refused.__module__, Refused.__name__)}
        ours = module in {
            "selaras.core.document",
            "selaras.core.source",
            "selaras.core.place",
            "selaras.core.errors",
            "selaras.core.computed",
        }
        if plain or (ours and name[:1].isupper() and name.isidentifier()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")
