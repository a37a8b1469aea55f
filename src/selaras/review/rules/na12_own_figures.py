"""Kalimat harus sesuai dengan angka yang disebutnya sendiri: arah, selisih, dan tercapai tidaknya target.

Mengapa: pembaca menarik kesimpulan dari kata “naik” atau “target tercapai”; bila angka di kalimat yang sama mengatakan
sebaliknya, salah satunya keliru.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III.

Salah: “turun 2 poin persentase, dari 58% menjadi 60%”.
Benar: “naik 2 poin persentase, dari 58% menjadi 60%”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.numerals import format_number
from selaras.review.concordance import saying
from selaras.review.prose import around, quoted, running
from selaras.review.report import Figure, Report, Sentence
from selaras.review.spoken import spoken
from selaras.review.wording import amount

CODE = "NA12"
KINDS = ("narrative-contradiction", "arithmetic")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"

_N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
MOVED = re.compile(
    rf"\b(?P<verb>naik|meningkat|turun|menurun)\s+(?:sebesar\s+)?(?P<size>{_N})\s*(?P<unit>poin\b|%)?[^.;:]{{0,40}}?"
    rf"\bdari\s+(?P<old>{_N})\s*%?(?:\s+(?:pada\s+)?(?:tahun\s+)?\d{{4}})?\s+menjadi\s+(?P<new>{_N})(?!\S*\d)",
    re.IGNORECASE,
)
_EVERY_YEAR = re.compile(
    rf"\b(?P<verb>naik|meningkat|turun|menurun) setiap tahun\W+(?P<old>{_N})\s*%? pada tahun \d{{4}} dan (?P<new>{_N})",
    re.IGNORECASE,
)
_HIGHEST = re.compile(rf"\btertinggi (?P<end>{_N})", re.IGNORECASE)
_LOWEST = re.compile(rf"\bterendah (?P<end>{_N})", re.IGNORECASE)
"""What rose every year ended at its highest, what fell every year at its lowest."""
_GRADE = r"(?:predikat |kategori |opini )?(?:AA|A|BB|B|CC|C|D|WTP|WDP|TMP|TW)\b"
_VERDICT = re.compile(
    rf"\bterealisasi (?P<got>{_N}|{_GRADE})\s*%? terhadap target (?P<aim>{_N}|{_GRADE})\s*%?[^;]{{0,60}}?"
    rf"\bcapaian\w* (?P<share>{_N})\s*%"
    r"[^;]{0,60}?;?\s*target (?P<said>terlampaui|tercapai|(?:belum|tidak) tercapai)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"^\s*(?:nilai|angka|hasil|realisasi|capaian|jumlah)\s*(?:ini|itu|tersebut)\s+(?:naik|meningkat|turun|menurun)\s+(?:sebesar\s+)?(?P<size>{_N})"
    rf"\s*(?:poin\s+)?(?:dari|dibanding\w*)\s+(?:dengan\s+)?(?:realisasi\s+)?tahun\s+(?:\d{{4}}|lalu|sebelumnya)\s*(?:\(|yang\s+(?:sebesar|mencapai)\s+|sebesar\s+)"
    rf"(?P<old>{_N})(?!\S*\d)",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\s*poin\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|persen\b)", re.IGNORECASE)
BACK = 4
"""So many sentences lie between a figure and one that takes it up, at most."""
TIMES = 4
"""So many times a figure may be what it was a year ago."""
_APART = re.compile(
    rf"\b(?:kurang|kekurangan\w*|selisih\w*|terpaut|berselisih|berbeda|di (?:bawah|atas)|lebih (?:tinggi|rendah|besar|kecil)|"
    rf"melampaui|melebihi)\s+(?:\w+\s+){{0,2}}?(?P<size>{_N})\s*(?:%\s*)?poin\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    rf"(?<![\d.,])(?P<size>{_N})\s*(?:%\s*)?poin(?:\s+persentase)?\s+(?:di (?:bawah|atas)|lebih (?:rendah|tinggi) dari(?:pada)?|"
    r"dari\s+target)\b(?=[^.;]*\d)",
    re.IGNORECASE,
)

_ELSEWHERE = re.compile(
    r"[^\d.;]{0,20}\b(?:dibanding\w*|daripada|dari)\s+(?:dengan\s+)?(?:realisasi\s+|capaian\s+|nilai\s+)?tahun\s+(?:\d{4}|lalu|sebelumnya)\W*$",
    re.IGNORECASE,
)
"""What it lies apart from is not in the sentence."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every sentence that says a change or a verdict together with its figures."""
    before: list[Sentence] = []
    alone = (MOVED, _EVERY_YEAR, _VERDICT, _APART, _AWAY)
    telling = {id(sentence) for wanted in alone for sentence in saying(report, wanted, running=True)}
    for sentence in running(report):
        if id(sentence) in telling:
            yield from _alone(sentence)
        if before and before[-1].path != sentence.path:
            before = []
        for match in _SINCE.finditer(sentence.text) if before else ():
            yield from _since(sentence, before[: -BACK - 1 : -1], match)
        before.append(sentence)


def _alone(sentence: Sentence) -> Iterator[Finding]:
    """What a sentence says of its own figures."""
    for match in MOVED.finditer(sentence.text):
        yield from _moved(sentence, match)
    for match in _EVERY_YEAR.finditer(sentence.text):
        yield from _direction(sentence, match)
    for match in _VERDICT.finditer(sentence.text):
        yield from _verdict(sentence, match)
    apart = [*_APART.finditer(sentence.text)]
    apart += [
        each
        for each in _AWAY.finditer(sentence.text)
        if not any(each.start("size") == one.start("size") for one in apart)
    ]
    for match in apart:
        yield from _apart(sentence, match)


def _apart(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """A distance in points that lies between no two of the other figures of the sentence."""
    start = match.start("size")
    if _ELSEWHERE.match(sentence.text, match.end()):
        return
    others = [
        item.figure
        for item in spoken(sentence)
        if item.start != start and not item.figure.money and not _POINTS.match(item.after)
    ]
    said = _number(match["size"])
    gaps = {
        abs(one.amount - other.amount): (one, other)
        for one, other in combinations(others, 2)
        if one.percent is other.percent
    }
    if not gaps or any(abs(gap - said) <= _room(match["size"], *pair) for gap, pair in gaps.items()):
        return
    right, (one, other) = min(gaps.items(), key=lambda gap: abs(gap[0] - said))
    high, low = sorted((one, other), key=lambda figure: figure.amount, reverse=True)
    yield _finding(
        sentence, match, "arithmetic", f"Selisih tertulis {match['size']} poin; tidak ada dua angka dalam kalimat itu yang "
        f"berselisih demikian, yang terdekat {amount(high)} dan {amount(low)}.", match["size"], format_number(right),
        f"{amount(high)} − {amount(low)} = {format_number(right)}",
    )  # fmt: skip


def _since(sentence: Sentence, told: Sequence[Sentence], match: re.Match[str]) -> Iterator[Finding]:
    """`Nilai itu naik S dari tahun lalu yang sebesar OLD`: the later figure stands in a sentence before, the nearest first."""
    size, old = _number(match["size"]), _number(match["old"])
    percent = _PERCENT.match(sentence.text, match.end("old")) is not None
    held = next((found for each in told if (found := _of_one_size(each, old, percent=percent))), [])
    if not held or any(abs(abs(figure.amount - old) - size) <= _room(match["size"], figure, figure) for figure in held):
        return
    nearest = min(held, key=lambda figure: abs(abs(figure.amount - old) - size))
    right = format_number(abs(nearest.amount - old))
    yield _finding(
        sentence, match, "arithmetic", f"Selisih tertulis {match['size']}; dari {match['old']} tidak ada angka dalam kalimat "
        f"sebelumnya yang berselisih demikian, yang terdekat {amount(nearest)}.", match["size"], right,
        f"{amount(nearest)} − {match['old']} = {right}",
    )  # fmt: skip


def _of_one_size(sentence: Sentence, old: Decimal, *, percent: bool) -> list[Figure]:
    """The figures of a sentence that can be what `old` has become."""
    figures = [item.figure for item in spoken(sentence) if not item.figure.money]
    figures = [figure for figure in figures if figure.percent or not percent]
    return [figure for figure in figures if figure.amount <= old * TIMES and old <= figure.amount * TIMES]


def _room(size: str, one: Figure, other: Figure) -> Decimal:
    """What rounding for print can explain; percentages alone may be rounded."""
    return _half(size) + sum(
        (Decimal(5).scaleb(-figure.decimals - 1) for figure in (one, other) if figure.decimals > 0), Decimal(0)
    )


def _moved(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    wrong = list(_direction(sentence, match))
    if wrong or match["unit"] == "%":
        yield from wrong
        return
    old, new, size = (_number(match[name]) for name in ("old", "new", "size"))
    room = sum((_half(match[name]) for name in ("old", "new", "size")), Decimal(0))
    if abs(abs(new - old) - size) > room:
        right = format_number(abs(new - old))
        yield _finding(
            sentence, match, "arithmetic", f"Selisih tertulis {match['size']}, sedangkan {match['new']} dikurangi "
            f"{match['old']} adalah {right}.", match["size"], right,
            f"{match['new']} − {match['old']} = {format_number(new - old)}",
        )  # fmt: skip


def _direction(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    old, new = _number(match["old"]), _number(match["new"])
    rising = match["verb"].casefold() in ("naik", "meningkat")
    if (new <= old) if rising else (new >= old):
        right = "naik" if new > old else "turun" if new < old else "tetap"
        yield _finding(
            sentence, match, "narrative-contradiction", f"“{match['verb']}” bertentangan dengan {match['old']} → {match['new']}",
            match["verb"], right, f"{match['new']} − {match['old']} = {format_number(new - old)}",
        )  # fmt: skip
        return
    end = (_HIGHEST if rising else _LOWEST).search(sentence.text, match.end())
    if end and ((_number(end["end"]) > new) if rising else (_number(end["end"]) < new)):
        yield _finding(
            sentence, match, "narrative-contradiction",
            f"“{match['verb']} setiap tahun” bertentangan dengan {end[0]}, sedangkan tahun terakhir {match['new']}",
            f"{match['verb']} setiap tahun", "berubah-ubah", f"{end[0]}; terakhir {match['new']}",
        )  # fmt: skip


def _verdict(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """Met from 100 on; at 100,00 whole figures decide, because less may have been rounded up to what is printed."""
    share = _number(match["share"])
    said = match["said"].casefold()
    whole = share == 100 and _plain(match["got"]) == _plain(match["aim"]) and "," not in match["got"]
    if said.startswith(("belum", "tidak")):
        wrong, right = share > 100 or whole, "target tercapai"
    elif said == "terlampaui":
        wrong, right = share < 100 or whole, "tidak terlampaui"
    else:
        wrong, right = share < 100, "target belum tercapai"
    if wrong:
        yield _finding(
            sentence, match, "narrative-contradiction", f"Dikatakan target {said}, padahal capaiannya {match['share']}%",
            f"target {said}", right, f"realisasi {match['got']}, target {match['aim']}, capaian {match['share']}%",
        )  # fmt: skip


def _finding(
    sentence: Sentence, match: re.Match[str], kind: str, message: str, stated: str, expected: str, arithmetic: str
) -> Finding:
    return Finding(
        CODE, kind, Severity.ERROR, message, stated=stated, expected=expected, arithmetic=arithmetic,
        places=(quoted(around(sentence.text, *match.span()), sentence.place),), regulation=REGULATION,
        suggestion="Samakan kata dan angka dalam kalimat itu dengan tabelnya.",
    )  # fmt: skip


def _plain(text: str) -> str:
    """A figure without zeros behind its comma, a grade without the word before it."""
    return re.sub(r",0+$", "", text.casefold().split()[-1])


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _half(text: str) -> Decimal:
    """Half of the last printed digit."""
    digits = len(text.partition(",")[2])
    return Decimal(5).scaleb(-digits - 1)
