"""Daftar tabel atau gambar tidak sama dengan judul tabel dan gambar dalam teks.

Mengapa: judul yang berbeda membuat pembaca tidak tahu periode atau isi mana yang benar.
Peraturan: kelaziman penyusunan naskah; Permenpan-RB 53/2014, Lampiran III (format laporan).
Salah: daftar “Tabel 3.5 … Renstra 2020–2024”, judul tabel “… Renstra 2024–2026”.
Benar: nomor dan judul yang sama.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.outline import captions, list_entries
from selaras.review.prose import fold, listed, quoted
from selaras.review.report import Report

CODE = "ST02"
KINDS = ("list-of-tables",)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Entries against captions by number: same words, nothing missing on either side."""
    entries = list_entries(report)
    found = captions(report)
    if not entries or not found:
        return
    for entry in entries:
        same = [caption for caption in found if caption.series == entry.series and caption.number == entry.number]
        if not same:
            if any(caption.series == entry.series for caption in found):
                yield Finding(
                    CODE,
                    "list-of-tables",
                    Severity.WARNING,
                    f"{entry.series} {entry.number} ada dalam daftar, tidak ditemukan dalam teks",
                    stated=f"{entry.series} {entry.number} {entry.title}",
                    places=(quoted(entry.title, entry.place),),
                    suggestion="Periksa nomor tabel dalam teks.",
                )
            continue
        caption = max(same, key=lambda item: fuzz.ratio(fold(item.title), fold(entry.title)))
        if caption.title and _differs(entry.title, caption.title):
            yield Finding(
                CODE,
                "list-of-tables",
                Severity.ERROR,
                f"Judul {entry.series} {entry.number} dalam daftar berbeda dengan judul dalam teks",
                stated=entry.title,
                expected=caption.title,
                places=(quoted(entry.title, entry.place), quoted(caption.title, caption.place)),
                suggestion="Perbarui daftar dari judul dalam teks.",
            )
    listed_numbers = {(entry.series, entry.number) for entry in entries}
    series = {entry.series for entry in entries}
    absent = [
        caption
        for caption in found
        if caption.series in series and (caption.series, caption.number) not in listed_numbers
    ]
    if absent:
        names = [f"{caption.series} {caption.number}" for caption in absent]
        yield Finding(
            CODE,
            "list-of-tables",
            Severity.WARNING,
            f"Tidak ada dalam daftar: {listed(names)}",
            stated="tidak tercantum",
            expected=listed(names),
            places=tuple(quoted(caption.title, caption.place) for caption in absent),
            suggestion="Tambahkan pada daftar.",
        )


def _differs(entry: str, caption: str) -> bool:
    """Whether words differ; a title that goes on where the other ends (a second line) is the same."""
    one, other = fold(entry).split(), fold(caption).split()
    shorter = min(len(one), len(other))
    return one[:shorter] != other[:shorter] and sorted(one) != sorted(other) and "".join(one) != "".join(other)
