"""Angka ditulis dengan pemisah yang salah, atau dua gaya pemisah dalam satu laporan.

Mengapa: 94.500.00000 dapat dibaca 94,5 juta atau 9,45 miliar; gaya yang bercampur membuat 1.234 dan 1,234 tidak pasti.
Peraturan: PUEBI/EYD (titik untuk ribuan, koma untuk desimal).
Salah: Rp94.500.00000; Rp3,639,196,510.00,-.
Benar: Rp94.500.000,00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.prose import around, cells_of, listed, quoted
from selaras.review.report import Report, Sentence

CODE = "TX03"
KINDS = ("format",)

_MONEY = re.compile(r"\bRp\.?\s?\.?\s*((?:\d[\d.,]*\d|\d)(?:,-|\.-)?)", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w./,-])(\d{1,3}(?:[.,]\d{1,5}){2,})(?![\w/])(?!\.\d)")
_INDONESIAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?:,-)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?:,-)?")
_SMALL = re.compile(r"\d+(?:[.,]\d{1,2})?(?:,-)?")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Amounts that fit no style, each; then the mixture of styles, once."""
    seen: dict[str, Place] = {}
    for text, place, sentence in _texts(report):
        amounts = _MONEY.finditer(text) if "rp" in text.casefold() else ()
        bare = _BARE.finditer(text) if text.count(".") + text.count(",") > 1 else ()
        for match in chain(amounts, bare):
            written = match[1].rstrip(".,") if not match[1].endswith((",-", ".-")) else match[1]
            money = match[0][:1] in "Rr"
            body = re.sub(r"[.,]-$", "", written)
            if _ENGLISH.fullmatch(body):
                seen.setdefault("1,234,567.89", quoted(match[0], place))
                if money and re.fullmatch(r".*\.\d{2},-", written):
                    yield _malformed(
                        match[0], "tanda “,-” sesudah desimal", text, _at(place, sentence, match), match.span()
                    )
            elif _INDONESIAN.fullmatch(body):
                seen.setdefault("1.234.567,89", quoted(match[0], place))
            elif (money and not _SMALL.fullmatch(body)) or (not money and _looks_like_amount(body)):
                yield _malformed(
                    match[0], "pemisah ribuan atau desimal salah", text, _at(place, sentence, match), match.span()
                )
    if len(seen) > 1:
        yield Finding(
            CODE,
            "format",
            Severity.INFO,
            f"Dua gaya penulisan angka dalam satu laporan: {listed([place.quote for place in seen.values()])}",
            stated=listed(list(seen)),
            expected="1.234.567,89",
            places=tuple(seen.values()),
            regulation="EYD",
            suggestion="Pakai titik untuk ribuan dan koma untuk desimal.",
        )


def _at(place: Place, sentence: Sentence | None, match: re.Match[str]) -> Place:
    """Where the number itself stands: a sentence may run over the end of a page."""
    return sentence.place_at(match.start()) if sentence is not None else place


def _texts(report: Report) -> Iterator[tuple[str, Place, Sentence | None]]:
    """Sentences, and the cells of all tables that are no sentences."""
    for sentence in report.sentences:
        if sentence.kind.value != "sel":
            yield sentence.text, sentence.place, sentence
    for grid in report.grids:
        yield from ((cell.text, cell.place, None) for cell in cells_of(report, grid))


def _looks_like_amount(body: str) -> bool:
    """Groups as of an amount: long, not a section number, a date or a code."""
    groups = re.split(r"[.,]", body)
    digits = sum(len(group) for group in groups)
    return (
        digits >= 7
        and len(groups) >= 3
        and not _SECTION.fullmatch(body)
        and sum(len(group) == 3 for group in groups[1:]) >= max(1, len(groups) - 2)
        and not all(len(group) <= 2 for group in groups)
    )


def _malformed(written: str, fault: str, text: str, place: Place, span: tuple[int, int]) -> Finding:
    return Finding(
        CODE,
        "format",
        Severity.WARNING,
        f"Penulisan angka “{written.strip()}”: {fault}",
        stated=written.strip(),
        expected="misalnya Rp1.234.567,00",
        places=(quoted(around(text, *span), place),),
        regulation="EYD",
        suggestion="Tuliskan dengan titik untuk ribuan dan koma untuk desimal.",
    )
