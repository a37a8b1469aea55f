"""Urutan tahun dalam periode rencana tidak cocok dengan tahun laporan.

Mengapa: “tahun kedua” atau “laporan akhir” menentukan target mana yang harus sudah tercapai.
Peraturan: Permenpan-RB 53/2014, Lampiran II (perbandingan dengan target jangka menengah).
Salah: laporan 2024 menyebut dirinya “rangkuman akhir” Renstra 2024–2026.
Benar: “laporan tahun pertama” Renstra 2024–2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.prose import SPAN, YEAR, around, pattern, quoted, running
from selaras.review.report import Report

CODE = "ID07"
KINDS = ("wrong-period", "narrative-contradiction")

_ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam")
_OF_YEARS = re.compile(rf"\btahun ({'|'.join(_ORDINALS)}) dari \w+ tahun\b", re.IGNORECASE)
_OF_PLAN = re.compile(
    rf"\btahun (?:ke-?(?P<digit>\d)|(?P<word>{'|'.join(_ORDINALS)}))(?: (?:dari|dalam|pada|untuk))?(?: \w+){{0,2}}? "
    r"(?:renstra|rencana strategis|rpjmd|rencana(?: bisnis)? (?:itu|ini|tersebut))\b",
    re.IGNORECASE,
)
_PLAN = re.compile(r"\b(?:renstra|rencana strategis|rpjm[dn]|rpd)\b", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Ordinal numbers of years, and words for the first or last year of a plan."""
    year = report.identity.year
    if year is None:
        return
    yield from _counted(report, year)
    yield from _of_plan(report, year)
    for mention in report.ordinals:
        right = year - mention.first + 1
        if mention.first and mention.ordinal != right and mention.first <= year <= (mention.last or year):
            yield Finding(
                CODE,
                "wrong-period",
                Severity.ERROR,
                f"Tahun {year} adalah tahun ke-{right} dari periode {mention.first}–{mention.last}, bukan ke-{mention.ordinal}",
                stated=f"ke-{mention.ordinal}",
                expected=f"ke-{right}",
                arithmetic=f"{year} − {mention.first} + 1 = {right}",
                places=(quoted(mention.text, mention.place),),
                suggestion="Perbaiki urutan tahun atau periodenya.",
            )
    yield from _ends(report, year)


def _counted(report: Report, year: int) -> Iterator[Finding]:
    """`Tahun 2024 adalah tahun pertama dari tiga tahun`, whose period stands in the sentence before."""
    before = None
    counting = {id(sentence) for sentence in saying(report, _OF_YEARS, running=True)}
    for sentence in running(report) if counting else ():
        match = _OF_YEARS.search(sentence.text) if id(sentence) in counting else None
        span = SPAN.search(before.text) if match and before is not None and not SPAN.search(sentence.text) else None
        if match and span and int(span[1]) <= year <= int(span[2]):
            right = year - int(span[1]) + 1
            stated = _ORDINALS.index(match[1].casefold()) + 1
            if stated != right:
                yield Finding(
                    CODE,
                    "wrong-period",
                    Severity.ERROR,
                    f"Tahun {year} adalah tahun ke-{right} dari periode {span[1]}–{span[2]}, bukan ke-{stated}",
                    stated=f"ke-{stated}",
                    expected=f"ke-{right}",
                    arithmetic=f"{year} − {span[1]} + 1 = {right}",
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                    suggestion="Perbaiki urutan tahun atau periodenya.",
                )
        before = sentence


def _of_plan(report: Report, year: int) -> Iterator[Finding]:
    """`Tahun 2023 merupakan tahun ketiga Renstra`, whose period the report names elsewhere."""
    first, last = report.identity.plan_first, report.identity.plan_last
    if not (first and last and first <= year <= last):
        return
    for sentence in saying(report, _OF_PLAN, running=True):
        match = _OF_PLAN.search(sentence.text)
        years = {int(each) for each in YEAR.findall(sentence.text)}
        if match is None or SPAN.search(sentence.text) or (years and years != {year}):
            continue
        stated = int(match["digit"]) if match["digit"] else _ORDINALS.index(match["word"].casefold()) + 1
        right = year - first + 1
        if stated != right:
            yield Finding(
                CODE,
                "wrong-period",
                Severity.ERROR,
                f"Tahun {year} adalah tahun ke-{right} dari periode {first}–{last}, bukan ke-{stated}",
                stated=f"ke-{stated}",
                expected=f"ke-{right}",
                arithmetic=f"{year} − {first} + 1 = {right}",
                places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                suggestion="Perbaiki urutan tahun atau periodenya.",
            )


def _ends(report: Report, year: int) -> Iterator[Finding]:
    for sentence in saying(report, SPAN, running=True):
        span = SPAN.search(sentence.text)
        if not span or not _PLAN.search(sentence.text):
            continue
        first, last = int(span[1]), int(span[2])
        for key, right, words in (("last_year_of_plan", last, "terakhir"), ("first_year_of_plan", first, "pertama")):
            match = pattern("narrative", key).search(sentence.text)
            if match and year != right and first <= year <= last and first != last:
                yield Finding(
                    CODE,
                    "narrative-contradiction",
                    Severity.ERROR,
                    f"“{match[0]}” menyatakan tahun {words} rencana {first}–{last}, "
                    f"padahal {year} tahun ke-{year - first + 1} dari {last - first + 1}",
                    stated=match[0],
                    expected=f"tahun ke-{year - first + 1}",
                    arithmetic=f"{year} − {first} + 1 = {year - first + 1}",
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                    suggestion="Sebutkan urutan tahun yang benar.",
                )
