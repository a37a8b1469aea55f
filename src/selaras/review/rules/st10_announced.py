"""Sesuatu diumumkan (“sebagai berikut:”, “dengan indikator …”) tetapi tidak ada.

Mengapa: yang dijanjikan dan tidak diberikan adalah data yang hilang dari laporan.
Peraturan: Permenpan-RB 53/2014, Lampiran III (kecukupan informasi).
Salah: tujuan diukur dengan tiga indikator, tidak satu pun mempunyai target.
Benar: tabel indikator tujuan dengan target, realisasi, dan capaian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.document import Heading, Paragraph, plain
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import cut, listed, meaning, quoted, running
from selaras.review.report import Report, Role

CODE = "ST10"
KINDS = ("missing-element",)

_GOAL = re.compile(
    r"\btujuan\b.{0,160}?\bdengan indikator(?: kinerja)?(?: tujuan)?\s+(.{10,240}?)(?:\.|;|$)",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(r",\s*|\s+(?:dan|serta)\s+", re.IGNORECASE)
_FOLLOWS = re.compile(r"(?:sebagai ?berikut|berikut ini|yaitu|adalah|antara lain|meliputi)\s*[:;]\s*$", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Indicators of a goal without a target; announcements at the end of a section."""
    yield from _goals(report)
    yield from _empty(report)


def _goals(report: Report) -> Iterator[Finding]:
    named = [meaning(claim.name) for claim in report.indicators if claim.role in {Role.TARGET, Role.FINAL_TARGET}]
    for sentence in running(report):
        match = _GOAL.search(sentence.text)
        if not match:
            continue
        parts = [part.strip() for part in _AND.split(match[1]) if len(part.split()) >= 2]
        absent = [
            part
            for part in parts
            if meaning(part)
            and not any(len(meaning(part) & words) >= max(2, round(0.75 * len(meaning(part)))) for words in named)
        ]
        if len(parts) >= 2 and absent:
            yield Finding(
                CODE,
                "missing-element",
                Severity.WARNING,
                f"Indikator tujuan tanpa target: {listed([cut(part, 60) for part in absent])}",
                stated="tanpa target",
                expected="target, realisasi, dan capaian setiap indikator tujuan",
                places=(quoted(sentence.text, sentence.place),),
                regulation="Permenpan-RB 53/2014, Lampiran III",
                suggestion="Tambahkan tabel indikator tujuan.",
            )


def _empty(report: Report) -> Iterator[Finding]:
    """`… sebagai berikut:` directly before a heading or the end, or before a paragraph that is no list."""
    blocks = report.reading.document.blocks
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and _FOLLOWS.search(plain(block.spans)):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            if following is None or (isinstance(following, Heading) and following.level <= 2):
                yield Finding(
                    CODE,
                    "missing-element",
                    Severity.INFO,
                    "Yang diumumkan tidak mengikuti kalimatnya",
                    stated=cut(plain(block.spans)[-120:]),
                    expected="daftar, tabel, atau gambar",
                    places=(quoted(plain(block.spans)[-150:], block.place),),
                    suggestion="Tambahkan yang diumumkan, atau ubah kalimatnya.",
                )
