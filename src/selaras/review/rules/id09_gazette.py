"""Lembaran negara atau daerah yang disebut tidak mungkin milik peraturan itu.

Mengapa: tahun dan nomor lembaran memastikan peraturan mana yang dimaksud; keduanya tidak bebas dari tahun peraturan.
Peraturan: UU 12/2011 (pengundangan).
Salah: “Perda 3/2019 (Lembaran Daerah Tahun 2021 Nomor 11)”.
Benar: “Perda 3/2019 (Lembaran Daerah Tahun 2019 Nomor 3)”.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.citations import Cited, cited
from selaras.review.prose import quoted
from selaras.review.report import Report
from selaras.review.wordlists import table

CODE = "ID09"
KINDS = ("legal-basis",)

_NAMES = {"LN": "Lembaran Negara", "LD": "Lembaran Daerah", "BN": "Berita Negara", "BD": "Berita Daerah"}


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Years of gazettes against the year of the regulation; numbers of supplements against those of their year."""
    for item in cited(report):
        if item.nested:
            continue  # the gazette is that of the regulation that changes it
        for kind, year, number in item.gazettes:
            if kind in _NAMES and year and item.year and _off(kind, year, item.year):
                yield Finding(
                    CODE,
                    "legal-basis",
                    Severity.WARNING,
                    f"{item.shown} dikatakan dimuat dalam {_NAMES[kind]} Tahun {year}",
                    stated=f"{kind} {year}/{number}",
                    expected=f"{kind} {item.year}",
                    places=(quoted(item.text, item.place),),
                    regulation="UU 12/2011",
                    suggestion="Periksa tahun dan nomor lembaran pada naskah peraturannya.",
                )
        yield from _supplement(item)


def _off(kind: str, year: int, of: int) -> bool:
    """A regulation of December may stand in the gazette of the next year; a law and a local gazette do so rarely."""
    return year < of or year > of + (1 if kind in {"BN", "BD"} else 0)


def _supplement(item: Cited) -> Iterator[Finding]:
    first = {int(year): int(number) for year, number in table("gazettes")["first"].items()}
    slack = int(table("gazettes")["slack"])
    for kind, _, number in item.gazettes:
        if kind != "TLN" or not number.isdigit() or item.year not in first or item.year + 1 not in first:
            continue
        low, high = first[item.year] - slack, first[item.year + 1] + slack
        if not low <= int(number) <= high:
            yield Finding(
                CODE,
                "legal-basis",
                Severity.WARNING,
                f"Nomor TLN {number} tidak mungkin milik peraturan tahun {item.year}",
                stated=number,
                expected=f"sekitar {first[item.year]}–{first[item.year + 1]}",
                places=(quoted(item.text, item.place),),
                arithmetic="Nomor Tambahan Lembaran Negara naik terus dari tahun ke tahun.",
                regulation="UU 12/2011",
                suggestion="Periksa nomor TLN pada naskah peraturannya.",
            )
