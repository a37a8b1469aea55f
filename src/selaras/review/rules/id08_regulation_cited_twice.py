"""Satu peraturan dikutip dengan jenis, nomor, tahun, atau judul yang berbeda.

Mengapa: dasar hukum yang berbeda-beda tidak dapat ditelusuri; salah satunya pasti keliru.
Peraturan: UU 12/2011 (penyebutan jenis, nomor, tahun, dan judul peraturan).
Salah: “Perpres 29/2014 tentang Sistem Akuntabilitas Instansi Pemerintah” dan “… Akuntabilitas Kinerja …”.
Benar: judul yang sama pada setiap kutipan.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law, Regulation
from selaras.review.citations import Cited, cited, kind_name, register, title_words
from selaras.review.prose import quoted
from selaras.review.report import Report

CODE = "ID08"
KINDS = ("legal-basis",)

Key = tuple[str, str, int]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Different titles of one number; different numbers, years or kinds of one title; regulations from the future."""
    found = [item for item in cited(report) if item.number and item.year]
    yield from _titles(found, register(law))
    yield from _numbers(found, register(law))
    yield from _future(found, report.identity.year)


def _titles(found: Sequence[Cited], known: Mapping[Key, Regulation]) -> Iterator[Finding]:
    groups: dict[tuple[str, str, int], list[Cited]] = defaultdict(list)
    for item in found:
        if item.title:
            groups[item.kind, item.number, item.year].append(item)
    told: set[tuple[int | None, int | None, tuple[str, ...], tuple[str, ...]]] = set()
    for (kind, number, year), items in groups.items():
        if kind in _LOCAL and len({item.region for item in items if item.region}) > 1:
            continue
        entry = known.get((kind, number, year))
        variants = _variants(items, title_words(entry.title) if entry else ())
        if len(variants) < 2:
            continue
        main = variants[0]
        for other in variants[1:]:
            lost, added = _difference(main[0].title, other[0].title)
            cause = (other[0].place.line, other[0].place.page, tuple(lost), tuple(added))
            if cause in told:
                continue
            told.add(cause)
            slip = _slip(lost, added) or set(title_words(main[0].title)) == set(title_words(other[0].title))
            severity = Severity.INFO if slip else Severity.ERROR
            yield Finding(
                CODE,
                "legal-basis",
                severity,
                f"Judul {kind_name(kind)} {number}/{year} dikutip berbeda: {_told(lost, added)}",
                stated=other[0].title,
                expected=main[0].title,
                places=tuple(quoted(item.text, item.place) for item in [*other, main[0]]),
                regulation="UU 12/2011",
                suggestion="Kutip judul peraturan persis seperti dalam naskahnya.",
            )


_LOCAL = frozenset({"Perda", "Pergub", "Perbup", "Perwali", "Kepgub", "Kepbup", "Kepwali"})


def _variants(items: Sequence[Cited], right: Sequence[str]) -> list[list[Cited]]:
    """Citations by wording: as in the register, else the most frequent first; a title cut short joins the whole one."""
    groups: list[list[Cited]] = []
    for item in sorted(items, key=lambda item: -len(title_words(item.title))):
        words = title_words(item.title)
        home = next((group for group in groups if _same(title_words(group[0].title), words)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    order = {id(item): number for number, item in enumerate(items)}
    return sorted(
        groups,
        key=lambda group: (
            not (right and _same(right, title_words(group[0].title))),
            -len(group),
            -_listed(group),
            min(order[id(item)] for item in group),
        ),
    )


def _listed(group: Sequence[Cited]) -> int:
    return sum(item.listed for item in group)


def _same(whole: Sequence[str], words: Sequence[str]) -> bool:
    """Equal, or one is the beginning of the other: a citation may be cut short, but not changed."""
    shorter = min(len(whole), len(words))
    return list(whole[:shorter]) == list(words[:shorter]) or sorted(whole) == sorted(words)


def _difference(one: str, other: str) -> tuple[list[str], list[str]]:
    first, second = Counter(title_words(one)), Counter(title_words(other))
    return list((first - second).elements()), list((second - first).elements())


def _slip(lost: Sequence[str], added: Sequence[str]) -> bool:
    """Whether only the order or the spelling of single words differs."""
    return len(lost) == len(added) and all(
        not one.isdigit() and fuzz.ratio(one, other) >= 80
        for one, other in zip(sorted(lost), sorted(added), strict=True)
    )


def _told(lost: Sequence[str], added: Sequence[str]) -> str:
    parts = ([f"tanpa “{' '.join(lost)}”"] if lost else []) + ([f"dengan “{' '.join(added)}”"] if added else [])
    return ", ".join(parts) or "susunan kata berbeda"


def _numbers(found: Sequence[Cited], known: Mapping[Key, Regulation]) -> Iterator[Finding]:
    """One title under two years, numbers or kinds, of which only one thing differs."""
    told: set[tuple[tuple[str, str, int], tuple[str, str, int]]] = set()
    counts = Counter(item.key for item in found)
    for one, other in itertools.combinations(found, 2):
        pair = (min(one.key, other.key), max(one.key, other.key))
        if pair in told or not _one_differs(one, other) or not _same_title(one, other):
            continue
        told.add(pair)
        right, wrong = (
            (one, other)
            if (one.key in known, counts[one.key], one.listed) >= (other.key in known, counts[other.key], other.listed)
            else (other, one)
        )
        yield Finding(
            CODE,
            "legal-basis",
            Severity.ERROR,
            f"Peraturan yang sama disebut {wrong.shown} dan {right.shown}",
            stated=wrong.shown,
            expected=right.shown,
            places=(quoted(wrong.text, wrong.place), quoted(right.text, right.place)),
            regulation="UU 12/2011",
            suggestion="Periksa jenis, nomor, dan tahunnya pada naskah, lalu samakan.",
        )


def _one_differs(one: Cited, other: Cited) -> bool:
    return sum(left != right for left, right in zip(one.key, other.key, strict=True)) == 1 and (
        one.kind == other.kind or {one.kind, other.kind} <= _NATIONAL
    )


_NATIONAL = frozenset({"UU", "PP", "Perpres", "Permenpan-RB", "Permendagri", "PMK", "Inpres", "Keppres"})


def _same_title(one: Cited, other: Cited) -> bool:
    left, right = title_words(one.title), title_words(other.title)
    if (
        min(len(left), len(right)) < 2
        or any(word.isdigit() for word in (*left, *right))
        or {left[0], right[0]} & {"perubahan", "anggaran", "pertanggungjawaban", "penjabaran"}
    ):
        return False
    if one.kind == other.kind and one.number != other.number:
        return len(left) > 4 and left == right and one.year == other.year
    shorter = min(len(left), len(right))
    return left[:shorter] == right[:shorter] or (shorter > 4 and fuzz.ratio(" ".join(left), " ".join(right)) >= 95)


def _future(found: Sequence[Cited], year: int | None) -> Iterator[Finding]:
    for item in found:
        if year and item.year > year + 1:
            yield Finding(
                CODE,
                "legal-basis",
                Severity.ERROR,
                f"{item.shown} belum ada ketika laporan tahun {year} disusun",
                stated=str(item.year),
                expected=f"paling lambat {year + 1}",
                places=(quoted(item.text, item.place),),
                suggestion="Periksa tahun peraturannya.",
            )
