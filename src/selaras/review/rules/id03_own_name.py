"""Nama instansi sendiri ditulis dengan kata yang hilang atau tertukar.

Mengapa: satu instansi mempunyai satu nama; nama yang berubah-ubah menimbulkan keraguan siapa yang melapor.
Peraturan: peraturan pembentukan instansi yang bersangkutan.
Salah: “Sekretariat Kota Mawar” untuk Sekretariat KPU Kota Mawar; “Biro Umum Sekretaris Daerah”.
Benar: “Sekretariat KPU Kota Mawar”; “Biro Umum Sekretariat Daerah”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.concordance import matches
from selaras.review.offices import own_office
from selaras.review.prose import around, quoted
from selaras.review.report import Report

CODE = "ID03"
KINDS = ("naming",)

_WRONG_POST = re.compile(r"\b(?:Biro|Bagian)\s+[A-Z]\w+(?:\s+(?:dan\s+)?[A-Z]\w+){0,3}\s+(Sekretaris Daerah)\b")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Own names from which the middle is missing, and posts where the office is meant."""
    office = own_office(report)
    if office is None:
        return
    missing: list[Place] = []
    pattern = _shortened(office.stems, office.region)
    for sentence, match in matches(report, pattern, running=True) if pattern else ():
        missing.append(quoted(around(sentence.text, *match.span()), sentence.place))
    for sentence, match in matches(report, _WRONG_POST, running=True):
        yield Finding(
            CODE,
            "naming",
            Severity.INFO,
            f"“{match[0]}”: unit berada di bawah Sekretariat Daerah, bukan Sekretaris Daerah",
            stated=match[0],
            expected=match[0].replace("Sekretaris Daerah", "Sekretariat Daerah"),
            places=(quoted(around(sentence.text, *match.span()), sentence.place),),
            suggestion="Perbaiki nama instansi.",
        )
    if missing:
        yield Finding(
            CODE,
            "naming",
            Severity.WARNING,
            f"Nama instansi tidak lengkap pada {len(missing)} tempat; seharusnya {office.name}",
            stated=missing[0].quote,
            expected=office.name,
            places=tuple(missing),
            suggestion="Tuliskan nama instansi selengkapnya.",
        )


def _shortened(stems: tuple[str, ...], region: str) -> re.Pattern[str] | None:
    """`Sekretariat Kota X` where every name has a word between."""
    heads = {stem.split()[0] for stem in stems if len(stem.split()) > 1 and stem.split()[0] == "Sekretariat"}
    heads -= {stem for stem in stems if len(stem.split()) == 1}
    return re.compile(rf"\b(?:{'|'.join(heads)})\s+{re.escape(region)}\b") if heads and region else None
