"""Units of indicators compared: what sort a unit is, and whether two of them can be one. Pure text."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from selaras.review.likeness import fold

PERCENT, SCORE, MONEY, TIME, OTHER = "persen", "nilai", "rupiah", "waktu", "cacah"
_SORTS = {
    PERCENT: ("persen", "persentase", "prosen", "percent", "prosentase", "presentase"),
    SCORE: (
        "nilai", "skor", "indeks", "index", "poin", "point", "angka", "predikat", "kategori", "opini", "level", "tingkat", "skala",
        "peringkat", "kelas", "rasio", "grade",
    ),
    MONEY: ("rupiah", "rp", "juta", "miliar", "milyar", "triliun"),
    TIME: ("hari", "jam", "menit", "bulan", "minggu", "tahun", "detik", "triwulan"),
}  # fmt: skip
ONE_WORD = 78
VAGUE = frozenset({"unit", "buah", "jumlah", "paket", "kali", "satuan", "item", "kegiatan", "keg"})
"""Words that count anything; beside another counted thing they say nothing else."""


@lru_cache(maxsize=1024)
def sort_of(unit: str) -> str:
    """The sort of a unit, empty for no unit."""
    words = fold(unit).split()
    if "%" in unit or (words and words[0] in _SORTS[PERCENT]):
        return PERCENT
    if not words:
        return ""
    return next((sort for sort, known in _SORTS.items() if set(words) & set(known)), OTHER)


@lru_cache(maxsize=4096)
def apart(first: str, second: str) -> bool:
    """Whether two units certainly measure different things: a percentage and a count, or two different things counted.

    Scores and percentages may go together (`Nilai`, `%`), as may a score or a time with what is counted in it.
    """
    one, two = sort_of(first), sort_of(second)
    if not one or not two:
        return False
    if one == two:
        return one == OTHER and _other_things(fold(first), fold(second))
    return {one, two} <= {PERCENT, OTHER, MONEY, TIME} and not _share_a_word(first, second)


def _other_things(first: str, second: str) -> bool:
    left, right = set(re.findall(r"[a-z]+", first)), set(re.findall(r"[a-z]+", second))
    if not left or not right or left & right or (left | right) & VAGUE:
        return False
    return not any(
        one.startswith(two[:3]) or two.startswith(one[:3]) or fuzz.ratio(one, two) >= ONE_WORD
        for one in left
        for two in right
    )


def _share_a_word(first: str, second: str) -> bool:
    return bool(set(fold(first).split()) & set(fold(second).split()))
