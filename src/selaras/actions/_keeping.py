"""Files and addresses that prove something, on their way into the evidence store: looked at, scanned, kept by content."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from selaras.actions._content import ACCEPTED, FileKind, kind_of
from selaras.actions._files import sha256_of, written
from selaras.actions._reaching import is_address
from selaras.core.errors import CannotRun, Fault, Refusal, reason_of
from selaras.store.evidence import folder

MOST_BYTES = 20 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: where its content lies for now, and what its sender calls it."""

    path: Path
    name: str


def kind_taken(upload: Upload) -> FileKind | None:
    """What a file is by its content, None where it is empty, too large or of a kind that is not taken."""
    return kind_of(upload.path, upload.name) if 0 < upload.path.stat().st_size <= MOST_BYTES else None


def keep(agency: str, upload: Upload, suffix: str) -> tuple[str, str]:
    """Copy a file into the evidence store of an agency, called by its content; its name there and its SHA-256.

    Raises CannotRun if the file cannot be read or the store not be written to.
    """
    try:
        digest = sha256_of(upload.path)
    except OSError as error:
        raise CannotRun(f"Berkas {upload.path} tidak dapat dibaca: {reason_of(error)}.") from error
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(upload.name).stem).strip("-").lower()[:60] or "berkas"
    name = f"{digest[:16]}-{stem}{re.sub(r'[^A-Za-z0-9.]', '', suffix).lower()[:10]}"
    with written(folder(agency) / name) as draft:
        shutil.copyfile(upload.path, draft)
    return name, digest


def not_taken(upload: Upload) -> Refusal:
    """The refusal of a file that `kind_taken` did not know, with its reason."""
    size = upload.path.stat().st_size
    if size == 0:
        fault = Fault("berkas kosong", read=upload.name, remedy="Pilih berkas yang berisi.")
    elif size > MOST_BYTES:
        fault = Fault(
            "berkas terlalu besar", read=f"{size >> 20} MB", expected=f"paling besar {MOST_BYTES >> 20} MB",
            remedy="Perkecil, bagi menjadi beberapa berkas, atau simpan sebagai tautan.",
        )  # fmt: skip
    else:
        fault = Fault(
            "jenis berkas tidak diterima", read=upload.name, expected=ACCEPTED,
            remedy="Yang dilihat adalah isi berkas, bukan namanya; simpan ulang dalam salah satu jenis itu.",
        )  # fmt: skip
    return Refusal(f"Berkas {upload.name} tidak disimpan.", fault)


def fault_of_link(address: str) -> Fault | None:
    """What is wrong with an address, None if it can be opened by a browser and holds no password."""
    if is_address(address):
        return None
    return Fault(
        "alamat tidak dapat dipakai", read=address[:80], expected="alamat web seperti https://data.contoh.go.id/berkas",
        remedy="Salin alamatnya dari peramban, tanpa nama pengguna dan kata sandi.",
    )  # fmt: skip
