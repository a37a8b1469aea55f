"""Lampiran yang diumumkan tidak ada, atau gambar yang diumumkan tidak ada.

Mengapa: reviu memerlukan bukti yang dijanjikan; yang tidak dilampirkan tidak dapat diperiksa.
Peraturan: Permenpan-RB 53/2014, Lampiran II (lampiran laporan).
Salah: daftar lampiran menyebut Renstra, IKU, RKT, dan PK; hanya PK yang dilampirkan.
Benar: semua lampiran yang disebut ada.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.outline import headings, is_whole_report
from selaras.review.prose import listed, quoted
from selaras.review.report import Report, Sentence, SentenceKind

CODE = "ST09"
KINDS = ("missing-element",)

_PAPERS = {
    "Renstra": r"renstra|rencana strategis",
    "IKU": r"\bIKU\b|indikator kinerja utama",
    "RKT": r"\bRKT\b|rencana kinerja tahunan|rencana kerja tahunan",
    "PK": r"perjanjian kinerja|penetapan kinerja",
    "SKP": r"sasaran kinerja pegawai|\bSKP\b",
    "Rencana Aksi": r"rencana aksi",
}
_LIST = re.compile(r"^\W*lampiran\b(?:\W*lampiran)?\W*$", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """What the list of annexes names, looked for behind the last chapter."""
    if not is_whole_report(report):
        return
    announced = _announced(report)
    behind = _behind(report)
    absent = [
        (name, sentence)
        for name, sentence in announced
        if not any(re.search(_PAPERS[name], text, re.IGNORECASE) for text in behind)
    ]
    if announced and absent:
        yield Finding(
            CODE,
            "missing-element",
            Severity.WARNING,
            f"Lampiran diumumkan, tidak ditemukan: {listed([name for name, _ in absent])}",
            stated="tidak dilampirkan",
            expected=listed([name for name, _ in announced]),
            places=tuple(quoted(sentence.text, sentence.place) for _, sentence in absent),
            regulation="Permenpan-RB 53/2014, Lampiran II",
            suggestion="Lampirkan, atau hapus dari daftar.",
        )


def _announced(report: Report) -> list[tuple[str, Sentence]]:
    found: list[tuple[str, Sentence]] = []
    inside = False
    for sentence in report.sentences:
        if _LIST.match(sentence.text):
            inside = True
            continue
        if inside and (sentence.kind is SentenceKind.HEADING or re.match(r"\s*BAB\b", sentence.text)):
            break
        if inside and len(sentence.text.split()) <= 14:
            found += [
                (name, sentence)
                for name, words in _PAPERS.items()
                if re.search(words, sentence.text, re.IGNORECASE) and name not in {item for item, _ in found}
            ][:1]
    return found


def _behind(report: Report) -> list[str]:
    """Texts behind the last chapter's closing: headings, captions and short lines."""
    titles = headings(report)
    last = max(
        (
            place
            for place, title in enumerate(titles)
            if title.label.startswith("BAB") or "penutup" in title.words.casefold()
        ),
        default=0,
    )
    start = titles[last].place if titles else Place()
    after = False
    texts = []
    for sentence in report.sentences:
        after = after or (sentence.place.line or 0, sentence.place.page or 0) > (start.line or 0, start.page or 0)
        if after and len(sentence.text.split()) <= 16:
            texts.append(sentence.text)
    return texts
