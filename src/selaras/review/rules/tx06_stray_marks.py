"""Nomor atau tanda yang tertinggal di tengah kalimat.

Mengapa: angka tanpa arti di tengah kalimat adalah sisa catatan kaki dari naskah lain yang disalin.
Peraturan: kelaziman penyusunan naskah.
Salah: “1 Fokusnya adalah … 1 RB General mencakup …”.
Benar: “Fokusnya adalah … RB General mencakup …”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.document import Paragraph, plain
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import around, quoted
from selaras.review.report import Report

CODE = "TX06"
KINDS = ("duplicate-content", "incomplete-text")

_AFTER_STOP = re.compile(r"(?<=[a-z][.!?])\s+(\d)\s+(?=[A-Z][a-z])")
_LEADING = re.compile(r"^\s*(\d)\s+(?=[A-Z][a-z]+nya\b|[A-Z][a-z]+ (?:adalah|merupakan|mencakup))")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Single digits between two sentences of a long paragraph, at least two of them."""
    for block in report.reading.document.blocks:
        if not isinstance(block, Paragraph):
            continue
        text = plain(block.spans)
        found = [*_LEADING.finditer(text), *_AFTER_STOP.finditer(text)]
        if len(found) >= 2 and len(text.split()) >= 20:
            yield Finding(
                CODE,
                "duplicate-content",
                Severity.INFO,
                f"{len(found)} nomor tertinggal di tengah kalimat",
                stated=", ".join(match[1] for match in found),
                expected="tanpa nomor",
                places=tuple(quoted(around(text, *match.span()), block.place) for match in found),
                suggestion="Hapus nomornya; periksa dari mana naskahnya disalin.",
            )
