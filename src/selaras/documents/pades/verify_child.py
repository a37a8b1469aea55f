"""The child process that verifies one file: takes its order from standard input, bounds itself, answers with JSON."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from selaras.core.issuing.codes import typed
from selaras.core.issuing.inspection import Inspection, Prefix, Problem, Signature, plain
from selaras.documents.read.child import bound
from selaras.documents.read.limits import Limits

END_MARK = b"%%EOF"
MOST_MARKS = 80
MOST_SIGNATURES = 100
MOST_REVISIONS = 400
ATTACHMENT = "selaras.json"
HEAD = 1024
READ_PAGES, LONGEST_PAGE, MOST_CODES = 3, 100_000, 50
CODE = re.compile(r"\b[A-Z0-9]{5}-?[A-Z0-9]{5}\b")


def main() -> None:
    """Verify the file named in the order and write what was found."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints does not mix with the answer
    order = json.load(sys.stdin)
    bound(Limits(**order["limits"]))
    out.write(json.dumps(plain(inspect(Path(order["path"]), order)), ensure_ascii=False).encode())
    out.close()


def inspect(path: Path, order: dict[str, Any]) -> Inspection:
    """What is found in a file; whatever is wrong with it is part of the answer."""
    started = time.perf_counter()
    content = path.read_bytes()
    name = str(order.get("name") or path.name)
    bare = Inspection(name, hashlib.sha256(content).hexdigest(), len(content))
    if b"%PDF-" not in content[:HEAD]:
        return _problem(bare, Problem.NOT_PDF)
    bare = _with(bare, prefixes=_prefixes(content))
    try:
        found = _read(bare, content, order)
    except (MemoryError, RecursionError):
        return _problem(bare, Problem.TOO_LARGE)
    except _Stopped as stopped:
        return _problem(bare, stopped.problem, stopped.note)
    except Exception as error:  # noqa: BLE001 - the last wall: a stranger's file never shows a traceback
        return _problem(bare, Problem.BROKEN, f"{type(error).__name__}: {error}"[:200])
    return _with(found, codes=_codes(content), seconds=round(time.perf_counter() - started, 3))


class _Stopped(Exception):
    """The file cannot be looked at, and why."""

    def __init__(self, problem: Problem, note: str = "") -> None:
        super().__init__(note)
        self.problem, self.note = problem, note


def _read(bare: Inspection, content: bytes, order: dict[str, Any]) -> Inspection:
    from pyhanko.pdf_utils.reader import PdfFileReader

    from selaras.documents.pades.verify_changes import view_of
    from selaras.documents.pades.verify_objects import embedded
    from selaras.documents.pades.verify_signature import signatures_of
    from selaras.documents.pades.verify_trust import Material, roots_of

    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        raise _Stopped(Problem.ENCRYPTED)
    revisions = reader.xrefs.total_revisions
    if revisions > MOST_REVISIONS:
        raise _Stopped(Problem.TOO_LARGE, f"{revisions} revisi")
    material = Material(roots_of(order["roots"]), datetime.fromisoformat(order["moment"]))
    signatures = signatures_of(reader, material)
    if len(signatures) > MOST_SIGNATURES:
        raise _Stopped(Problem.TOO_LARGE, f"{len(signatures)} tanda tangan")
    last = view_of(reader)
    files = embedded(reader)
    data = files.get(ATTACHMENT, b"")
    return _with(
        bare,
        pages=len(last.pages), revisions=revisions, signatures=tuple(signatures),
        removed=_removed(reader, signatures, revisions), attachments=tuple(sorted(files)),
        attachment_sha256=hashlib.sha256(data).hexdigest() if data else "",
    )  # fmt: skip


def _removed(reader: Any, signatures: Sequence[Signature], revisions: int) -> tuple[str, ...]:
    """Signatures of earlier revisions that the last one does not hold any more."""
    from selaras.documents.pades.verify_changes import view_of

    here = {one.name for one in signatures}
    gone: dict[str, None] = {}
    for revision in range(revisions - 1):
        for name in view_of(reader.get_historical_resolver(revision)).signed - here:
            gone[name] = None
    return tuple(gone)


def _codes(content: bytes) -> tuple[str, ...]:
    """What looks like the code of an issued document, in the text of the first and last pages."""
    import pypdfium2

    found: dict[str, None] = {}
    try:
        document = pypdfium2.PdfDocument(content)
        last = len(document) - 1
        for number in sorted({*range(min(READ_PAGES, last + 1)), last} if last >= 0 else ()):
            text = document[number].get_textpage().get_text_bounded()[:LONGEST_PAGE]
            found |= dict.fromkeys(code for each in CODE.findall(text) if (code := typed(each)))
        document.close()
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        return tuple(found)[:MOST_CODES]
    return tuple(found)[:MOST_CODES]


def _prefixes(content: bytes) -> tuple[Prefix, ...]:
    """The file up to each of its end marks: stages of it that may be known by their fingerprint."""
    digest, done, at = hashlib.sha256(), 0, 0
    found: list[Prefix] = []
    while len(found) < MOST_MARKS and (mark := content.find(END_MARK, at)) >= 0:
        at = mark + len(END_MARK)
        for end in _ends(content, at):
            digest.update(content[done:end])
            done = end
            if end < len(content):
                found.append(Prefix(digest.hexdigest(), end))
    return tuple(found)


def _ends(content: bytes, at: int) -> list[int]:
    """Where a stage may end: at its mark, or after the line end behind it."""
    ends = [at]
    if content[at : at + 2] == b"\r\n":
        return [*ends, at + 1, at + 2]
    return [*ends, at + 1] if content[at : at + 1] in (b"\n", b"\r") else ends


def _problem(bare: Inspection, problem: Problem, note: str = "") -> Inspection:
    return _with(bare, problem=problem, note=note)


def _with(found: Inspection, **more: Any) -> Inspection:
    from dataclasses import replace

    return replace(found, **more)
