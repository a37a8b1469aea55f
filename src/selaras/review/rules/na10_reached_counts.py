"""Banyaknya sasaran atau indikator yang tidak tercapai harus sama di semua kalimat, dan sama dengan tabel capaian.

Mengapa: banyaknya sasaran yang gagal adalah simpulan laporan; pembaca tidak tahu simpulan mana yang berlaku.
Peraturan: Permenpan-RB 53/2014, Lampiran III (substansi).
Salah: Bab III: “satu sasaran tidak tercapai”; Bab IV: “kegagalan terjadi pada dua sasaran”.
Benar: keduanya menyebut dua sasaran.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selaras.core.errors import UnreadableNumber
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.terbilang import unspell
from selaras.review.columns import figure_at
from selaras.review.concordance import saying
from selaras.review.history import PROMISES, shortfalls
from selaras.review.numbered import WORDS
from selaras.review.prose import YEAR, around, quoted
from selaras.review.report import IndicatorClaim, Report, Role, TableKind

CODE = "NA10"
TABLES = (TableKind.SUMMARY, TableKind.ACHIEVEMENT, TableKind.ANALYSIS, TableKind.COMPARISON)
KINDS = ("narrative-contradiction", "text-vs-table")
_F = re.IGNORECASE
_NUMBER = rf"(\d{{1,2}}|\b{WORDS})(?:\s*\(\w+\))?"
_NOUN = r"(sasaran|indikator|IKU|IKK|KPI)"
_MISSED = r"(?:tidak|belum)\s+(?:\w+\s+){0,2}?(?:tercapai|mencapai|dicapai|terpenuhi|memenuhi)"
_AFTER = re.compile(
    rf"\b{_NUMBER}\s+{_NOUN}(?:\s+(?:strategis|kinerja|sasaran|utama|program|lainnya|lain|yang|masih)){{0,4}}\s+{_MISSED}",
    _F,
)
_BEFORE = re.compile(
    rf"(?:\bkegagalan\b|\bgagal\b|{_MISSED})[^.;]{{0,60}}?\b(?:pada|terdapat|ada|sebanyak|yaitu)\s+{_NUMBER}\s+{_NOUN}",
    _F,
)
_OUT_OF = re.compile(
    rf"(?<!\w){_NUMBER}\s+(?:{_NOUN}\s+)?dari\s+(?:(?:total|jumlah|seluruh|keseluruhan|sebanyak)\s+)*$", _F
)
"""`tiga dari empat indikator belum tercapai`: three; with `yang` before the verb either number can be meant."""
_WHICH = re.compile(r"\byang\b", _F)
_NOUNS = re.compile(_NOUN, _F)
_DENIES = re.compile(r"\b(?:tidak|belum|gagal|kegagalan)\b", _F)
_ONE_GOAL = re.compile(
    r"\bsasaran\s+(?:strategis\s+|kegiatan\s+)?(?:ke-?\s?\d|pertama|kedua|ketiga|keempat|kelima|keenam|ini|tersebut|[ivx]+\b|\d)"
    r"[^.]{0,40}\b(?:memiliki|mempunyai|terdiri|diukur|dengan)\b",
    _F,
)
"""Of the indicators of one sasaran only."""
_ELLIPTIC = re.compile(
    rf"\b{_NOUN}\b(?:(?!\b(?:sasaran|indikator)\b)[^.]){{0,80}}?\b(?:dan|serta|sedangkan|sementara)\s+{_NUMBER}\s+"
    rf"(?:lainnya\s+|di antaranya\s+)?{_MISSED}",
    _F,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """How many were missed, by which words, where."""

    number: int
    place: Place


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Counts of missed sasaran or indicators that contradict each other."""
    told: dict[str, list[_Told]] = defaultdict(list)
    for sentence in saying(report, _DENIES, running=True):
        if not _NOUNS.search(sentence.text) or _ONE_GOAL.search(sentence.text):
            continue
        if {int(year) for year in YEAR.findall(sentence.text)} - {report.identity.year}:
            continue
        for pattern, count, noun_ in ((_AFTER, 1, 2), (_BEFORE, 1, 2), (_ELLIPTIC, 2, 1)):
            for match in pattern.finditer(sentence.text):
                part = _OUT_OF.search(sentence.text[: match.start(count)])
                if part and _WHICH.search(match[0]):
                    continue
                number = _count(part[1] if part else match[count])
                if number is not None:
                    place = quoted(around(sentence.text, *match.span()), sentence.place_at(match.start()))
                    told[_noun(match[noun_])].append(_Told(number, place))
    for noun, mentions in told.items():
        if len({mention.number for mention in mentions}) > 1:
            yield _finding(report, noun, mentions)
        elif mentions and noun == "indikator":
            yield from _against_tables(report, mentions)


def _noun(word: str) -> str:
    return "sasaran" if word.casefold() == "sasaran" else "indikator"


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    try:
        return int(unspell(text))
    except UnreadableNumber:
        return None


def _finding(report: Report, noun: str, mentions: Sequence[_Told]) -> Finding:
    numbers = list(dict.fromkeys(mention.number for mention in mentions))
    counted = _counted(report, noun)
    wrong = [mention for mention in mentions if mention.number != counted] or list(mentions)
    return Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"Banyaknya {noun} yang tidak tercapai disebut {' dan '.join(map(str, numbers))}.",
        stated=f"{wrong[0].number} {noun}",
        expected=f"{counted} {noun} (menurut tabel capaian)" if counted in numbers else "satu jumlah yang sama",
        places=tuple(dict.fromkeys([*(mention.place for mention in wrong), *(mention.place for mention in mentions)])),
        regulation="Permenpan-RB 53/2014, Lampiran III",
        suggestion="Hitung ulang dari tabel capaian, lalu samakan kedua kalimat.",
    )


def _against_tables(report: Report, mentions: Sequence[_Told]) -> Iterator[Finding]:
    """The number that all sentences give, against every way in which a table can be counted."""
    ranges = _possible(report)
    number = mentions[0].number
    if ranges and not any(number in each for each in ranges):
        right = max(each.start for each in ranges)
        yield Finding(
            CODE,
            "text-vs-table",
            Severity.ERROR,
            f"Disebut {number} indikator yang belum mencapai target, sedangkan tabel capaian memuat {right}.",
            stated=f"{number} indikator",
            expected=f"{right} indikator",
            places=tuple(dict.fromkeys(mention.place for mention in mentions)),
            regulation="Permenpan-RB 53/2014, Lampiran III",
            suggestion="Hitung ulang dari tabel capaian.",
        )


def _possible(report: Report) -> list[range]:
    """How many are below 100 in each table and each sasaran of it; a printed 100 may have been rounded up from less."""
    below: dict[tuple[int, str], set[int]] = defaultdict(set)
    near: dict[tuple[int, str], set[int]] = defaultdict(set)
    groups: set[tuple[int, str]] = set()
    rounded = {
        (id(claim.grid), claim.row)
        for claim in report.indicators
        if claim.role is Role.REALISATION
        and claim.year in (None, report.identity.year)
        and claim.value is not None
        and claim.value.amount is not None
        and claim.value.amount != claim.value.amount.to_integral_value()
    }
    for claim in report.indicators:
        if claim.role is not Role.ACHIEVEMENT or claim.grid.kind not in TABLES:
            continue
        if claim.value is None or claim.value.amount is None:
            continue
        for key in {(id(claim.grid), ""), (id(claim.grid), claim.sasaran)}:
            groups.add(key)
            if claim.value.amount < 100:
                below[key].add(claim.row)
            if claim.value.amount < 100 or (claim.value.amount == 100 and (id(claim.grid), claim.row) in rounded):
                near[key].add(claim.row)
    found = [range(len(below[key]), len(near[key]) + 1) for key in groups]
    found += list(_of_periods(report))
    missed = sum(_is_judged(report, claim) for claim, _ in shortfalls(report))
    return [*found, range(missed, missed + 1)] if found else []


def _is_judged(report: Report, claim: IndicatorClaim) -> bool:
    """Whether the row of a realisation gives an achievement too, or its table has no column for any.

    Not one that reaches what the agreement promises, and misses only what another table aims at.
    """
    promised = [
        each.value.amount
        for each in report.claims_on(claim.key)
        if each.role is Role.TARGET and each.grid.kind in PROMISES and each.value is not None
    ]
    mine = claim.value.amount if claim.value is not None else None
    if mine is not None and promised and all(each is not None and each <= mine for each in promised):
        return False
    own = any(each.role is Role.ACHIEVEMENT and each.value is not None for each in report.beside(claim))
    return own or not claim.grid.columns_of(Role.ACHIEVEMENT)


def _of_periods(report: Report) -> Iterator[range]:
    """How many are below 100 in a column of a quarter or half, which makes no claims of the year."""
    for grid in report.grids:
        for at, column in enumerate(grid.columns):
            if column.role is Role.ACHIEVEMENT and column.period:
                figures = [figure for row in grid.rows if (figure := figure_at(row, at)) is not None and not row.mean]
                below = sum(figure.amount < 100 for figure in figures)
                yield range(below, below + 1)


def _counted(report: Report, noun: str) -> int | None:
    """How many the first table of achievements shows below 100."""
    claims = [
        claim
        for claim in report.indicators
        if claim.role is Role.ACHIEVEMENT and claim.value is not None and claim.value.amount is not None
    ]
    if not claims:
        return None
    missed = [claim for claim in claims if claim.grid is claims[0].grid and _amount(claim) < 100]
    return len({claim.sasaran if noun == "sasaran" else claim.key for claim in missed})


def _amount(claim: IndicatorClaim) -> int:
    assert claim.value is not None
    assert claim.value.amount is not None
    return int(claim.value.amount)
