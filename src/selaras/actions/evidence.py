"""Evidence files: copied into the workspace under a name that tells its content, and read back safely."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import CannotRun, reason_of
from selaras.store.evidence import folder
from selaras.store.snapshot import find_agency


def attach(by: Actor, *, agency: str, path: Path) -> str:
    """Copy a file into the evidence store of an agency; returns the name to write into the workbook.

    The name begins with the SHA-256 of the content, so that the same file is stored once and another one never
    takes its place. Raises NotFound, NotAllowed and CannotRun.
    """
    check_somewhere(by, Act.MEASURE, agency)
    find_agency(agency)
    if not path.is_file():
        raise CannotRun(f"Berkas {path} tidak ditemukan.")
    try:
        digest = sha256_of(path)
    except OSError as error:
        raise CannotRun(f"Berkas {path} tidak dapat dibaca: {reason_of(error)}.") from error
    stem = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-").lower()[:60] or "berkas"
    suffix = re.sub(r"[^A-Za-z0-9.]", "", path.suffix).lower()[:10]
    name = f"{digest[:16]}-{stem}{suffix}"
    with traced(by, action="menyimpan bukti", agency=agency) as details:
        with written(folder(agency) / name) as draft:
            shutil.copyfile(path, draft)
        details |= {"file": name, "original": path.name, "sha256": digest}
    return name
