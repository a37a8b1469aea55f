"""Kata naik, turun, lebih tinggi, atau lebih rendah harus sesuai dengan dua angka yang disebut bersamanya.

Mengapa: pembaca menarik kesimpulan dari katanya; bila dua angka dalam kalimat yang sama mengatakan sebaliknya, atau persentase
perubahannya tidak lahir dari keduanya, salah satunya keliru.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III (perbandingan dengan tahun lalu).

Salah: “meningkat dari 57% menjadi 54%”; “naik 6,3% dari 40.870 ton menjadi 42.350 ton”.
Benar: “menurun dari 57% menjadi 54%”; “naik 3,6% dari 40.870 ton menjadi 42.350 ton”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Verdict, fraction, judge, measured
from selaras.review.prose import around, denied, quoted, running
from selaras.review.report import Figure, Report, Sentence
from selaras.review.rules.na12_own_figures import MOVED
from selaras.review.spoken import Spoken, spoken
from selaras.review.wording import amount, like

CODE = "NA13"
KINDS = ("narrative-contradiction", "arithmetic")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"
SUGGESTION = "Samakan kata dan angka dalam kalimat itu dengan tabelnya."
_F = re.IGNORECASE
_UP = r"meningkat\w*|peningkatan|naik\w*|kenaikan|bertambah\w*|pertambahan|tumbuh|pertumbuhan|melonjak"
_DOWN = r"menurun\w*|penurunan|turun\w*|berkurang\w*|pengurangan|merosot|menyusut|melemah"
_VERB = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", _F)
_SIZED = re.compile(r"\b(?:naik|meningkat|turun|menurun)\s+(?:sebesar\s+)?\d", _F)
_FROM = re.compile(
    r"\bdari\s+(?:semula\s+|angka\s+|nilai\s+|sebesar\s+|sebanyak\s+|hanya\s+|realisasi\s+)*(?:Rp\.?\s*)?$", _F
)
_TO = re.compile(
    r"^\s*(?:%|persen\b|(?:[a-z]+\s+){0,2}?)?\s*,?\s*(?:\(?(?:pada|di|dalam)?\s*(?:tahun\s+(?:anggaran\s+)?)?(?:20\d\d|sebelumnya|lalu)\)?\s*)?,?\s*"
    r"(?:menjadi|ke)\s+(?:angka\s+|nilai\s+|sebesar\s+|sebanyak\s+)*(?:Rp\.?\s*)?$",
    _F,
)
_AFTERWARDS = re.compile(
    rf"""\s*(?:%|[a-z]+)?
    (?:\s+(?:pada\s+)?tahun\s+20\d\d)?
    \s*(?:,|\(|,?\s*(?:atau|artinya|yang\s+berarti))
    \s*(?:{_UP}|{_DOWN})\s+(?:sebesar\s+)?""",
    _F | re.VERBOSE,
)
"""Between the later figure and the size of the change that is told after it."""
_JOINS = re.compile(
    r"^(?:\s*(?:%|persen\b|poin\b))?(?P<left>[^.;:]{0,70}?)\b(?P<word>lebih (?:tinggi|besar|banyak|rendah|kecil|sedikit)|"
    rf"{_UP}|{_DOWN})\s+(?:\w+\s+)?(?:dibanding\w*|daripada|ketimbang|di\s?banding\w*|dari)\b(?P<right>[^.;:]{{0,70}})$",
    _F,
)
_NOT_ITS = re.compile(r"\b(?:dari|menjadi|target|rencana|yang|sedangkan|namun|tetapi|poin|sisa|anggaran|pagu)\b", _F)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every pair of neighbouring figures that a sentence joins by `dari … menjadi …` or by a comparison."""
    for sentence in running(report):
        items = spoken(sentence)
        for place, (old, new) in enumerate(pairwise(items)):
            between = sentence.text[old.end : new.start]
            if not _alike(old.figure, new.figure):
                continue
            if _FROM.search(sentence.text[: old.start]) and _TO.match(between):
                yield from _moved(sentence, items, place)
            elif (match := _JOINS.match(between)) and not _NOT_ITS.search(match["left"]):
                yield from _compared(sentence, old, new, match)


def _alike(one: Figure, other: Figure) -> bool:
    return one.percent is other.percent and one.money is other.money


def _moved(sentence: Sentence, items: tuple[Spoken, ...], place: int) -> Iterator[Finding]:
    """`naik [3,6%] dari 40.870 menjadi 42.350`: the word first, then the size of the change."""
    old, new = items[place], items[place + 1]
    start = items[place - 2].end if place > 1 else 0
    verbs = [
        match for match in _VERB.finditer(sentence.text, start, old.start) if not denied(sentence.text, match.start())
    ]
    if not verbs or len({bool(verb["up"]) for verb in verbs}) > 1:
        return
    verb = verbs[-1]
    rising = verb["up"] is not None
    size = items[place - 1] if place and items[place - 1].start > verb.end() else None
    sized = _SIZED.match(sentence.text, verb.start()) is not None
    low, high = fraction(old.figure.amount), fraction(new.figure.amount)
    if (high <= low) if rising else (high >= low):
        if not sized or not MOVED.search(sentence.text):
            yield _contradicted(sentence, verb[0], old, new, (verb.start(), new.end))
        return
    if (
        size is None
        and place + 2 < len(items)
        and _AFTERWARDS.fullmatch(sentence.text[new.end : items[place + 2].start])
    ):
        size = items[place + 2]
    if size is not None and size.figure.percent and not old.figure.percent and low:
        yield from _growth(sentence, size, old, new)


def _growth(sentence: Sentence, size: Spoken, old: Spoken, new: Spoken) -> Iterator[Finding]:
    """A stated growth that is not the difference over the earlier figure; a ratio told as growth is another rule's."""
    before, after = measured(old.figure), measured(new.figure)
    ratio = after.over(before)
    if ratio is None:
        return
    nominal = abs(fraction(new.figure.amount) / fraction(old.figure.amount) - 1) * HUNDRED
    ends = sorted((abs(ratio.low - 1) * HUNDRED, abs(ratio.high - 1) * HUNDRED))
    span = type(ratio)(ends[0], ends[1])
    whole = fraction(new.figure.amount) / fraction(old.figure.amount) * HUNDRED
    if judge(size.figure, nominal, span) is not Verdict.DIFFERS or judge(size.figure, whole) is not Verdict.DIFFERS:
        return
    right = like(nominal, size.figure)
    yield Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"Perubahan tertulis {amount(size.figure)}, sedangkan dari {amount(old.figure)} menjadi {amount(new.figure)} "
        f"adalah {right}.",
        stated=amount(size.figure),
        expected=right,
        arithmetic=f"({amount(new.figure)} − {amount(old.figure)}) ÷ {amount(old.figure)} × 100% = {right}",
        places=(quoted(around(sentence.text, size.start, new.end), sentence.place_at(size.start)),),
        regulation=REGULATION,
        suggestion=SUGGESTION,
    )


def _compared(sentence: Sentence, one: Spoken, other: Spoken, match: re.Match[str]) -> Iterator[Finding]:
    """`73,5 lebih tinggi daripada … 71,8`: the first figure is the one that is compared."""
    word = match["word"]
    at = one.end + match.start("word")
    if denied(sentence.text, at, reach=20):
        return
    more = re.match(rf"(?:lebih (?:tinggi|besar|banyak)|{_UP})$", word, _F) is not None
    mine, theirs = fraction(one.figure.amount), fraction(other.figure.amount)
    if (mine <= theirs) if more else (mine >= theirs):
        yield _contradicted(sentence, word, one, other, (one.start, other.end))


def _contradicted(sentence: Sentence, word: str, one: Spoken, other: Spoken, span: tuple[int, int]) -> Finding:
    first, second = amount(one.figure), amount(other.figure)
    sign = "<" if one.figure.amount < other.figure.amount else ">" if one.figure.amount > other.figure.amount else "="
    return Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"“{word}” bertentangan dengan angkanya: {first} {sign} {second}.",
        stated=word,
        expected="kata yang sesuai dengan angkanya",
        arithmetic=f"{first} {sign} {second}",
        places=(quoted(around(sentence.text, *span), sentence.place_at(span[0])),),
        regulation=REGULATION,
        suggestion=SUGGESTION,
    )
