"""Nama hari tidak cocok dengan tanggalnya, atau tanggal itu tidak ada.

Mengapa: tanggal kegiatan adalah bukti; hari yang salah berarti salah satunya keliru.
Peraturan: kalender.
Salah: “Selasa, 14 September 2022”.
Benar: “Rabu, 14 September 2022”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.prose import around, quoted
from selaras.review.report import Report

CODE = "ID12"
KINDS = ("wrong-period",)

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)
_OLD = {"pebruari": "februari", "nopember": "november"}
_DAY = r"(senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu)"
_DATE = rf"(\d{{1,2}})(?:\s*(?:[/.-])\s*(\d{{1,2}})\s*[/.-]\s*|\s+({'|'.join([*MONTHS, *_OLD])})\s+)((?:19|20)\d\d)"
_DATED = re.compile(rf"(?<![-–]){_DAY}(?!\s*[-–])\s*,?\s*(?:tanggal\s+)?\(?\s*(?:tanggal\s+)?{_DATE}", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every `Hari, tanggal` of the text; spans of days are left out."""
    for sentence in saying(report, _DATED):
        for match in _DATED.finditer(sentence.text):
            named = match[1].casefold().replace("'", "").replace("’", "")
            month = int(match[3]) if match[3] else MONTHS.index(_OLD.get(match[4].casefold(), match[4].casefold())) + 1
            try:
                real = DAYS[date(int(match[5]), month, int(match[2])).weekday()]
            except ValueError:
                real = ""
            if real != named:
                yield Finding(
                    CODE,
                    "wrong-period",
                    Severity.ERROR,
                    f"{match[2]} {MONTHS[month - 1].capitalize()} {match[5]} adalah hari {real.capitalize()}"
                    if real
                    else f"Tanggal tidak ada: {match[0]}",
                    stated=match[1],
                    expected=real.capitalize(),
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                    suggestion="Perbaiki hari atau tanggalnya.",
                )
