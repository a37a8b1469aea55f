"""Bidang tugas dalam kalimat tugas tidak sama dengan bidang dalam daftar fungsi.

Mengapa: tugas dan fungsi berasal dari satu peraturan; bidang yang hilang di salah satunya berarti kutipannya tidak utuh atau lama.
Peraturan: peraturan tentang organisasi dan tata kerja unit yang bersangkutan.
Salah: tugas “bidang kelembagaan, reformasi birokrasi, dan perpustakaan”; fungsi tanpa perpustakaan.
Benar: bidang yang sama dalam tugas dan fungsi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.prose import around, fold, listed, quoted
from selaras.review.report import Report, Sentence, SentenceKind

CODE = "ID15"
KINDS = ("narrative-contradiction",)

_FIELDS = re.compile(r"\bbidang\s+([^.;:()]{15,220})", re.IGNORECASE)
_AND = re.compile(r",\s*(?:dan|serta)?\s*|\s+(?:dan|serta)\s+", re.IGNORECASE)
_TASK = re.compile(r"\b(?:tugas|berperan)\b", re.IGNORECASE)
_END = re.compile(r"\s+(?:sesuai|yang|dalam|pada|di|untuk|dengan|berdasarkan)\b.*$", re.IGNORECASE)
LEAST = 3
SHARED = 2


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The sentence on tasks before a list of functions, against all fields of that list."""
    for task, items in _pairs(report):
        match = _FIELDS.search(task.text)
        ours = _fields(match[1]) if match else {}
        theirs = {
            key: name
            for item in items
            for found in _FIELDS.finditer(item.text)
            for key, name in _fields(found[1]).items()
        }
        lost = [name for key, name in ours.items() if key not in theirs]
        added = [name for key, name in theirs.items() if key not in ours]
        shared = ours.keys() & theirs.keys()
        if match and len(ours) >= LEAST and len(shared) >= max(SHARED, len(lost), len(added)) and lost and added:
            yield Finding(
                CODE,
                "narrative-contradiction",
                Severity.WARNING,
                f"Bidang dalam tugas dan fungsi berbeda: {listed(lost)} hanya dalam tugas; {listed(added)} hanya dalam fungsi",
                stated=", ".join(ours.values()),
                expected=", ".join(theirs.values()),
                places=(
                    quoted(around(task.text, *match.span()), task.place),
                    *(quoted(item.text, item.place) for item in items[:3]),
                ),
                suggestion="Kutip tugas dan fungsi dari peraturan yang berlaku.",
            )


def _pairs(report: Report) -> Iterator[tuple[Sentence, list[Sentence]]]:
    """A sentence on tasks with fields, and the list items with fields that follow it in the same section."""
    tasks = [
        sentence
        for sentence in saying(report, _TASK, running=True)
        if sentence.kind is SentenceKind.TEXT and _FIELDS.search(sentence.text)
    ]
    for task in tasks:
        items = [
            sentence
            for sentence in report.sentences
            if sentence.kind is SentenceKind.ITEM and sentence.path == task.path and _FIELDS.search(sentence.text)
        ]
        if len(items) >= SHARED:
            yield task, items


def _fields(text: str) -> dict[str, str]:
    """The fields of a list by their letters, so that `tata laksana` and `tatalaksana` are one."""
    parts = [_END.sub("", part).strip() for part in _AND.split(text)]
    return {fold(part).replace(" ", ""): part for part in parts if 1 <= len(part.split()) <= 4 and len(part) > 4}
