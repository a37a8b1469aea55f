"""Banyaknya hal yang disebut harus sama dengan banyaknya nama yang dirinci sesudahnya dalam kalimat itu.

Mengapa: “delapan desa, yaitu …” yang diikuti sembilan nama berarti jumlahnya atau daftarnya belum diperbarui.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).

Salah: “terdiri atas 4 bidang, yaitu Bidang Penelitian, Bidang Arsip, dan Bidang Layanan”.
Benar: “terdiri atas 3 bidang, yaitu Bidang Penelitian, Bidang Arsip, dan Bidang Layanan”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import around, quoted, running
from selaras.review.report import Report, Sentence, SentenceKind
from selaras.review.tallies import Count, counts

CODE = "NU08"
KINDS = ("count-mismatch",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi)"
FEWEST = 3
"""So many names make a list."""
_F = re.IGNORECASE
_OPENS = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:(?!\b(?:yang|dengan|untuk|dari|dan|di|pada)\b)[^\W\d]++\s*+){1,3},?\s*(?:yaitu|yakni|meliputi)\s*:?\s*",
    _F,
)
_LIST_OF = re.compile(
    r"(?:Nama-nama\s+|Daftar\s+|Adapun\s+)?(?P<noun>[A-Za-z]{3,})\b[^.;:\d]{0,60}\b(?:ialah|adalah|yaitu|yakni|berikut)\s*(?:ini\s*)?:\s*$",
    _F,
)
_WHOLE = re.compile(
    r"\b(?:terdiri\s+(?:atas|dari)|memiliki|membawahi|membawahkan|meliputi|mencakup|terdapat|ada)\s+(?:sebanyak\s+)?$",
    _F,
)
REACH = 4
"""So many sentences before the list the count may be said."""
_ENDS = re.compile(
    r"[.;:]\s|\.$|\b(?:yang|sedangkan|sehingga|serta|dengan|untuk|karena|namun|di mana|dimana|guna)\b", _F
)
_BRACKETS = re.compile(r"\([^()]*\)")
_NO_COMMA = re.compile(r"\)\s+[A-Z]")
_AND = re.compile(r"\s+(?:dan|&)\s+", _F)
_COMMAS = re.compile(r"\s*,\s*(?:dan\s+)?", _F)
_SOME = re.compile(r"\b(?:antara lain|di ?antara\w*|misalnya|salah satu|dll|dsb|dan lain|masing-masing|per)\b", _F)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every count whose names follow, separated by commas, without figures among them."""
    yield from _announced(list(running(report)))
    for sentence in running(report):
        if "," not in sentence.text:
            continue
        opened = [(count, found) for count in counts(sentence) if (found := _OPENS.match(sentence.text, count.end))]
        for count, opening in opened if opened and not _SOME.search(sentence.text) else ():
            yield from _listed(sentence, count, opening.end())


def _announced(said: Sequence[Sentence]) -> Iterator[Finding]:
    """`Desa di wilayah ini ialah:` above its names, with `terdiri atas 9 desa` before it in the same section."""
    for at, sentence in enumerate(said):
        opening = _LIST_OF.match(sentence.text)
        if opening is None or sentence.kind is not SentenceKind.TEXT:
            continue
        items = _items(sentence, said[at + 1 :])
        if len(items) < FEWEST:
            continue
        for other in said[max(0, at - REACH) : at]:
            for count in counts(other) if other.path == sentence.path else ():
                whole = _WHOLE.search(other.text[: count.start]) is not None
                if whole and count.noun == opening["noun"].casefold() and count.number != len(items):
                    yield _finding(other, count, count.end, len(items))


def _items(sentence: Sentence, following: Sequence[Sentence]) -> list[Sentence]:
    """The items right below a sentence."""
    return list(takewhile(lambda each: each.kind is SentenceKind.ITEM and each.path == sentence.path, following))


def _listed(sentence: Sentence, count: Count, start: int) -> Iterator[Finding]:
    loose = len(_NO_COMMA.findall(sentence.text[start:]))  # a bracket may end a name where the comma was forgotten
    text = _BRACKETS.sub("", sentence.text[start:])
    end = _ENDS.search(text)
    text = text[: end.start()] if end else text
    if any(map(str.isdigit, text)):
        return
    names = [name for name in _COMMAS.split(text) if name.strip()]
    if not names or (end and not text.strip()):
        return
    joined = sum(len(_AND.findall(name)) for name in names)
    closed = 1 if _AND.search(names[-1]) and not _ends_with_and(text) else 0
    fewest, most = len(names) + closed, len(names) + joined + loose
    if len(names) + joined < FEWEST or fewest <= count.number <= most or count.number > 3 * most:
        return
    yield _finding(sentence, count, start, fewest)


def _finding(sentence: Sentence, count: Count, end: int, right: int) -> Finding:
    return Finding(
        CODE,
        "count-mismatch",
        Severity.ERROR,
        f"Disebut {count.number} {count.noun}, sedangkan yang disebut namanya {right}.",
        stated=f"{count.number} {count.noun}",
        expected=f"{right} {count.noun}",
        places=(quoted(around(sentence.text, count.start, end), sentence.place_at(count.start)),),
        regulation=REGULATION,
        suggestion="Hitung ulang nama-namanya, lalu samakan dengan jumlahnya.",
    )


def _ends_with_and(text: str) -> bool:
    """Whether the last comma already says `, dan`: then an `dan` in the last name belongs to it."""
    return re.search(r",\s*dan\s[^,]*$", text, _F) is not None
