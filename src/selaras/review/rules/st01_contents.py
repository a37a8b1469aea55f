"""Daftar isi tidak sama dengan judul-judul dalam teks.

Mengapa: pembaca menemukan isi laporan dari daftar isi; perbedaan menandakan bagian yang dihapus, ditambah, atau tersalin.
Peraturan: kelaziman penyusunan naskah; Permenpan-RB 53/2014, Lampiran III (format laporan).
Salah: daftar isi “B. Realisasi Anggaran”, judul dalam teks “C. Realisasi Anggaran”.
Benar: label dan kata yang sama.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from selaras.core.document import Paragraph, plain
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.outline import Title, entries, headings
from selaras.review.prose import fold, listed, quoted
from selaras.review.report import Report

CODE = "ST01"
KINDS = ("toc-mismatch",)
_ALIKE = 78
_FRONT = ("daftar", "kata pengantar", "kata penghantar", "lampiran", "halaman", "pernyataan", "cover", "sampul")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Entries against headings: same label, same words, none missing on either side, pages ascending."""
    listed_titles = [entry for entry in entries(report) if entry.words]
    titles = [title for title in headings(report) if title.words]
    if len(listed_titles) < 4 or len(titles) < 3:
        return
    pairs = _paired(listed_titles, titles)
    if len(pairs) * 2 < len(listed_titles):
        return  # the file holds only a part of the report, or its headings could not be told from text
    for entry, title in pairs:
        yield from _compared(entry, title)
    texts = [plain(block.spans) for block in report.reading.document.blocks if isinstance(block, Paragraph)]
    texts += report.reading.margins
    yield from _missing(listed_titles, titles, pairs, texts)
    yield from _absent(listed_titles, titles, pairs)
    yield from _pages(listed_titles)


def _paired(listed_titles: Sequence[Title], titles: Sequence[Title]) -> list[tuple[Title, Title]]:
    """Each entry with the heading of the same words, else of the most alike words; in order where there is a choice."""
    pairs: list[tuple[Title, Title]] = []
    free = list(titles)
    for exact in (True, False):
        for entry in listed_titles:
            if any(entry is done for done, _ in pairs):
                continue
            folded = fold(entry.words)
            near = [(place, title) for place, title in enumerate(free) if not exact or fold(title.words) == folded]
            scored = [(score, -place, title) for place, title in near if (score := _score(entry, title)) >= _ALIKE]
            if scored:
                best = max(scored, key=lambda item: item[:2])[2]
                free.remove(best)
                pairs.append((entry, best))
    return pairs


def _score(entry: Title, title: Title) -> float:
    score = fuzz.ratio(fold(entry.words), fold(title.words), score_cutoff=_ALIKE)
    return score + (0.5 if entry.label and entry.label == title.label and score == 100 else 0)


def _compared(entry: Title, title: Title) -> Iterator[Finding]:
    if fold(entry.words) != fold(title.words):
        digits = any(character.isdigit() for character in entry.words + title.words)
        yield Finding(
            CODE,
            "toc-mismatch",
            Severity.ERROR if digits else Severity.WARNING,
            f"Daftar isi “{entry.full}”, judul dalam teks “{title.full}”",
            stated=entry.full,
            expected=title.full,
            places=(quoted(entry.full, entry.place), quoted(title.full, title.place)),
            suggestion="Perbarui daftar isi dari judul dalam teks.",
        )
    elif entry.label and title.label and entry.label.casefold() != title.label.casefold():
        yield Finding(
            CODE,
            "toc-mismatch",
            Severity.ERROR,
            f"Daftar isi memberi label “{entry.label}” pada {entry.words}, teks “{title.label}”",
            stated=entry.full,
            expected=title.full,
            places=(quoted(entry.full, entry.place), quoted(title.full, title.place)),
            suggestion="Perbarui daftar isi dari judul dalam teks.",
        )


def _missing(
    listed_titles: Sequence[Title], titles: Sequence[Title], pairs: Sequence[tuple[Title, Title]], texts: Sequence[str]
) -> Iterator[Finding]:
    """Entries without any heading; those of the front pages are often pictures and are left out."""
    paired = {id(entry) for entry, _ in pairs}
    known = "".join(fold(text).replace(" ", "") for text in [*(title.full for title in titles), *texts])
    for entry in listed_titles:
        if (
            id(entry) not in paired
            and not fold(entry.words).startswith(_FRONT)
            and fold(entry.words).replace(" ", "") not in known
        ):
            yield Finding(
                CODE,
                "toc-mismatch",
                Severity.WARNING,
                f"“{entry.full}” ada dalam daftar isi, judulnya tidak ditemukan dalam teks",
                stated=entry.full,
                places=(quoted(entry.full, entry.place),),
                suggestion="Periksa judulnya dalam teks, atau hapus dari daftar isi.",
            )


def _absent(
    listed_titles: Sequence[Title], titles: Sequence[Title], pairs: Sequence[tuple[Title, Title]]
) -> Iterator[Finding]:
    """Headings of a depth that the contents list, but which they do not name; neighbours in one finding."""
    paired = {id(title) for _, title in pairs}
    depths = {(title.level, _style(title.label)) for _, title in pairs}
    words = {fold(entry.words) for entry in listed_titles}
    absent: list[Title] = []
    for title in titles:
        if (
            id(title) not in paired
            and title.label
            and not title.label.startswith("BAB")
            and (title.level, _style(title.label)) in depths
            and fold(title.words) not in words
        ):
            absent.append(title)
    if absent:
        yield Finding(
            CODE,
            "toc-mismatch",
            Severity.ERROR if any(title.level <= 2 for title in absent) else Severity.WARNING,
            f"Tidak ada dalam daftar isi: {listed([title.full for title in absent])}",
            stated="tidak tercantum",
            expected=listed([title.full for title in absent]),
            places=tuple(quoted(title.full, title.place) for title in absent),
            suggestion="Tambahkan pada daftar isi.",
        )


def _style(label: str) -> str:
    return "1.1" if "." in label else "1" if label.isdigit() else "A" if label.isupper() else "a"


def _pages(listed_titles: Sequence[Title]) -> Iterator[Finding]:
    before: Title | None = None
    for entry in listed_titles:
        if not entry.page.isdigit():
            continue
        if before is not None and int(entry.page) < int(before.page):
            yield Finding(
                CODE,
                "toc-mismatch",
                Severity.WARNING,
                f"Halaman dalam daftar isi turun dari {before.page} ke {entry.page}",
                stated=entry.page,
                expected=f"≥ {before.page}",
                places=(quoted(entry.full, entry.place), quoted(before.full, before.place)),
                suggestion="Perbarui nomor halaman.",
            )
        before = entry
