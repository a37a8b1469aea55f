"""Nomor, tanda, atau catatan penyunting yang tertinggal dalam naskah.

Mengapa: angka tanpa arti di tengah kalimat adalah sisa catatan kaki dari naskah lain yang disalin; catatan
penyunting menandakan bagian yang belum selesai.
Peraturan: kelaziman penyusunan naskah.
Salah: “1 Fokusnya adalah … 1 RB General mencakup …”; “(grafik harus diperbaiki)”.
Benar: “Fokusnya adalah … RB General mencakup …”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.document import Paragraph, plain
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import around, cut, everything, quoted
from selaras.review.report import Report

CODE = "TX06"
KINDS = ("duplicate-content", "incomplete-text")

_AFTER_STOP = re.compile(r"(?<=[a-z][.!?])\s+(\d)\s+(?=[A-Z][a-z])")
_NOTE = re.compile(
    r"[(\[{](?=[^()\[\]{}]{0,120}?\b(?:"
    r"(?:grafik|tabel|gambar|foto|diagram|data|angka|bagian|paragraf|kalimat)\s+(?:\w+\s+){0,2}(?:harus|perlu|mohon|tolong)\s+di\w+|"
    r"(?:mohon|tolong|harus|perlu)\s+(?:di)?(?:perbaik\w*|sesuaikan|cek|isi|lengkapi|ganti|revisi|konfirmasi|koreksi|update|hapus)|"
    r"isi di ?sini|catatan (?:editor|penyunting|penulis))\b)[^()\[\]{}]{3,160}[)\]}]",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\bx{3,}\b|\?{3,}|\blorem ipsum\b|\[(?:nama|jumlah|tanggal|tahun|isi)[^\]]{0,30}\]", re.IGNORECASE
)
_LEADING = re.compile(r"^\s*(\d)\s+(?=[A-Z][a-z]+nya\b|[A-Z][a-z]+ (?:adalah|merupakan|mencakup))")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Single digits between two sentences of a long paragraph, at least two of them; then notes to the writers."""
    yield from _digits(report)
    for sentence in everything(report):
        text = sentence.text
        noted = _NOTE.finditer(text) if "(" in text or "[" in text or "{" in text else ()
        folded = text.casefold()
        open_ = "[" in folded or "xxx" in folded or "???" in folded or "lorem ipsum" in folded
        for match in (*noted, *(_PLACEHOLDER.finditer(text) if open_ else ())):
            yield Finding(
                CODE,
                "incomplete-text",
                Severity.WARNING,
                f"Catatan penyunting tertinggal: “{cut(match[0], 90)}”",
                stated=cut(match[0], 90),
                expected="tanpa catatan",
                places=(quoted(around(sentence.text, *match.span()), sentence.place_at(match.start())),),
                suggestion="Selesaikan yang diminta catatan itu, lalu hapus catatannya.",
            )


def _digits(report: Report) -> Iterator[Finding]:
    for block in report.reading.document.blocks:
        if not isinstance(block, Paragraph):
            continue
        text = plain(block.spans)
        found = [*_LEADING.finditer(text), *_AFTER_STOP.finditer(text)] if len(text.split()) >= 20 else []
        if len(found) >= 2:
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
