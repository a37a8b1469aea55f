"""Kenaikan atau penurunan yang diceritakan kalimat harus sesuai dengan realisasi indikatornya dalam tabel.

Mengapa: “naik 5,35 poin” atau “dari 71,8% menjadi 75,3%” dipercaya tanpa membuka tabelnya; awal, akhir, dan besar perubahannya
harus dapat ditemukan atau dihitung dari sana.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III (perbandingan dengan tahun lalu).

Salah: “naik 3,50 poin dibandingkan tahun 2023”, padahal dalam tabel 78,00 menjadi 80,50.
Benar: “naik 2,50 poin dibandingkan tahun 2023”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.achievements import Way
from selaras.review.arithmetic import HUNDRED, fraction
from selaras.review.likeness import fold
from selaras.review.polarity import ways
from selaras.review.prose import YEAR, around, denied, pattern, quoted
from selaras.review.report import Figure, IndicatorClaim, Report, Role, Sentence
from selaras.review.spoken import Spoken, spoken
from selaras.review.subjects import Subject, agrees, shares
from selaras.review.topics import topics
from selaras.review.wording import amount, places, short, shown

CODE = "NA16"
KINDS = ("text-vs-table", "narrative-contradiction")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"
_F = re.IGNORECASE
_UP = r"naik|meningkat|bertambah|tumbuh|kenaikan|peningkatan|pertumbuhan|lebih (?:tinggi|besar|banyak)"
_DOWN = r"turun|menurun|berkurang|merosot|penurunan|lebih (?:rendah|kecil|sedikit)"
_SIZED = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+(?:sebesar|sebanyak|sekitar)?\s*$", _F)
_FROM = re.compile(r"\bdari\s+(?:semula\s+|angka\s+|nilai\s+|sebesar\s+|sebanyak\s+)*(?:Rp\.?\s*)?$", _F)
_TO = re.compile(
    r"^[^.;,0-9]{0,30}(?:\(?(?:pada\s+)?(?:tahun|triwulan|semester)\s+(?:\d{4}|[ivx\d]+)\)?\s*)?,?\s*menjadi\s+(?:Rp\.?\s*)?$",
    _F,
)
_BEFORE = re.compile(r"\btahun\s+(?:sebelumnya|lalu)\b", _F)
_MONEY = re.compile(r"\b(?:anggaran|pagu|serap\w*|penyerapan|keuangan)\b", _F)
_GOES_ON = re.compile(
    r"\s*(?:(?:angka|nilai|realisasi|capaian|hal|hasil)(?:nya)?(?:\s+(?:ini|itu|tersebut))?|dibanding\w*)\b", _F
)
_JUDGED = re.compile(r"\b(?:(?P<good>membaik)|(?P<bad>memburuk))\b", _F)
_POINTS = re.compile(r"\s*poin\b", _F)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences on one indicator of which the tables give two years at least."""
    for sentence, about in topics(report):
        indicators = [subject for subject in about.subjects if not subject.is_goal]
        if len(indicators) != 1 or _MONEY.search(_without(sentence.text, indicators[0])):
            continue
        subject, items = indicators[0], spoken(sentence)
        known = _realised(report, subject)
        if len(known) < 2 and not about.carried:
            yield from _judged_alone(report, sentence, subject, items)
        if len(known) < 2 or (about.carried and not _GOES_ON.match(sentence.text)):
            continue
        for place, item in enumerate(items):
            yield from _ends(report, sentence, subject, items, place)
            yield from _sized(report, sentence, subject, item, known)


def _without(text: str, subject: Subject) -> str:
    """The text without the name of the subject, whose words say nothing of the sentence."""
    return re.sub(re.escape(subject.name), " ", text, flags=_F)


def _realised(report: Report, subject: Subject) -> dict[int, IndicatorClaim]:
    """The realisation of each year; a year of which two tables tell different things is left out."""
    found: dict[int, IndicatorClaim] = {}
    torn: set[int] = set()
    for claim in subject.claims:
        year = claim.year or report.identity.year
        if claim.role is not Role.REALISATION or year is None or claim.value is None or claim.value.amount is None:
            continue
        before = found.setdefault(year, claim)
        if before.value is not None and before.value.amount != claim.value.amount:
            torn.add(year)
    return {year: claim for year, claim in found.items() if year not in torn}


def _ends(
    report: Report, sentence: Sentence, subject: Subject, items: tuple[Spoken, ...], place: int
) -> Iterator[Finding]:
    """`dari A menjadi B`: both must be figures of the indicator."""
    if place + 1 >= len(items):
        return
    old, new = items[place], items[place + 1]
    between = sentence.text[old.end : new.start]
    if not _FROM.search(sentence.text[: old.start]) or not _TO.match(between):
        return
    near = _without(sentence.text[max(0, old.start - 60) : new.start], subject)
    if re.search(r"\b(?:target|rencana|nasional|capaian|harus|perlu|diharapkan)\b", near, _F):
        return
    yield from _better(report, sentence, subject, old, new)
    known = shares(subject, report)
    heard = [agrees(item.figure, known) for item in (old, new)]
    if any(not _is_of_unit(item.figure, subject) for item in (old, new)) or heard.count(False) != 1:
        return  # two strange figures are about something else than the tables
    yield _unknown(sentence, (old, new)[heard.index(False)], subject)


def _judged_alone(report: Report, sentence: Sentence, subject: Subject, items: tuple[Spoken, ...]) -> Iterator[Finding]:
    """`membaik dari A menjadi B` of an indicator that no table follows over the years."""
    for old, new in pairwise(items):
        if _FROM.search(sentence.text[: old.start]) and _TO.match(sentence.text[old.end : new.start]):
            yield from _better(report, sentence, subject, old, new)


def _better(report: Report, sentence: Sentence, subject: Subject, old: Spoken, new: Spoken) -> Iterator[Finding]:
    """`membaik dari A menjadi B` against which way the indicator counts."""
    match = next(iter(_JUDGED.finditer(sentence.text, max(0, old.start - 60), old.start)), None)
    way = next((way for claim in subject.claims if (way := ways(report).get(fold(claim.name))) is not None), None)
    if match is None or way is None or old.figure.amount == new.figure.amount:
        return
    rises = new.figure.amount > old.figure.amount
    better = rises is (way is Way.UP)
    if better is (match["good"] is not None):
        return
    yield Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"“{match[0]}” bertentangan dengan angkanya: {amount(old.figure)} menjadi {amount(new.figure)}, padahal indikator ini "
        f"{way.value}.",
        stated=match[0],
        expected="membaik" if better else "memburuk",
        places=places([quoted(around(sentence.text, match.start(), new.end), sentence.place_at(match.start()))]),
        regulation=REGULATION,
        suggestion="Samakan kata dan angka dalam kalimat itu dengan tabelnya.",
    )


def _is_of_unit(figure: Figure, subject: Subject) -> bool:
    percent = bool(subject.units() & {"persen", "%", "persentase"}) or fold(subject.name).startswith("persentase")
    percent = percent or any(claim.unit.strip() == "%" for claim in subject.claims)
    return not figure.money and not figure.doubtful and (percent or not figure.percent)


def _unknown(sentence: Sentence, item: Spoken, subject: Subject) -> Finding:
    spots = [claim for claim in subject.claims if claim.role is Role.REALISATION and claim.value is not None]
    told = ", ".join(dict.fromkeys(claim.text for claim in spots))
    return Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"“{short(subject.name)}”: {amount(item.figure)} dalam kalimat tidak ada dalam tabel (realisasinya {told}).",
        stated=amount(item.figure),
        expected=told,
        places=places([quoted(around(sentence.text, item.start, item.end), sentence.place_at(item.start)), *(
            claim.place for claim in spots[:3]
        )]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel, atau perbaiki tabelnya.",
    )  # fmt: skip


def _sized(
    report: Report, sentence: Sentence, subject: Subject, item: Spoken, known: dict[int, IndicatorClaim]
) -> Iterator[Finding]:
    """`naik 3,55 poin dibandingkan tahun 2023`, without the figures themselves."""
    match = _SIZED.search(sentence.text[: item.start])
    year, before = report.identity.year, _year_before(report, sentence, item)
    if match is None or year is None or before not in known or year not in known or item.figure.money:
        return
    if denied(sentence.text, match.start(), reach=16):
        return
    clause = _without(sentence.text[max(0, match.start() - 50) : item.end + 50], subject)
    if pattern("narrative", "not_of_the_year").search(clause):
        return
    old, new = _amount(known[before]), _amount(known[year])
    rising = match["up"] is not None
    if old and abs(fraction(item.figure.amount) - new / old * HUNDRED) < 1:
        return  # a ratio told as growth is another rule's
    if (new <= old) if rising else (new >= old):
        yield _told(
            sentence,
            match.start(),
            item,
            subject,
            (known[before], known[year]),
            "narrative-contradiction",
            match[0].strip(),
        )
    elif not any(_agrees(item, value, known[year]) for value in _sizes(item, old, new, subject)):
        yield _told(sentence, match.start(), item, subject, (known[before], known[year]), "text-vs-table", "")


def _year_before(report: Report, sentence: Sentence, item: Spoken) -> int | None:
    """The year that a change is measured from: the only earlier one of the clause, or `tahun sebelumnya`."""
    year = report.identity.year
    if year is None:
        return None
    clause = sentence.text[max(0, item.start - 90) : item.end + 70]
    years = {int(found) for found in YEAR.findall(clause)} - {year}
    if len(years) == 1:
        return years.pop()
    return year - 1 if not years and _BEFORE.search(clause) else None


def _sizes(item: Spoken, old: Fraction, new: Fraction, subject: Subject) -> Iterator[Fraction]:
    """What the size may be: the difference, and for a percentage the growth."""
    yield abs(new - old)
    if item.figure.percent and not _POINTS.match(item.after) and old:
        yield abs(new / old - 1) * HUNDRED


def _agrees(item: Spoken, value: Fraction, claim: IndicatorClaim) -> bool:
    exponent = claim.value.amount.as_tuple().exponent if claim.value and claim.value.amount is not None else 0
    printed = Fraction(10) ** (exponent if isinstance(exponent, int) and exponent < 0 else -9)
    room = Fraction(10) ** -item.figure.decimals + (printed if item.figure.percent else 0)
    return abs(fraction(item.figure.amount) - value) <= room


def _amount(claim: IndicatorClaim) -> Fraction:
    assert claim.value is not None
    assert claim.value.amount is not None
    return fraction(claim.value.amount)


def _told(
    sentence: Sentence,
    start: int,
    item: Spoken,
    subject: Subject,
    pair: tuple[IndicatorClaim, IndicatorClaim],
    kind: str,
    word: str,
) -> Finding:
    old, new = pair
    change = shown(abs(_amount(new) - _amount(old)), max(2, item.figure.decimals))
    moved = "naik" if _amount(new) > _amount(old) else "turun" if _amount(new) < _amount(old) else "tetap"
    return Finding(
        CODE,
        kind,
        Severity.ERROR,
        f"“{short(subject.name)}” dalam tabel {old.text} menjadi {new.text}, {moved} {change}; kalimat menyebut "
        f"{word + ' ' if word else ''}{amount(item.figure)}.",
        stated=word or amount(item.figure),
        expected=moved if word else change,
        arithmetic=f"{new.text} − {old.text}",
        places=places([quoted(around(sentence.text, start, item.end), sentence.place_at(start)), new.place, old.place]),
        regulation=REGULATION,
        suggestion="Hitung ulang dari tabel, lalu perbaiki kalimatnya.",
    )
