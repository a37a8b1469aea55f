"""Selisih yang disebut bersama salah satu angkanya harus lahir dari angka itu dan angka lain yang dibicarakan.

Mengapa: “bertambah 14 lokasi dari 13 lokasi” sesudah “27 lokasi” memuat hitungannya sendiri; begitu pula yang masih kurang
untuk mencapai target.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III (perbandingan dengan tahun lalu dan dengan target).

Salah: “terdapat 27 lokasi, bertambah 16 lokasi dari tahun lalu yang sebanyak 13 lokasi”.
Benar: “terdapat 27 lokasi, bertambah 14 lokasi dari tahun lalu yang sebanyak 13 lokasi”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import around, quoted, running
from selaras.review.report import Figure, Report, Sentence
from selaras.review.spoken import Spoken, spoken
from selaras.review.wording import amount, like

CODE = "AR12"
KINDS = ("arithmetic",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"
_F = re.IGNORECASE
REACH = 160
"""So many characters hold every wording that stands before a difference."""
TIMES = 4
"""So many times one end of a difference may be the other."""
_BY = re.compile(
    r"\b(?:bertambah|berkurang|naik|turun|meningkat|menurun|lebih(?:\s+(?:tinggi|rendah|besar|kecil|banyak|sedikit))?|kurang|"
    r"berselisih|selisih|di\s?(?:atas|bawah)|melampaui|melebihi)\s+(?:sebesar\s+|sebanyak\s+|sekitar\s+)?(?:Rp\.?\s*)?$",
    _F,
)
_THAN = re.compile(
    r"\s*(?P<unit>%|persen\b|[\w/]+)?\s*(?:poin\b\s*)?(?:persentase\s*)?\(?\s*\b(?:dari|daripada|dibanding\w*(?:\s+dengan)?|terhadap)\s+"
    r"(?:(?!\bmenjadi\b|\bdan\b)[^.;:()\d]|\b20\d\d\b){0,90}?\(?\s*(?:Rp\.?\s*)?",
    _F,
)
_GROWS = re.compile(r"\bpoin\b", _F)
_LACKS = re.compile(
    r"\b(?:masih\s+(?:terdapat|ada|kurang|tersisa|dibutuhkan|diperlukan)|kurang|kekurangan\w*|tersisa|tinggal)\s+(?:sebanyak\s+|sebesar\s+)?"
    r"(?:Rp\.?\s*)?$",
    _F,
)
_TO_AIM = re.compile(
    r"(?:(?!\b(?:dan|sedangkan)\b)[^.;:()\d]){0,90}\b(?:mencapai|memenuhi|dari)\s+(?:target|rencana)\b[^.;:()\d]{0,40}?(?:Rp\.?\s*)?",
    _F,
)
_UNPAID = re.compile(
    r"^\W*(?:dengan demikian,?\s+)?(?:jumlah\s+)?(?:tunggakan|kekurangan|sisa|selisih)\w*"
    r"(?:\s+(?!(?:anggaran|pagu|dana|belanja)\b)(?!\d)[^\s.;]+){0,6}?\s*"
    r"(?:adalah\s+|yaitu\s+|sebesar\s+|sebanyak\s+|sejumlah\s+)(?:Rp\.?\s*)?$",
    _F,
)
_AIMED = re.compile(r"\b(?:target|rencana|batas|pagu|standar)\w*\s+(?:\w+\s+){0,3}?(?:Rp\.?\s*)?$", _F)
_TAKEN_UP = re.compile(r"^\W*(?:[\w-]+\s+){0,3}(?:ini|itu|tersebut)\b", _F)
"""A sentence that speaks of what was told before: the figure that changed stands there."""
BACK = 4
"""So many sentences lie between a figure and one that takes it up, at most."""
_OF_WHOLE = re.compile(r"\bdari\s+(?:[^\d.;,]{0,60}\s)?(?:Rp\.?\s*)?$", _F)

_OR_GROWN = re.compile(
    r"\s*%?\s*poin\s*(?:persentase|persen)?\s*(?:atau|\(|setara)\s*(?:tumbuh|naik|turun|meningkat|menurun|sebesar|setara)?\s*",
    _F,
)
_BEGAN = re.compile(r"\b(?:dari|dibanding\w*)\b[^.;]{0,60}$", _F)
_OF_YEAR = re.compile(r"\btahun\s+20[0-9]{2}\s+(?:sebesar|mencapai|adalah|sebanyak)\s+(?:Rp\.?\s*)?$", _F)
_PAIR = ("base", "rate")
_GREW = re.compile(r"\b(?:tumbuh|naik|turun|meningkat|menurun)\s+(?:sebesar\s+|sekitar\s+)?$", _F)
_COMPARES = re.compile(r"^\W*(?:jika\s+|bila\s+|apabila\s+)?dibanding\w*\b", _F)
_BECAME = re.compile(r"[^\d.;:]{0,60}\bmenjadi\s+(?:sebesar\s+)?(?:Rp\.?\s*)?", _F)
_SO_MUCH = re.compile(
    r"\s*(?:[a-z]+\s+)?,?\s*(?:atau\s+|sehingga\s+|yang berarti\s+|\()?(?P<way>bertambah|berkurang|naik|turun|meningkat|menurun)\s+"
    r"(?:sebesar\s+|sebanyak\s+)?(?:Rp\.?\s*)?",
    _F,
)
_MEANS = re.compile(
    r"\s*%?\s*[a-z]*,?\s*(?:yang berarti|artinya|berarti|sehingga|atau)\s+(?:terjadi\s+|ada\s+|terdapat\s+)?"
    r"(?:peningkatan|kenaikan|penurunan|pertumbuhan|naik|turun|tumbuh|meningkat|menurun)\s+(?:sebesar\s+|sebanyak\s+)?(?:Rp\.?\s*)?",
    _F,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every difference that stands beside one of its ends, and every remainder; the other end may stand one sentence before."""
    before: list[Sentence] = []
    for sentence in running(report):
        if before and before[-1].path != sentence.path:
            before = []
        told = before[: -BACK - 1 : -1]
        before.append(sentence)
        earlier = told[0] if told else None
        items = spoken(sentence)
        for place, (size, end) in enumerate(pairwise(items)):
            between = sentence.text[size.end : end.start]
            ahead = sentence.text[max(0, size.start - REACH) : size.start]
            if (_BY.search(ahead) and _THAN.fullmatch(between)) or (
                _LACKS.search(ahead) and _TO_AIM.fullmatch(between)
            ):
                others = _others(sentence.text, items, place, size, end, told)
                if not _stands_in_table(report, size.figure.amount, end.figure.amount):
                    yield from _judged(sentence, size, end, others)
        yield from _both_ways(sentence, items)
        yield from _dated(sentence, items)
        yield from _became(sentence, items)
        yield from _rated(sentence, items, told)
        if earlier is not None and len(items) == 1 and _UNPAID.match(sentence.text[: items[0].start]):
            yield from _unpaid(sentence, items[0], earlier)


def _stands_in_table(report: Report, size: Decimal, end: Decimal) -> bool:
    """Whether the other end is a value of an indicator or an amount of a budget: then the tables explain the difference."""
    known: frozenset[Decimal] = report.once("amounts in tables", _in_tables)
    return end + size in known or end - size in known


def _in_tables(report: Report) -> frozenset[Decimal]:
    values = [claim.value.amount for claim in report.indicators if claim.value is not None]
    money = [figure.amount for claim in report.budget for figure in (claim.budget, claim.spent) if figure is not None]
    return frozenset(amount for amount in (*values, *money) if amount is not None)


def _others(
    text: str, items: Sequence[Spoken], place: int, size: Spoken, end: Spoken, told: Sequence[Sentence]
) -> list[Figure]:
    """What the difference can be counted from: the figures beside it and of the sentence before.

    In a sentence on what was told before, the nearest sentence with such a figure counts, and no target beside it.
    """
    points = size.figure.percent or _GROWS.search(size.after[:24]) is not None
    if not (size.figure.money is end.figure.money and (size.figure.percent is end.figure.percent or points)):
        return []
    taken_up = bool(told) and _TAKEN_UP.match(text) is not None
    mine = [
        item.figure
        for at, item in enumerate(items)
        if at not in (place, place + 1) and not (taken_up and _AIMED.search(item.before))
    ]
    back = (_alike([item.figure for item in spoken(each)], end.figure) for each in told)
    earlier = next(filter(None, back), []) if taken_up else next(back, [])
    return [*_alike(mine, end.figure), *earlier]


def _alike(held: Sequence[Figure], end: Figure) -> list[Figure]:
    """The figures that can be the other end."""
    return [
        figure
        for figure in held
        if figure.percent is end.percent and figure.money is end.money and _of_one_size(figure, end)
    ]


def _of_one_size(one: Figure, other: Figure) -> bool:
    """Whether two figures can be of one thing in two years: neither is many times the other."""
    low, high = sorted((abs(one.amount), abs(other.amount)))
    return low * TIMES >= high


def _judged(sentence: Sentence, size: Spoken, end: Spoken, others: Sequence[Figure]) -> Iterator[Finding]:
    stated, known = size.figure.amount, end.figure.amount
    if not others or any(_makes(size.figure, end.figure, other) for other in others):
        return
    nearest = min(others, key=lambda other: abs(abs(other.amount - known) - stated))
    right = abs(nearest.amount - known)
    high, low = sorted((nearest, end.figure), key=lambda figure: figure.amount, reverse=True)
    yield _finding(sentence, (size, end), right, f"{amount(high)} − {amount(low)}")


def _makes(size: Figure, end: Figure, other: Figure) -> bool:
    """Whether the two ends lie so far apart, or one is larger than the other by that percentage."""
    room = sum(
        (Decimal(5).scaleb(-figure.decimals - 1) for figure in (size, end, other) if figure.decimals > 0), Decimal(0)
    )
    if abs(abs(other.amount - end.amount) - size.amount) <= room:
        return True
    grown = [
        abs(later / base - 1) * 100 for base, later in ((end.amount, other.amount), (other.amount, end.amount)) if base
    ]
    return size.percent and any(abs(each - size.amount) <= Decimal(1).scaleb(-max(size.decimals, 0)) for each in grown)


def _both_ways(sentence: Sentence, items: Sequence[Spoken]) -> Iterator[Finding]:
    """`dari 51,25 … naik 12,50 poin atau tumbuh 24,39%`: the second is the first over where it began."""
    for old, size, share in zip(items, items[1:], items[2:], strict=False):
        points = _GROWS.search(sentence.text[size.end : share.start]) is not None
        if not (points and share.figure.percent and old.figure.amount and _BY.search(sentence.text[: size.start])):
            continue
        if not _OR_GROWN.fullmatch(sentence.text[size.end : share.start]) or not _BEGAN.search(
            sentence.text[: old.start]
        ):
            continue
        right = size.figure.amount / old.figure.amount * 100
        if abs(right - share.figure.amount) > Decimal(1).scaleb(-max(share.figure.decimals, 0)):
            yield _finding(sentence, (share, share), right, f"{amount(size.figure)} ÷ {amount(old.figure)}")


def _dated(sentence: Sentence, items: Sequence[Spoken]) -> Iterator[Finding]:
    """`tahun 2022 sebesar 50% dan tahun 2023 sebesar 56,9%, yang berarti peningkatan sebesar 13,8%`."""
    for old, new, size in zip(items, items[1:], items[2:], strict=False):
        if (
            old.figure.percent is not new.figure.percent
            or old.figure.money is not new.figure.money
            or not old.figure.amount
        ):
            continue
        told = _OF_YEAR.search(sentence.text[: old.start]) and _OF_YEAR.search(sentence.text[old.end : new.start])
        if (
            told
            and _MEANS.fullmatch(sentence.text[new.end : size.start])
            and not _makes(size.figure, old.figure, new.figure)
        ):
            right = abs(new.figure.amount - old.figure.amount)
            right = right / old.figure.amount * 100 if size.figure.percent else right
            yield _finding(sentence, (size, size), right, f"{amount(old.figure)} menjadi {amount(new.figure)}")


def _became(sentence: Sentence, items: Sequence[Spoken]) -> Iterator[Finding]:
    """`A direvisi menjadi B, bertambah C`; a percentage beside it is the growth."""
    for old, new, size in zip(items, items[1:], items[2:], strict=False):
        alike = old.figure.percent is new.figure.percent and old.figure.money is new.figure.money
        fits = alike and (size.figure.money is old.figure.money or (size.figure.percent and bool(old.figure.amount)))
        if (
            fits
            and _BECAME.fullmatch(sentence.text[old.end : new.start])
            and _SO_MUCH.fullmatch(sentence.text[new.end : size.start])
            and not _makes(size.figure, old.figure, new.figure)
        ):
            right = abs(new.figure.amount - old.figure.amount)
            if size.figure.percent and not _GROWS.search(size.after[:24]):
                right = right / old.figure.amount * 100
            yield _finding(sentence, (size, size), right, f"{amount(new.figure)} − {amount(old.figure)}")


def _rated(sentence: Sentence, items: Sequence[Spoken], told: Sequence[Sentence]) -> Iterator[Finding]:
    """`Dibandingkan dengan tahun 2024 sebesar B, tumbuh P%`: what it grew to stands before; only a near miss is told."""
    if len(items) != len(_PAIR) or not told or not _COMPARES.search(items[0].before):
        return
    base, rate = items
    if not rate.figure.percent or base.figure.percent or not base.figure.amount or not _GREW.search(rate.before):
        return
    later = next((held for each in told if (held := _alike([i.figure for i in spoken(each)], base.figure))), [])
    rates = [abs(figure.amount / base.figure.amount - 1) * 100 for figure in later]
    room = Decimal(1).scaleb(-max(rate.figure.decimals, 0))
    if rates and all(abs(each - rate.figure.amount) > room for each in rates):
        nearest = min(range(len(rates)), key=lambda at: abs(rates[at] - rate.figure.amount))
        if abs(rates[nearest] - rate.figure.amount) <= 1:
            yield _finding(
                sentence, (rate, rate), rates[nearest], f"{amount(later[nearest])} ÷ {amount(base.figure)} − 1"
            )


def _unpaid(sentence: Sentence, left: Spoken, earlier: Sentence) -> Iterator[Finding]:
    """`Tunggakan … sebesar R.` after `A dari B`: what is left of B."""
    items = [item for item in spoken(earlier) if item.figure.money is left.figure.money and not item.figure.percent]
    if left.figure.percent or len(items) != 2 or not _OF_WHOLE.search(items[1].before):
        return
    part, whole = items[0].figure, items[1].figure
    if part.amount < whole.amount and abs(whole.amount - part.amount - left.figure.amount) >= 1:
        yield _finding(sentence, (left, left), whole.amount - part.amount, f"{amount(whole)} − {amount(part)}")


def _finding(sentence: Sentence, span: tuple[Spoken, Spoken], right: Decimal, how: str) -> Finding:
    size = span[0].figure
    return Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"Selisih tertulis {amount(size)}, sedangkan {how} adalah {like(right, size)}.",
        stated=amount(size),
        expected=like(right, size),
        arithmetic=f"{how} = {like(right, size)}",
        places=(quoted(around(sentence.text, span[0].start, span[1].end), sentence.place_at(span[0].start)),),
        regulation=REGULATION,
        suggestion="Periksa kedua angka dan selisihnya terhadap tabel.",
    )
