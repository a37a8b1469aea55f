"""Files made to harm: each is refused with a reason or kept as what it is, wherever the product takes a file.

Every place that takes a file is found in the source; a new one fails until it names the road by which it looks at files.
"""

import ast
import io
import struct
import warnings
import zipfile
import zlib
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from tests.web.conftest import BIRO

from selaras.actions._content import kind_of
from selaras.actions._keeping import Upload, keep
from selaras.core.access import operator
from selaras.core.errors import Refusal

pytestmark = pytest.mark.slow
SOURCE = Path(__file__).parents[2] / "src" / "selaras"
ROADS = {
    "isi": "actions._content.kind_of: kind by content, size, scanner, kept by hash (evidence, tickets, sources, proofs)",
    "foto": "actions.photos: decoded and written anew",
    "laporan": "documents.read.sandbox: a bounded child reads it",
    "buku": "documents.workbook or documents.registers: read as a stream within bounds",
    "proyek": "documents.qda: an archive within bounds",
    "teks": "a definition as text, size bounded",
    "bandingkan": "only its hash is taken",
    "kunci": "a key of the signer, read in memory",
}
PLACES = {
    "web/reporting/views_photos.py": "foto", "web/culture/views_papers.py": "proyek", "web/culture/views_sources.py": "isi",
    "web/planning/views_exchange.py": "buku", "web/evaluation/views_proofs.py": "isi", "web/evaluation/views_team.py": "isi",
    "web/evaluation/views_recommendations.py": "isi", "web/evaluation/views_templates.py": "buku",
    "web/history/views.py": "laporan", "web/public/views_files.py": "bandingkan", "web/review/views_acts.py": "laporan",
    "web/review/views.py": "laporan", "web/registers/views_files.py": "buku", "web/registers/views_steps.py": "isi",
    "web/registers/views_records.py": "isi", "web/registers/views_desk.py": "isi", "web/registers/views_definition.py": "teks", "web/followup/views_steps.py": "isi",
    "web/service/views_ask.py": "isi", "web/service/views_ticket.py": "isi", "web/measurement/views_evidence.py": "isi",
    "web/people/views_staff.py": "buku", "web/verification/views_public.py": "laporan", "web/verification/views.py": "laporan",
    "web/guide/views.py": "teks", "api/reviews.py": "laporan", "api/files.py": "buku", "api/verification.py": "laporan",
    "web/issuing/views_keys.py": "kunci", "web/issuing/views_signing.py": "kunci", "web/issuing/views.py": "kunci",
    "web/verification/views_inside.py": "teks", "api/issuing.py": "kunci",
    "web/issuing/views_sign.py": "kunci", "api/registers.py": "isi",
}  # fmt: skip


def test_every_place_that_takes_a_file_names_its_road():
    found = set()
    for path in [*(SOURCE / "web").rglob("*.py"), *(SOURCE / "api").rglob("*.py")]:
        text = path.read_text()
        for node in ast.walk(ast.parse(text)) if "FILES" in text or "UploadedFile" in text else ():
            taking = isinstance(node, ast.Attribute) and node.attr == "FILES"
            if taking or (isinstance(node, ast.Name) and node.id == "UploadedFile" and "/api/" in str(path)):
                found.add(path.relative_to(SOURCE).as_posix())
    assert found - set(PLACES) == set()
    assert set(PLACES.values()) <= set(ROADS)


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def png(width, height, *, real=False):
    """The head of a picture of any size; its pixels are nought and cost nothing to send."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"\0" * (height * (width // 8 + 2))) if real else zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "SVG with a script": SVG, "SVG named PDF": SVG, "HTML named PDF": b"<html><script>alert(1)</script></html>",
    "HTML after blanks": b"\n\n  \t<!DOCTYPE html><script>x</script>", "XML": b'<?xml version="1.0"?><a/>',
    "HTML in UTF-16": "\ufeff<html><script>alert(1)</script>".encode("utf-16-le"),
    "HTML with BOM": b"\xef\xbb\xbf<html><script>alert(1)</script>",
    "GIF with JavaScript": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//", "a program": b"\x7fELF" + b"\0" * 60,
    "a Windows program": b"MZ" + b"\0" * 200, "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "a plain archive": packed(**{"a.txt": b"x"}), "an archive with HTML": packed(**{"index.html": b"<script>"}),
    "a Java archive": packed(**{"META-INF__MANIFEST.MF": b"Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"}),
    "a workbook with macros": packed(**{"[Content_Types].xml": b"", "xl__workbook.xml": b"", "xl__vbaProject.bin": b"x"}),
    "HTML before PDF": b"<script>alert(1)</script>%PDF-1.7",
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("called", ["a.pdf", "a.csv", "a.png", "a"])
def test_what_a_machine_would_run_is_not_taken_whatever_it_is_called(tmp_path, name, called):
    path = tmp_path / "kiriman"
    path.write_bytes(REFUSED[name])
    assert kind_of(path, called) is None


def test_a_pdf_that_is_an_archive_too_is_kept_as_pdf_and_nothing_else(tmp_path):
    path = tmp_path / "kiriman"
    path.write_bytes(b"%PDF-1.7\n" + packed(**{"index.html": b"<script>"}))
    kind = kind_of(path, "a.zip")
    assert kind is not None
    assert kind.suffix == ".pdf"


NAMES = [
    "../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\x.pdf", "a\0.pdf", "con.pdf", "NUL", "a.pdf.exe", "a.php.pdf",
    "\u202efdp.exe", "\u2066laporan.pdf\u2069", "a\nb.pdf", 'a".pdf', "a;rm -rf.pdf", "$(id).pdf", "-rf", ".htaccess", "." * 300, "x" * 5000,
    "<script>.pdf", "%2e%2e%2fa.pdf", "a/b/c.pdf", " ", "",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_sender_never_becomes_a_path(tmp_path, settings, name):
    settings.DATA = tmp_path / "data"
    path = tmp_path / "kiriman"
    path.write_bytes(b"%PDF-1.7 x")
    stored, _digest = keep("../B", Upload(path, name), ".pdf")
    assert stored.isascii()
    assert not set(stored) - set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert stored.count(".") == 1
    assert len(stored) < 120
    kept = [found for found in (tmp_path / "data").rglob("*") if found.is_file()]
    assert [found.name for found in kept] == [stored]
    assert all(".." not in found.parts for found in kept)


def test_a_picture_of_a_billion_pixels_is_refused_without_being_unpacked(inside, tmp_path):
    from selaras.actions.photos import add_photo

    path = tmp_path / "foto"
    for content in (png(50_000, 50_000), png(30_000, 30_000, real=True)):
        path.write_bytes(content)
        with warnings.catch_warnings(), pytest.raises(Refusal):
            warnings.simplefilter("ignore")
            add_photo(operator("uji"), agency=BIRO, year=2024, path=path, name="a.png", caption="Foto", taken=None)


def test_a_photo_is_written_anew_without_what_hides_in_it(inside, tmp_path, settings):
    from selaras.actions.photos import add_photo

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script>"
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)
    path = tmp_path / "foto"
    path.write_bytes(out.getvalue() + packed(**{"index.html": b"<script>alert(2)</script>"}))
    record = add_photo(operator("uji"), agency=BIRO, year=2024, path=path, name="a.jpg", caption="Foto", taken=None)
    (stored,) = (tmp_path / "evidence").rglob(record.file)
    assert b"<script>" not in stored.read_bytes()
    assert b"index.html" not in stored.read_bytes()


@cache
def bomb(name):
    """A small file that unpacks to half a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(512):
                member.write(b"<a>" + b"A" * ((1 << 20) - 3))
    return out.getvalue()


@pytest.mark.parametrize(("name", "part"), [("bom.xlsx", "xl/workbook.xml"), ("bom.docx", "word/document.xml")])
def test_an_archive_that_unpacks_without_end_is_refused_in_time(tmp_path, name, part):
    from selaras.documents.read.sandbox import read

    path = tmp_path / name
    path.write_bytes(bomb(part))
    with pytest.raises(Refusal):
        read(path)


def test_a_project_of_coding_that_is_a_bomb_is_refused_whatever_it_says_of_its_size():
    from selaras.documents.qda import read_project

    honest = bomb("project.qde")
    lying = honest.replace(struct.pack("<I", 512 << 20), struct.pack("<I", 1000))
    assert lying != honest
    for content in (honest, lying):
        with pytest.raises(Refusal):
            read_project("bom.qdpx", content)


def test_a_workbook_of_an_agency_that_is_a_bomb_is_refused(inside, tmp_path):
    from selaras.actions.exchange import load_workbook

    path = tmp_path / "bom.xlsx"
    path.write_bytes(bomb("xl/workbook.xml"))
    with pytest.raises(Refusal):
        load_workbook(operator("uji"), path=path)
