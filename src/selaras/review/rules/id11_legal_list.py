"""Dasar hukum tidak sesuai dengan tahun laporan, tidak lengkap, atau tidak memuat peraturan yang dipakai.

Mengapa: anggaran dan rencana tahun laporan ditetapkan dengan peraturan tahun itu, bukan tahun sebelumnya.
Peraturan: UU 17/2003 (APBN/APBD ditetapkan setiap tahun); UU 12/2011.
Salah: laporan 2024 berdasar Perda APBD Tahun Anggaran 2023.
Benar: laporan 2024 berdasar Perda APBD Tahun Anggaran 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.citations import Cited, cited, texts
from selaras.review.prose import SPAN, cut, listed, quoted
from selaras.review.report import Report

CODE = "ID11"
KINDS = ("wrong-period", "legal-basis")

_BUDGET = re.compile(
    r"anggaran pendapatan dan belanja (?:daerah|negara).{0,80}?tahun (?:anggaran )?((?:19|20)\d\d)",
    re.IGNORECASE | re.DOTALL,
)
_PLAN = re.compile(r"rencana pembangunan|rencana strategis|RPJM|RPD\b", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"(?<!PER/)(?<!KEP/)(?<!\w)\b(\d{1,3}/M\.PAN(?:-RB)?/\d{1,2}/\d{4})", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Budget laws of another year, plans that have ended, ministers' numbers without their letters, what the list lacks."""
    found = cited(report)
    yield from _budgets(report, found)
    yield from _plans(report, found)
    for sentence in report.sentences:
        for match in _SHORT_NUMBER.finditer(sentence.text) if "/m.pan" in sentence.text.casefold() else ():
            yield Finding(
                CODE,
                "legal-basis",
                Severity.INFO,
                f"Nomor peraturan tidak lengkap: {match[1]}",
                stated=match[1],
                expected=f"PER/{match[1]}",
                places=(quoted(match[0], sentence.place),),
                suggestion="Tuliskan nomor selengkapnya.",
            )
    yield from _unlisted(found)


def _budgets(report: Report, found: list[Cited]) -> Iterator[Finding]:
    year = report.identity.year
    stated = [
        (item, int(match[1]))
        for item in found
        if item.listed
        for match in [_BUDGET.search(item.text) or _BUDGET.search(item.title)]
        if match
    ]
    if not year or not stated or any(of == year for _, of in stated):
        return
    item, of = stated[0]
    yield Finding(
        CODE,
        "wrong-period",
        Severity.ERROR,
        f"Peraturan anggaran yang dikutip untuk Tahun Anggaran {of}, laporan ini tahun {year}",
        stated=f"TA {of}",
        expected=f"TA {year}",
        places=(quoted(item.text, item.place),),
        regulation="UU 17/2003",
        suggestion=f"Kutip peraturan APBD (dan perubahannya) Tahun Anggaran {year}.",
    )


def _plans(report: Report, found: list[Cited]) -> Iterator[Finding]:
    year = report.identity.year
    plans = [
        (item, int(match[1]), int(match[2]))
        for item in found
        if item.listed and _PLAN.search(item.title)
        for match in [SPAN.search(item.text)]
        if match
    ]
    if not year or not plans or any(first <= year <= last for _, first, last in plans):
        return
    item, first, last = plans[0]
    yield Finding(
        CODE,
        "wrong-period",
        Severity.WARNING,
        f"Dasar perencanaan yang dikutip berlaku {first}–{last}, tahun laporan {year} di luarnya",
        stated=f"{first}–{last}",
        expected=f"rencana yang memuat {year}",
        places=(quoted(item.text, item.place),),
        regulation="UU 25/2004",
        suggestion="Kutip peraturan tentang rencana yang berlaku pada tahun laporan.",
    )


def _unlisted(found: list[Cited]) -> Iterator[Finding]:
    """Regulations of the text that the list of legal bases does not name; a note, and only where there is such a list."""
    keys = {item.key for item in found if item.listed}
    absent = [
        item for item in found if not item.listed and item.key not in keys and item.number and item.year and item.kind
    ]
    if len(keys) >= 4 and absent:
        yield Finding(
            CODE,
            "legal-basis",
            Severity.INFO,
            f"Dipakai dalam teks, tidak ada dalam dasar hukum: {listed(texts(absent))}",
            stated=cut(", ".join(texts(absent))),
            places=tuple(quoted(item.text, item.place) for item in absent),
            suggestion="Tambahkan pada daftar dasar hukum.",
        )
