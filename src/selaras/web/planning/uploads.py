"""A workbook that was sent waits between the trial and the loading: in a folder of its own, for one person."""

from __future__ import annotations

import re
import time
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from selaras.core.errors import NotFound, Refusal

LARGEST = 25 << 20
WAIT = 6 * 3600
SALT = "selaras.planning.workbook"


def keep(
    file: UploadedFile[bytes] | None, *, owner: str, agency: str, endings: tuple[str, ...] = (".xlsx",)
) -> tuple[str, Path]:
    """Put a sent workbook aside; gives the ticket by which its owner finds it again. Raises Refusal."""
    if file is None or not file.size:
        raise Refusal(_("Pilih dahulu berkas buku kerja (.xlsx)."))
    if file.size > LARGEST:
        raise Refusal(_("Berkas terlalu besar: paling besar %(most)d MB.") % {"most": LARGEST >> 20})
    name = re.sub(r"[^\w.\- ]+", "-", Path((file.name or "").replace("\\", "/")).name).strip(". ") or "buku-kerja.xlsx"
    if not name.lower().endswith(endings):
        if len(endings) > 1:
            raise Refusal(_("Berkas harus berakhiran %(endings)s.") % {"endings": ", ".join(endings)})
        raise Refusal(_("Berkas harus berupa buku kerja Excel (.xlsx)."))
    folder = _folder() / uuid4().hex
    folder.mkdir(parents=True)
    _forget_old()
    path = folder / name[-120:]
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    ticket = signing.dumps([folder.name, path.name, owner, agency], salt=SALT)
    return ticket, path


def find(ticket: str, *, owner: str, agency: str) -> Path:
    """The workbook behind a ticket of the same person and agency. Raises NotFound once it is gone."""
    try:
        folder, name, whose, where = signing.loads(ticket, salt=SALT, max_age=WAIT)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound(_("Berkas yang diperiksa sudah tidak ada. Unggah sekali lagi.")) from error
    path: Path = _folder() / folder / name
    if (whose, where) != (owner, agency) or not path.is_file():
        raise NotFound(_("Berkas yang diperiksa sudah tidak ada. Unggah sekali lagi."))
    return path


def drop(path: Path) -> None:
    """Forget a workbook that is loaded."""
    path.unlink(missing_ok=True)
    path.parent.rmdir()


def _folder() -> Path:
    data: Path = settings.DATA
    return data / "incoming"


def _forget_old() -> None:
    """Nobody came back for these."""
    bound = time.time() - WAIT
    for folder in _folder().iterdir():
        if folder.is_dir() and folder.stat().st_mtime < bound:
            for file in folder.iterdir():
                file.unlink(missing_ok=True)
            folder.rmdir()
