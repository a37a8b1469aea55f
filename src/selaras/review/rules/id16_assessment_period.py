"""Periode penilaian kinerja harus jatuh dalam tahun dokumen itu.

Mengapa: periode yang tersalin dari tahun lalu membuat penilaian tidak berlaku untuk tahun yang dinilai.
Peraturan: Permenpan-RB 6/2022 (periode evaluasi kinerja pegawai).
Salah: SKP Tahun 2024 dengan periode penilaian “1 Januari sampai dengan 31 Desember 2023”.
Benar: “1 Januari sampai dengan 31 Desember 2024”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import matches
from selaras.review.prose import around, quoted
from selaras.review.report import Report

CODE = "ID16"
KINDS = ("wrong-period",)
_PERIOD = re.compile(
    r"\bperiode\s+(?:penilaian|evaluasi|kinerja|pengukuran|pelaporan)\b[^.;]{0,60}?\b(?:s\.?d\.?|s/d|sampai(?:\s+dengan)?|hingga|[-–—])\s*"
    r"\d{1,2}\s+\w+\s+(?P<year>20\d\d)\b",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The last day of every period of assessment."""
    year = report.identity.year
    for sentence, match in matches(report, _PERIOD):
        if year is not None and int(match["year"]) != year:
            yield Finding(
                CODE,
                "wrong-period",
                Severity.ERROR,
                f"Periode penilaian berakhir tahun {match['year']}, dokumen ini untuk tahun {year}",
                stated=match["year"],
                expected=str(year),
                places=(quoted(around(sentence.text, *match.span()), sentence.place_at(match.start())),),
                regulation="Permenpan-RB 6/2022",
                suggestion=f"Ganti dengan {year}, atau perbaiki tahun dokumennya.",
            )
