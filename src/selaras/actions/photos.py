"""Photos of activities for the report: looked at, freed of what cameras add, kept, and recorded with a dated caption."""

from __future__ import annotations

import hashlib
import io
import warnings
from datetime import date
from pathlib import Path

from django.db.models import Max

from selaras.actions._content import JPEG, PNG, WEBP, kind_of
from selaras.actions._files import written
from selaras.actions._scanning import scan
from selaras.actions.records import save_record
from selaras.core.access import Act, Actor, check
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import PhotoRecord
from selaras.store.evidence import folder
from selaras.store.models import PhotoRecord as PhotoRow
from selaras.store.snapshot import find_agency

MOST_BYTES = 20 << 20
LONGEST_SIDE = 2400
QUALITY = 88
PICTURES = (JPEG, PNG, WEBP)


def add_photo(
    by: Actor, *, agency: str, year: int, path: Path, name: str, caption: str, taken: date | None, location: str = ""
) -> PhotoRecord:
    """Keep a photo for the report of a year, at the end of its gallery.

    It is stored as an upright JPEG without the data that cameras add (place, device, owner), at most LONGEST_SIDE
    pixels wide or high. What the file is, is told by its content. Raises Refusal (kind, size, infected, no caption),
    NotAllowed, NotFound and CannotRun.
    """
    content = b""
    fault = _fault(path, name, caption)
    # Scanner and decoder are slow; nobody else may wait for them with the database.
    if fault is None:
        check(by, Act.WRITE_REPORT, agency)
        scan(path, name)
        content = _cleaned(path, name)
    record = _record(agency, year, caption, taken, location, content, fault)
    save_record(by, agency=agency, record=record, seen={"file": ""})
    return record


def _record(
    agency: str, year: int, caption: str, taken: date | None, location: str, content: bytes, fault: Fault | None
) -> PhotoRecord:
    pk, _ = find_agency(agency)
    if fault is not None:
        raise Refusal("Foto tidak disimpan.", fault)
    stored = f"{hashlib.sha256(content).hexdigest()[:16]}-foto.jpg"
    with written(folder(agency) / stored) as draft:
        draft.write_bytes(content)
    rows = PhotoRow.objects.filter(agency_id=pk, year=year)
    codes = set(rows.values_list("code", flat=True))
    number = next(n for n in range(len(codes) + 1, 2 * len(codes) + 2) if f"FOTO-{n:02}" not in codes)
    order = (rows.aggregate(top=Max("order"))["top"] or 0) + 1
    return PhotoRecord(f"FOTO-{number:02}", year, caption.strip(), taken, location.strip(), stored, order)


def _fault(path: Path, name: str, caption: str) -> Fault | None:
    size = path.stat().st_size
    if not caption.strip():
        return Fault("keterangan foto kosong", remedy="Tulis kegiatan apa yang tampak pada foto.")
    if size > MOST_BYTES:
        return Fault("berkas terlalu besar", read=f"{size >> 20} MB", expected=f"paling besar {MOST_BYTES >> 20} MB")
    if kind_of(path, name) not in PICTURES:
        return Fault("bukan foto", read=name, expected="JPEG, PNG, atau WebP", remedy="Pilih berkas foto.")
    return None


def _cleaned(path: Path, name: str) -> bytes:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as opened:
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                flat = Image.new("RGB", picture.size, "white")
                layer = picture.convert("RGBA")
                flat.paste(layer, mask=layer)
                out = io.BytesIO()
                flat.save(out, "JPEG", quality=QUALITY)
    except Exception as error:
        # Decoders raise anything on a broken file.
        remedy = "Buka fotonya di komputer Anda dan simpan ulang."
        raise Refusal("Foto tidak disimpan.", Fault("berkas rusak", read=name, remedy=remedy)) from error
    return out.getvalue()
