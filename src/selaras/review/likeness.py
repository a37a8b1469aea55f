"""Names of indicators, programmes and activities compared: equal after folding, near, or different. Pure text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

NEAR = 0.86
"""From this likeness on two names are probably meant to be one."""

_BRACKETS = re.compile(r"\([^()]*\)")
_LEVEL = re.compile(r"^(?:(?:anggaran|belanja|pagu|nama|program|kegiatan|sub\s?kegiatan|subkegiatan)\s+)+")
_MARKER = re.compile(r"^\s*(?:[0-9]{1,3}|[a-z]|[ivx]{1,4})[.)]\s*", re.IGNORECASE)
_SPELLINGS = {
    "renja": "rencana kerja", "renstra": "rencana strategis", "opd": "perangkat daerah", "skpd": "perangkat daerah",
    "setda": "sekretariat daerah", "sakip": "sistem akuntabilitas kinerja instansi pemerintah", "prov": "provinsi",
    "kab": "kabupaten", "rb": "reformasi birokrasi",
"presentase": "persentase", "prosentase": "persentase", "prosentasi": "persentase", "precentase": "persentase",
}  # fmt: skip


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name without case, punctuation, markers of enumeration and what stands in brackets."""
    plain = _BRACKETS.sub(" ", _MARKER.sub("", name.casefold())) or name.casefold()
    words = re.findall(r"[a-z0-9]+", plain.replace("sub kegiatan", "subkegiatan"))
    return " ".join(_SPELLINGS.get(word, word) for word in words)


def is_shortened(first: str, second: str) -> bool:
    """Whether one name only leaves out words of the other."""
    one, two = set(fold(first).split()), set(fold(second).split())
    return one <= two or two <= one


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


def closest(name: str, others: Iterable[str], *, floor: float = NEAR) -> str | None:
    """The most alike of `others`, None if none reaches `floor`."""
    scored = [(likeness(name, other), other) for other in dict.fromkeys(others)]
    top = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return top[1] if top[0] >= floor else None
