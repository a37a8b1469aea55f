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
from selaras.review.concordance import saying
from selaras.review.outline import chapters, number_of, roman
from selaras.review.prose import cut, ending, fold, listed, meaning, quoted
from selaras.review.report import Report, Role, Sentence, SentenceKind

CODE = "ST10"
KINDS = ("missing-element",)

_GOAL = re.compile(
    r"\btujuan\b.{0,160}?\bdengan indikator(?: kinerja)?(?: tujuan)?\s+(.{10,240}?)(?:\.|;|$)",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(r",\s*|\s+(?:dan|serta)\s+", re.IGNORECASE)
_FOLLOWS = re.compile(r"(?:sebagai ?berikut|berikut ini|yaitu|adalah|antara lain|meliputi)\s*[:;]\s*$", re.IGNORECASE)
_UNSEEN = re.compile(r"\b(?:bagan|gambar|grafik|peta|foto|struktur|susunan organisasi|lampiran)\b", re.IGNORECASE)
"""What is announced may be a picture, which no reader sees, or stand among the annexes."""
_CHAPTER = re.compile(r"^\W*bab\s+([IVX]+|\d)\b[.:\s]*(.*)$", re.IGNORECASE | re.DOTALL)
_HOLDS = re.compile(
    r"\b(?:memuat|menyajikan|menguraikan|berisi(?:kan)?|terdiri (?:atas|dari)|mencakup|meliputi)\s+", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[;,]\s*(?:dan|serta)?\s*|\s+(?:dan|serta)\s+")
LONGEST_TITLE = 6
"""Words that a title has at most."""
_LEAST = 2


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Indicators of a goal without a target; announcements at the end of a section; what the announced outline names."""
    yield from _goals(report)
    yield from _empty(report)
    yield from _outline(report)


def _goals(report: Report) -> Iterator[Finding]:
    named = [meaning(claim.name) for claim in report.indicators if claim.role in {Role.TARGET, Role.FINAL_TARGET}]
    for sentence in saying(report, _GOAL, running=True):
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
        if not isinstance(block, Paragraph) or not plain(block.spans).rstrip().endswith((":", ";")):
            continue
        said = plain(block.spans)
        if _FOLLOWS.search(said) and not _UNSEEN.search(said):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            if following is None or (isinstance(following, Heading) and following.level <= 2):
                yield Finding(
                    CODE,
                    "missing-element",
                    Severity.INFO,
                    "Di bawah kalimat yang mengumumkannya tidak ada daftar, tabel, atau gambar yang terbaca",
                    stated=ending(plain(block.spans), 120),
                    expected="daftar, tabel, atau gambar",
                    places=(quoted(ending(plain(block.spans), 150), block.place),),
                    suggestion="Tambahkan yang diumumkan, atau ubah kalimatnya.",
                )


def _outline(report: Report) -> Iterator[Finding]:
    """Chapters and sections that the section on the outline names, against the headings; only where most of them are there."""
    found = {f"BAB {number_of(title.label)}": (title, inside) for title, inside in chapters(report)}
    told = [
        (f"BAB {_value(match[1])}", match[2], sentence)
        for sentence in report.sentences
        if "sistematika" in " ".join(sentence.path).casefold() and sentence.kind is not SentenceKind.CELL
        for match in [_CHAPTER.match(sentence.text)]
        if match
    ]
    if len({label for label, _, _ in told if label in found}) < _LEAST:
        return
    for label, words, sentence in told:
        if label not in found:
            yield _unkept(f"Bab yang diumumkan tidak ada: {cut(sentence.text, 60)}", [cut(sentence.text, 60)], sentence)
            continue
        title = found[label][0]
        if _is_other_title(words, title.words):
            yield _unkept(
                f"Judul bab berbeda dengan sistematika: {cut(title.full, 60)}", [cut(_title_of(words), 60)], sentence
            )
        absent = _absent(words, [title.words for title in (found[label][0], *found[label][1])])
        if absent:
            yield _unkept(f"Bagian yang diumumkan tidak ada: {listed(absent)}", absent, sentence)


def _title_of(words: str) -> str:
    """The title with which the outline announces a chapter: what stands before the verb or the colon, or a line of its own."""
    match = _HOLDS.search(words)
    said = re.split(r"[:(;]|\s[–-]\s", words[: match.start()] if match else words, maxsplit=1)[0]
    return re.sub(r"\b(?:yang|bab ini|ini|pada)\s*$", "", said.strip(" .,"), flags=re.IGNORECASE).strip(" .,")


def _is_other_title(words: str, title: str) -> bool:
    """Whether the outline names a chapter with words of which its heading has none."""
    said = meaning(_title_of(words))
    return 0 < len(said) <= LONGEST_TITLE and bool(meaning(title)) and not said & meaning(title)


def _absent(words: str, titles: list[str]) -> list[str]:
    """The announced sections that no heading of the chapter holds; nothing where the words do not look like titles."""
    match = _HOLDS.search(words)
    parts = [part.strip(" .") for part in _PARTS.split(words[match.end() :]) if part.strip(" .")] if match else []
    known = [fold(title) for title in titles]
    absent = [part for part in parts if not any(fold(part) in title for title in known)]
    if not all(part[:1].isupper() for part in parts) or 2 * len(absent) > len(parts):
        return []
    return absent


def _unkept(message: str, absent: list[str], sentence: Sentence) -> Finding:
    return Finding(
        CODE,
        "missing-element",
        Severity.WARNING,
        message,
        stated="diumumkan dalam sistematika",
        expected=listed(absent),
        places=(quoted(sentence.text, sentence.place),),
        regulation="Permenpan-RB 53/2014, Lampiran II",
        suggestion="Tambahkan bagian itu, atau sesuaikan sistematikanya.",
    )


def _value(number: str) -> int:
    return int(number) if number.isdigit() else roman(number)
