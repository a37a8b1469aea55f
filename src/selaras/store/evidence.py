"""The evidence store: where the files of an agency lie, and reading them without leaving its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from selaras.core.errors import NotFound
from selaras.core.measurement.records import Evidence, EvidenceKind

GONE, CHANGED = "hilang dari penyimpanan", "berubah isinya sejak disimpan"


def folder(agency: str) -> Path:
    """The folder of an agency's evidence; any code makes exactly one safe folder name."""
    return Path(settings.DATA) / "evidence" / quote(agency, safe="").replace(".", "%2E")


def reader(agency: str) -> Callable[[str], bytes]:
    """A function that reads evidence of one agency by its stored name, and nothing outside its folder.

    The function raises NotFound.
    """

    def read(name: str) -> bytes:
        return path_of(agency, name).read_bytes()

    return read


def damage_of(agency: str, name: str, sha256: str = "") -> str:
    """What is wrong with a stored file: `hilang`, `berubah`, or nothing. The hash is of its record, else of its name."""
    try:
        path = path_of(agency, name)
        wanted = sha256 or (name[:16] if len(name) > 16 and name[16] == "-" else "")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest() if wanted else ""
    except (NotFound, OSError):
        return GONE
    return "" if found.startswith(wanted) else CHANGED


def with_damage(agency: str, items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence as a report prints it: what is no longer as it was stored says so in its title."""
    told = []
    for item in items:
        damage = damage_of(agency, item.target, item.sha256) if item.kind is EvidenceKind.FILE and item.target else ""
        told.append(replace(item, title=f"{item.title} (berkas {damage})") if damage else item)
    return tuple(told)


def path_of(agency: str, name: str) -> Path:
    """The file of an evidence by its stored name, inside its agency's folder and nowhere else. Raises NotFound."""
    root = folder(agency).resolve()
    path = (root / name.replace("\0", "")).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise NotFound(f"Berkas bukti “{name}” tidak ada di penyimpanan bukti instansi {agency}.")
    return path
