"""Judul anak memakai kata lain daripada judul induknya.

Mengapa: judul induk menyebut apa yang diuraikan di bawahnya; kata yang lain menandakan judul tersalin atau keliru.
Peraturan: kelaziman penyusunan naskah.
Salah: “1.3 Aspek Strategis serta Permasalahan Utama” dengan anak “1.3.2 Perumusan Utama”.
Benar: “1.3.2 Permasalahan Utama”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.outline import Title, headings
from selaras.review.prose import fold, quoted
from selaras.review.report import Report

CODE = "ID13"
KINDS = ("naming",)

_AND = re.compile(r"\s+(?:serta|dan|&)\s+", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Parents of the form `A dan B` with two children of which one is A and the other only half of B."""
    titles = headings(report)
    for place, parent in enumerate(titles):
        parts = [fold(part) for part in _AND.split(parent.words)]
        children = _children(titles[place + 1 :], parent)
        if len(parts) != 2 or len(children) != 2:
            continue
        names = [fold(child.words) for child in children]
        for right, other in ((0, 1), (1, 0)):
            if names[right] == parts[right] and names[other] != parts[other] and _half(names[other], parts[other]):
                child = children[other]
                yield Finding(
                    CODE,
                    "naming",
                    Severity.WARNING,
                    f"Judul “{child.full}” tidak sesuai dengan judul induknya “{parent.full}”",
                    stated=child.words,
                    expected=_AND.split(parent.words)[other].strip().title(),
                    places=(quoted(child.full, child.place), quoted(parent.full, parent.place)),
                    suggestion="Samakan judulnya.",
                )


def _children(following: list[Title], parent: Title) -> list[Title]:
    found = []
    for title in following:
        if title.level <= parent.level:
            break
        if title.level == parent.level + 1:
            found.append(title)
    return found


def _half(name: str, part: str) -> bool:
    """As many words, of which some but not all are shared."""
    one, other = name.split(), part.split()
    return len(one) == len(other) and 0 < len(set(one) & set(other)) < len(set(other))
