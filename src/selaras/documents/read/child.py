"""The child process that reads one file: takes its order from standard input, bounds itself, answers on standard output."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path

from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.place import Place
from selaras.documents.read.limits import Limits

OPEN_FILES = 256
BROKEN = "Berkas ini rusak atau tersusun dengan cara yang tidak dikenal pembaca"
REMEDY = "Simpan ulang berkasnya dengan program yang membuatnya, lalu baca lagi."


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal on its way to the parent: `kind` is cannot, refused or memory."""

    kind: str
    message: str = ""
    faults: tuple[Fault, ...] = ()


def main() -> None:
    """Read the file named in the order and write the pickled reading, or the refusal as kind, message and faults."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints does not mix with the answer
    order = json.load(sys.stdin)
    out.write(answered(order, Limits(**order["limits"])))
    out.close()


def answered(order: dict[str, object], limits: Limits) -> bytes:
    """Bound this process, do what the order says, and give the pickled result or refusal. Called once in a process."""
    path = Path(str(order["path"]))
    bound(limits)
    try:
        return pickle.dumps(done(order, path, limits), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Refused("memory"))
    except RecursionError:
        return pickle.dumps(_broken(path, "terlalu dalam bersarang"))
    except Refusal as refusal:
        kind = "cannot" if isinstance(refusal, CannotRun) else "refused"
        return pickle.dumps(Refused(kind, refusal.message, refusal.faults))
    except Exception as error:  # noqa: BLE001 - the last wall: a stranger's file never shows a traceback
        return pickle.dumps(_broken(path, f"{type(error).__name__}: {error}"[:200]))


def done(order: dict[str, object], path: Path, limits: Limits) -> object:
    """The work itself: a reading, or with `pictures` the pictures of so many pages."""
    if order.get("pictures"):
        from selaras.documents.read.pictures import page_pictures

        return page_pictures(path, limits, most=int(str(order["pictures"])))
    from selaras.documents.read.forms import read_form

    return read_form(path, limits, ocr=bool(order.get("ocr")))


def _broken(path: Path, read: str) -> Refused:
    fault = Fault(BROKEN, Place(source=path.name), read, "", REMEDY)
    return Refused("cannot", f"{path.name} tidak dapat dibaca.", (fault,))


def bound(limits: Limits) -> None:
    """Bound memory, processor time and files of this process; on systems without such bounds only the parent watches."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.seconds), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, OPEN_FILES),
    )  # fmt: skip
    for kind, most in wanted:
        with contextlib.suppress(ValueError, OSError):  # a stricter bound from outside stays as it is
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
