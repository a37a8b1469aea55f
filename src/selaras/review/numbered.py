"""Stated numbers with the noun that they count, whatever the noun: `sepuluh permasalahan utama`, `5 (lima) misi`. Pure text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selaras.core.errors import UnreadableNumber
from selaras.core.terbilang import unspell
from selaras.review.report import Sentence

_ONES = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
WORDS = rf"(?:(?:{_ONES})\s+puluh(?:\s+(?:{_ONES}))?|(?:{_ONES})\s+belas|sepuluh|sebelas|{_ONES})"
"""Numbers below a hundred in words."""
_NUMBER = re.compile(
    rf"(?<![\w.,/%(-])(?P<count>[0-9]{{1,3}}|\b{WORDS}\b)(?:\s*\((?P<other>[0-9]{{1,3}}|[a-z ]{{3,40}})\))?"
    r"\s+(?:(?:buah|macam|jenis|poin|unsur|orang)\s+)?(?P<noun>[a-z][a-z-]{2,})",
    re.IGNORECASE,
)
_NAMES_A_NUMBER = re.compile(
    r"(?:\b(?:tahun|nomor|no\.?|ke|pasal|ayat|tabel|gambar|bab|lampiran|halaman|angka|butir|huruf|level|tingkat|peringkat|rp\.?|"
    r"salah|tanggal|sasaran|tujuan|indikator|misi|iku?|ss|program)\s?|[-–/×÷=]\s?)$",
    re.IGNORECASE,
)
NO_NOUN = frozenset({
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember", "persen", "juta", "miliar", "milyar", "ribu", "triliun", "ratus", "puluh", "belas", "tahun", "bulan", "hari",
    "jam", "menit", "kali", "poin", "rupiah", "dari", "dan", "atau", "sampai", "hingga", "di", "pada", "yang", "per", "koma",
    "antara", "sisanya", "untuk", "lainnya", "besar", "jabatan-jabatan",
})  # fmt: skip
"""Words after a number that is counted in no noun: months, measures, particles."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number and the noun after it (its first word), with where both stand in the sentence."""

    number: int
    noun: str
    start: int
    after: int


def numbered(sentence: Sentence) -> tuple[Numbered, ...]:
    """Every number below a thousand that counts something; `after` is where the noun ends."""
    found: tuple[Numbered, ...] | None = sentence.memory.get("numbered")
    if found is None:
        found = sentence.memory["numbered"] = _numbered(sentence.text)
    return found


@lru_cache(maxsize=8192)
def _numbered(text: str) -> tuple[Numbered, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[Numbered]:
    for match in _NUMBER.finditer(text):
        noun = match["noun"].casefold()
        if noun in NO_NOUN or names_a_number(text, match.start()):
            continue
        number = value(match["count"])
        if number is not None:
            yield Numbered(number, noun, match.start(), match.end())


def names_a_number(text: str, start: int) -> bool:
    """Whether the words before `start` make the number there a name: `Tabel 3`, `sasaran 2`, `salah satu`."""
    return _NAMES_A_NUMBER.search(text[max(0, start - 12) : start]) is not None


def value(text: str) -> int | None:
    """A number in digits or in words; None if it is neither."""
    if text.isdigit():
        return int(text)
    try:
        return int(unspell(" ".join(text.casefold().split())))
    except UnreadableNumber:
        return None
