"""The evidence store: where the files of an agency lie, and reading them without leaving its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from selaras.core.errors import NotFound


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


def path_of(agency: str, name: str) -> Path:
    """The file of an evidence by its stored name, inside its agency's folder and nowhere else. Raises NotFound."""
    root = folder(agency).resolve()
    path = (root / name.replace("\0", "")).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise NotFound(f"Berkas bukti “{name}” tidak ada di penyimpanan bukti instansi {agency}.")
    return path
