"""Names of indicators, programmes and activities compared: equal after folding, near, or different. Pure text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

NEAR = 0.86
"""From this likeness on two names are probably meant to be one."""

_BRACKETS = re.compile(r"\([^()]*\)")
_LEVEL = re.compile(r"^(?:(?:anggaran|belanja|pagu|nama|program|kegiatan|sub\s?kegiatan|subkegiatan)\s+)+")
_SHARE = re.compile(r"^\s*%\s*(?=[a-z])")
_MARKER = re.compile(r"^\s*(?:[0-9]{1,3}|[a-z]|[ivx]{1,4})[.)]\s*", re.IGNORECASE)
_SPELLINGS = {
    "renja": "rencana kerja", "renstra": "rencana strategis", "opd": "perangkat daerah", "skpd": "perangkat daerah",
    "setda": "sekretariat daerah", "sakip": "sistem akuntabilitas kinerja instansi pemerintah", "prov": "provinsi",
    "kab": "kabupaten", "rb": "reformasi birokrasi",
"presentase": "persentase", "prosentase": "persentase", "prosentasi": "persentase", "precentase": "persentase",
}  # fmt: skip


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name without case, punctuation, markers of enumeration and what stands in brackets; `%` in front is a word."""
    plain = _SHARE.sub("persentase ", _BRACKETS.sub(" ", _MARKER.sub("", name.casefold())) or name.casefold())
    words = re.findall(r"[a-z0-9]+", plain.replace("sub kegiatan", "subkegiatan"))
    return " ".join(_SPELLINGS.get(word, word) for word in words)


def is_shortened(first: str, second: str) -> bool:
    """Whether one name only leaves out words of the other."""
    one, two = set(fold(first).split()), set(fold(second).split())
    return one <= two or two <= one


def abbreviates(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names are one, word for word, but for words that the one abbreviates and the other writes out.

    `PD` for `perangkat daerah`, `sarpras` for `sarana dan prasarana`, `perpus` for `perpustakaan`; not words left out.
    """
    steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    changed = [(first[a:b], second[c:d]) for tag, a, b, c, d in steps if tag != "equal"]
    return bool(changed) and len(changed) < len(steps) and all(is_short_for(*pair) for pair in changed)


def is_short_for(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether some words are the initials, the beginnings or the joined syllables of others (`-nya` not counted)."""
    one, two = _stems(first), _stems(second)
    if not one or not two:
        return False
    short, long = sorted((one, two), key=lambda words: len("".join(words)))
    joined, initials = "".join(short), "".join(word[0] for word in long)
    if len(short) == 1 and len(long) > 1:
        return _is_acronym(joined, initials) or _is_joined(joined, long)
    pairs = list(zip(short, long, strict=False))
    return len(short) == len(long) and all(two.startswith(one) and len(one) >= 3 for one, two in pairs)


def _is_acronym(word: str, initials: str) -> bool:
    """Initials of all words written out; up to two more letters may stand for words that were left out at the end."""
    return word == initials or (
        len(initials) > 1 and word.startswith(initials) and len(word) - len(initials) <= 2 < len(word)
    )


def _is_joined(word: str, parts: Sequence[str]) -> bool:
    """Whether a word is put together of the beginnings of others, each giving two letters at least."""
    if not parts:
        return not word
    return any(
        word.startswith(parts[0][:size]) and _is_joined(word[size:], parts[1:]) for size in range(len(parts[0]), 1, -1)
    )


def _stems(words: Sequence[str]) -> list[str]:
    return [word.removesuffix("nya") if len(word) > 5 else word for word in words if word != "nya"]


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """The folded name without the word of its level in front (`program`, `kegiatan` …)."""
    folded = fold(name)
    return _LEVEL.sub("", folded) or folded


@lru_cache(maxsize=65536)
def likeness(first: str, second: str) -> float:
    """From 0 (nothing in common) to 1 (equal after folding)."""
    one, two = bare(first), bare(second)
    if one == two:
        return 1.0
    left, right = set(one.split()), set(two.split())
    shared = 2 * len(left & right) / max(1, len(left) + len(right))
    return fuzz.ratio(one, two) / 100 if shared >= 0.4 else shared / 2


def near(first: str, second: str) -> bool:
    """Whether two names are probably meant to be one."""
    return likeness(first, second) >= NEAR
