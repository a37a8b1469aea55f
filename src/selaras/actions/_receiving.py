"""Taking a stranger's file into the workspace: its size, its kind by content, the virus scanner, its place by SHA-256."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions._scanning import scan
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.place import Place
from selaras.documents.read.forms import form_of
from selaras.documents.read.limits import size_of

MOST_BYTES = 50 * 2**20
LONGEST_NAME = 100
SUFFIXES = {"pdf": ".pdf", "docx": ".docx", "xlsx": ".xlsx", "html": ".html", "txt": ".txt"}


@dataclass(frozen=True, slots=True)
class Received:
    """A file in its place: `<sha256>/<name>` below its folder, the name people know, and its SHA-256."""

    file: str
    name: str
    sha256: str


def receive(path: Path, name: str, home: Path) -> Received:
    """Copy a file below `home`, under a folder that is called by its content.

    Raises Refusal for a file that is too large, CannotRun for one that no reader knows or that the scanner stops.
    """
    name = safe_name(name)
    size = size_of(path)
    if size > MOST_BYTES:
        raise Refusal(
            f"{name} terlalu besar.",
            Fault(
                "berkas melebihi batas unggahan", Place(source=name), read=_megabytes(size),
                expected=f"paling besar {_megabytes(MOST_BYTES)}",
                remedy="Kecilkan gambar di dalamnya atau bagi berkasnya.",
            ),
        )  # fmt: skip
    form = _form(path, name)
    scan(path, name)
    if Path(name).suffix != SUFFIXES[form]:
        name = f"{Path(name).stem}{SUFFIXES[form]}"
    digest = sha256_of(path)
    target = home / digest / name
    if not target.is_file():
        with written(target) as draft:
            shutil.copyfile(path, draft)
    return Received(f"{digest}/{name}", name, digest)


def safe_name(name: str) -> str:
    """The name of a file without anything that a path, a header or a terminal could misread."""
    plain = re.sub(r"[^\w .()\-]+", "-", Path(name.replace("\\", "/")).name)
    plain = re.sub(r"\s+", " ", plain).strip(" .-")
    stem, suffix = Path(plain).stem[:LONGEST_NAME].strip(" .-"), Path(plain).suffix.lower()[:6]
    return f"{stem or 'laporan'}{suffix}"


def _form(path: Path, name: str) -> str:
    """The form of a file by its content; its refusal speaks of the name that the person knows."""
    try:
        return form_of(path).value
    except CannotRun as refusal:
        faults = [
            Fault(fault.message, Place(source=name), fault.read, fault.expected, fault.remedy)
            for fault in refusal.faults
        ]
        raise Refusal(f"{name} tidak dapat dibaca.", *faults) from refusal


def _megabytes(size: int) -> str:
    return f"{-(-size // 2**20)} MB"
