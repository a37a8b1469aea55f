"""Rujukan pada tabel atau gambar menunjuk yang tidak ada, atau bukan yang mengikutinya.

Mengapa: angka yang dirujuk tidak dapat diperiksa bila tabelnya bukan yang disebut.
Peraturan: kelaziman penyusunan naskah.
Salah: “rincian … pada tabel 3.8 sebagai berikut:” di atas Tabel 3.9.
Benar: “… pada tabel 3.9 sebagai berikut:”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.core.document import Heading, Paragraph, Table, plain
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.source import Form
from selaras.review.concordance import saying
from selaras.review.outline import CAPTION, Caption, captions
from selaras.review.prose import around, listed, quoted
from selaras.review.report import Report, SentenceKind

CODE = "ST04"
KINDS = ("broken-reference",)

_REFERENCE = re.compile(r"\b(tabel|gambar|grafik|diagram)\s+((?:[A-Z]\.)?\d+(?:\.\d+)*)(?!\d*%)", re.IGNORECASE)
_FOLLOWS = re.compile(r"sebagai ?berikut|berikut(?: ini)?\s*[:;.]?\s*$|di ?bawah(?: ini)?", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """References in running text against the captions, and against the table that follows the announcement.

    A workbook holds some tables of a report, not its text: what it refers to may stand in the report, and its silence
    means nothing.
    """
    if report.reading.form is Form.XLSX:
        yield from _announced(report)
        return
    found = captions(report)
    numbers = {(caption.series, caption.number.rstrip(".")) for caption in found}
    series = {caption.series for caption in found}
    for sentence in saying(report, _REFERENCE):
        if sentence.kind in {SentenceKind.CELL, SentenceKind.HEADING} or (
            CAPTION.match(sentence.text) and sentence.text[:1].isupper() and len(sentence.text.split()) < 25
        ):
            continue
        for match in _REFERENCE.finditer(sentence.text):
            name, number = match[1].capitalize(), match[2].rstrip(".")
            if name in series and (name, number) not in numbers:
                yield Finding(
                    CODE,
                    "broken-reference",
                    Severity.ERROR,
                    f"{name} {number} dirujuk, tetapi tidak ada dalam laporan",
                    stated=f"{name} {number}",
                    expected=listed([f"{item.series} {item.number}" for item in found if item.series == name], most=4),
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                    suggestion="Perbaiki nomor rujukan.",
                )
    yield from _announced(report)
    yield from _unused(report, found)


def _announced(report: Report) -> Iterator[Finding]:
    """`pada tabel 3.8 sebagai berikut` directly above another table."""
    blocks = report.reading.document.blocks
    for place, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        text = plain(block.spans)
        matches = [
            match
            for match in _REFERENCE.finditer(text)
            if match[1].casefold() == "tabel" and _FOLLOWS.search(text[match.start() :][:60])
        ]
        following = _next_table(blocks[place + 1 : place + 4]) if matches else None
        if following and following.number and following.number != matches[-1][2].rstrip("."):
            yield Finding(
                CODE,
                "broken-reference",
                Severity.ERROR,
                f"Diumumkan tabel {matches[-1][2]}, yang mengikuti {following.label}",
                stated=f"tabel {matches[-1][2]}",
                expected=following.label,
                places=(
                    quoted(around(text, *matches[-1].span()), _line_of(report, block, matches[-1][0])),
                    quoted(following.caption, following.place),
                ),
                suggestion="Perbaiki nomor rujukan.",
            )


def _line_of(report: Report, block: Paragraph, words: str) -> Place:
    """The place of the sentence in a long paragraph, if the sentences know it better."""
    return next(
        (
            sentence.place
            for sentence in report.sentences
            if words in sentence.text and sentence.text in plain(block.spans)
        ),
        block.place,
    )


def _next_table(blocks: Sequence[object]) -> Table | None:
    for block in blocks:
        if isinstance(block, Table):
            return block
        if isinstance(block, Heading):
            return None
    return None


def _unused(report: Report, found: Sequence[Caption]) -> Iterator[Finding]:
    """Numbered tables that no sentence names or announces: a note, and only in reports that refer to tables by number."""
    used = {
        match[2].rstrip(".")
        for sentence in saying(report, _REFERENCE)
        if sentence.kind is not SentenceKind.HEADING
        for match in _REFERENCE.finditer(sentence.text)
        if not CAPTION.match(sentence.text)
    }
    blocks = report.reading.document.blocks
    alone = [
        caption
        for caption in found
        if caption.table is not None
        and caption.number[:1].isdigit()  # tables of annexes are announced by their list
        and caption.number not in used
        and not _introduced(blocks, caption)
    ]
    if len(used) >= 1 and alone:
        yield Finding(
            CODE,
            "broken-reference",
            Severity.INFO,
            f"Tidak dirujuk dan tidak diantar kalimat: {listed([f'Tabel {item.number}' for item in alone])}",
            stated="tidak dirujuk",
            places=tuple(quoted(f"Tabel {item.number} {item.title}", item.place) for item in alone),
            suggestion="Rujuk setiap tabel dalam teks.",
        )


def _introduced(blocks: Sequence[object], caption: Caption) -> bool:
    """Whether a paragraph shortly before the table announces it."""
    at = next((place for place, block in enumerate(blocks) if block is caption.table), 0)
    before = [plain(block.spans) for block in blocks[max(0, at - 2) : at] if isinstance(block, Paragraph)]
    return any(
        text.rstrip().endswith(":") or re.search(r"berikut|tabel|di bawah", text, re.IGNORECASE) for text in before
    )
