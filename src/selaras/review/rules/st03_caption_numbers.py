"""Nomor judul tabel, gambar, atau grafik berulang, mundur, berganti pola, atau tidak sesuai dengan babnya.

Mengapa: rujukan “Tabel 3” hanya berarti bila nomor itu dimiliki satu tabel.
Peraturan: kelaziman penyusunan naskah.
Salah: dua tabel bernomor Tabel 3; Tabel 1 dan Tabel 2.1 dalam satu laporan.
Benar: Tabel 1.1, Tabel 1.2, Tabel 2.1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from selaras.core.document import Heading, Paragraph, plain
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.outline import Caption, captions, roman, split_label, tables
from selaras.review.prose import fold, listed, quoted
from selaras.review.report import Report

CODE = "ST03"
KINDS = ("duplicate-numbering", "broken-numbering")

_REVERSED = re.compile(r"^\s*(\d+\.\d+)\s+(Grafik|Tabel|Gambar|Diagram)\b", re.IGNORECASE)
_CONTINUED = re.compile(r"\b(?:lanjutan|sambungan)\b|\(\s*lanjut", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Each series of captions for itself."""
    found = captions(report)
    series: dict[str, list[Caption]] = defaultdict(list)
    for caption in found:
        series[caption.series].append(caption)
    for name, items in series.items():
        yield from _twice(name, items)
        yield from _order(name, items)
        yield from _schemes(name, items)
    yield from _chapters(report, found)
    yield from _words(report, found)


def _twice(name: str, items: Sequence[Caption]) -> Iterator[Finding]:
    groups: dict[str, list[Caption]] = defaultdict(list)
    for item in items:
        groups[item.number].append(item)
    for number, same in groups.items():
        titles = {fold(item.title) for item in same}
        if len(same) > 1 and len(titles) > 1 and not _continued(same):
            yield Finding(
                CODE,
                "duplicate-numbering",
                Severity.ERROR,
                f"{name} {number} dipakai {len(same)} kali",
                stated=f"{name} {number}",
                expected="satu nomor untuk satu judul",
                places=tuple(quoted(f"{name} {item.number} {item.title}", item.place) for item in same),
                suggestion="Beri nomor baru, lalu perbarui rujukan dan daftar tabel.",
            )


def _continued(same: Sequence[Caption]) -> bool:
    return any(_CONTINUED.search(item.title) for item in same) or any(not item.title for item in same)


def _order(name: str, items: Sequence[Caption]) -> Iterator[Finding]:
    """Numbers that go back or leave one out, within one scheme and chapter."""
    for before, after in pairwise(items):
        one, other = _parts(before.number), _parts(after.number)
        if len(one) != len(other) or one[:-1] != other[:-1] or one == other:
            continue
        if other[-1] < one[-1] or other[-1] > one[-1] + 1:
            yield Finding(
                CODE,
                "broken-numbering",
                Severity.WARNING if other[-1] < one[-1] else Severity.INFO,
                f"{name} {after.number} berdiri sesudah {name} {before.number}",
                stated=f"{name} {after.number}",
                expected=f"{name} {'.'.join(map(str, (*one[:-1], one[-1] + 1)))}",
                places=(
                    quoted(f"{name} {after.number} {after.title}", after.place),
                    quoted(f"{name} {before.number} {before.title}", before.place),
                ),
                suggestion="Urutkan nomornya.",
            )


def _schemes(name: str, items: Sequence[Caption]) -> Iterator[Finding]:
    flat = [item for item in items if item.number.isdigit()]
    nested = [item for item in items if re.fullmatch(r"\d+[.\-]\d+", item.number)]
    if flat and nested:
        few = min(flat, nested, key=len)
        yield Finding(
            CODE,
            "broken-numbering",
            Severity.WARNING,
            f"Dua pola nomor {name.lower()} dalam satu laporan: {flat[0].number} dan {nested[0].number}",
            stated=listed([f"{name} {item.number}" for item in few]),
            expected="satu pola, misalnya Tabel 3.1",
            places=tuple(quoted(f"{name} {item.number} {item.title}", item.place) for item in few),
            suggestion="Pakai satu pola nomor.",
        )


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number))


def _chapters(report: Report, found: Sequence[Caption]) -> Iterator[Finding]:
    """`Tabel 2.4` in chapter III."""
    places = {id(caption.place): caption for caption in found}
    chapter = 0
    for block in report.reading.document.blocks:
        if isinstance(block, Heading):
            label, _ = split_label(block.full)
            if label.startswith("BAB"):
                number = label.split()[1]
                chapter = int(number) if number.isdigit() else roman(number)
            elif "lampiran" in block.text.casefold():
                chapter = 0
            continue
        caption = places.get(id(getattr(block, "place", None)))
        if caption and chapter and re.fullmatch(r"\d+[.]\d+", caption.number) and _parts(caption.number)[0] != chapter:
            yield Finding(
                CODE,
                "broken-numbering",
                Severity.WARNING,
                f"{caption.series} {caption.number} berdiri dalam Bab {chapter}",
                stated=f"{caption.series} {caption.number}",
                expected=f"{caption.series} {chapter}.…",
                places=(quoted(f"{caption.series} {caption.number} {caption.title}", caption.place),),
                suggestion="Sesuaikan nomor dengan babnya.",
            )


def _words(report: Report, found: Sequence[Caption]) -> Iterator[Finding]:
    """A number before its word, and a picture that is called a table."""
    for block in report.reading.document.blocks:
        match = _REVERSED.match(plain(block.spans)) if isinstance(block, Paragraph) else None
        if match and isinstance(block, Paragraph):
            yield Finding(
                CODE,
                "broken-numbering",
                Severity.WARNING,
                f"Judul {match[2].lower()} ditulis terbalik: “{match[0].strip()}”",
                stated=match[0].strip(),
                expected=f"{match[2].capitalize()} {match[1]}",
                places=(quoted(plain(block.spans), block.place),),
                suggestion="Dahulukan kata Grafik, Gambar, atau Tabel.",
            )
    if not list(tables(report)):
        return
    for caption in found:
        if (
            caption.series == "Tabel"
            and caption.table is None
            and re.match(r"(?:struktur|bagan|grafik|diagram|foto|peta)\b", caption.title, re.IGNORECASE)
        ):
            yield Finding(
                CODE,
                "broken-numbering",
                Severity.WARNING,
                f"Gambar diberi judul tabel: “Tabel {caption.number} {caption.title}”",
                stated=f"Tabel {caption.number}",
                expected="Gambar",
                places=(quoted(f"Tabel {caption.number} {caption.title}", caption.place),),
                suggestion="Sebut gambar sebagai gambar.",
            )
