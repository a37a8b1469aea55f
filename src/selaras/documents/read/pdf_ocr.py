"""Pages that are only a picture, read by letter recognition: the Tesseract program, if it is installed and asked for."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import cache
from math import ceil

import pypdfium2

from selaras.core.errors import CannotRun, Fault
from selaras.documents.read.pdf_sheet import Sheet, Word

PROGRAM = "tesseract"
PACKAGES = "tesseract-ocr dan tesseract-ocr-ind"
LANGUAGE = "ind"
DOTS = 300  # per inch
LARGEST_SIDE = 7_000  # dots
SECONDS = 90  # of one page
ASKING = 20
SUREST = 30  # of 100: what the program is less sure of is no word
WORD = "5"  # level of a word in the program's table


def require(source: str) -> None:
    """Raise CannotRun naming the packages if the program or its Indonesian letters are missing."""
    missing = lacking()
    if missing:
        fault = Fault(
            "Pengenalan huruf (OCR) belum terpasang", read=missing, expected=f"paket {PACKAGES}",
            remedy=f"Pasang dengan: sudo apt install {PACKAGES.replace(' dan', '')}; atau jalankan tanpa --ocr.",
        )  # fmt: skip
        raise CannotRun(f"{source} tidak dibaca.", fault)


@cache
def lacking() -> str:
    """What is missing for letter recognition, in Indonesian; empty if nothing is."""
    program = shutil.which(PROGRAM)
    if program is None:
        return f"program {PROGRAM} tidak ditemukan"
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, timeout=ASKING, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return f"program {PROGRAM} tidak dapat dijalankan"
    if LANGUAGE not in (told.stdout + told.stderr).decode("utf-8", "replace").split():
        return f"huruf bahasa Indonesia ({LANGUAGE}) tidak ada"
    return ""


def recognised(document: pypdfium2.PdfDocument, index: int) -> Sheet | None:
    """The words of a page's picture with their places in points; None if none is found or the program fails."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    try:
        page = document[index]
        wide, high = page.get_size()
        scale = min(DOTS / 72, LARGEST_SIDE / max(wide, high, 1))
        picture = _picture(page, scale)
        command = [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(ceil(72 * scale)), "tsv"]
        done = subprocess.run(command, input=picture, capture_output=True, timeout=SECONDS, check=False)
    except (pypdfium2.PdfiumError, OSError, ValueError, OverflowError, subprocess.TimeoutExpired):
        return None
    words = _words(done.stdout.decode("utf-8", "replace"), scale) if done.returncode == 0 else []
    if not words:
        return None
    return Sheet(wide, high, words=words, characters=sum(len(word.text) for word in words))


def _picture(page: pypdfium2.PdfPage, scale: float) -> bytes:
    out = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(out, "PPM")
    return out.getvalue()


def _words(table: str, scale: float) -> list[Word]:
    words = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != WORD or not text:
            continue
        try:
            left, top, wide, high = (float(row[name]) / scale for name in ("left", "top", "width", "height"))
            sure = float(row["conf"])
        except (KeyError, TypeError, ValueError):
            continue
        if sure >= SUREST:
            words.append(Word(text, left, top, left + wide, top + high, max(high, 1.0)))
    return words
