"""Butir, judul, atau baris bernomor ganda atau loncat.

Mengapa: nomor yang berulang atau hilang menandakan butir yang disisipkan, dihapus, atau tersalin.
Peraturan: kelaziman penyusunan naskah.
Salah: 1, 2, 2, 3.
Benar: 1, 2, 3, 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.outline import Title, chapters, entries, headings, number_of, roman, style_of
from selaras.review.prose import cut, quoted
from selaras.review.report import Grid, Report, Role, SentenceKind, TableKind

CODE = "ST05"
KINDS = ("duplicate-numbering", "broken-numbering")

Item = tuple[int, str, Place]

_MARKER = re.compile(r"^\s*(?:[-–•]\s*)?(\d{1,2}|[a-z]|[A-Z])\s?[.)]\s+(?=\S)")
_SPAN = re.compile(r"(\d{1,2})[.)]\s?[–-]\s?(\d{1,2})")
"""Several numbers treated under one heading: `2)–4)`."""
_LEADING = re.compile(r"^\s*(\d{1,2})[.)]?\s+(?=[A-Za-z])")
_ANNOUNCES = re.compile(r"\b(?:sebagai berikut|berikut ini|di bawah ini)\s*:?\s*$", re.IGNORECASE)
NEXT = 3
"""So many lines at most lie between the beginnings of neighbouring items."""
_LATEST = 4
"""A run that begins with a higher number is more likely part of another document."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Runs of list items, headings under one parent, and numbered rows of tables."""
    for run in _items(report):
        yield from _judged(run, Severity.WARNING, "butir")
    yield from _introductions(report)
    told = [item for run in _headings(headings(report)) for item in _judged(run, Severity.WARNING, "judul")]
    yield from told
    known = {(item.kind, item.places[0]) for item in told}
    for item in (*_chapters(report), *_siblings(headings(report))):
        if (item.kind, item.places[0]) not in known:
            yield item
    for run in _headings(entries(report)):
        yield from _judged(run, Severity.WARNING, "entri daftar isi")
    for grid in report.grids:
        if grid.kind not in {TableKind.STAFF, TableKind.SCALE}:
            for run in _rows(grid):
                yield from _judged(run, Severity.WARNING, "baris tabel")


def _judged(run: Sequence[Item], severity: Severity, noun: str) -> Iterator[Finding]:
    """Numbers that repeat or leave one out. A run must begin low and count on at least once to be a list at all."""
    goes_on = sum(after[0] == before[0] + 1 for before, after in pairwise(run))
    if not (noun == "butir" and _is_short(run)) and (len(run) < 3 or run[0][0] > 2 or goes_on < len(run) // 2):
        return
    for before, after in pairwise(run):
        if after[0] == before[0]:
            yield _finding("duplicate-numbering", severity, f"Nomor {noun} {after[1]} berulang", run, (before, after))
        elif after[0] > before[0] + 1:
            yield _finding(
                "broken-numbering",
                Severity.INFO if noun == "baris tabel" else severity,
                f"Nomor {noun} loncat dari {before[1]} ke {after[1]}",
                run,
                (before, after),
            )


def _introductions(report: Report) -> Iterator[Finding]:
    """`1. Langkahnya adalah sebagai berikut:`, then `2.`: the sentence that announces the list is numbered as its first item."""
    said = [sentence for sentence in report.sentences if sentence.kind is not SentenceKind.CELL]
    for one, two in pairwise(said):
        second = _MARKER.match(two.text)
        if second is None or second[1] != "2" or one.path != two.path or not _ANNOUNCES.search(one.text):
            continue
        marks = [
            match[1]
            for each in said
            if each.path == two.path and (match := _MARKER.match(each.text)) and each is not two
        ]
        first = _MARKER.match(one.text) or _MARKER.match(one.place.quote)
        if (first and first[1] == "1") or (one.kind is SentenceKind.ITEM and "1" in marks):
            yield Finding(
                CODE,
                "broken-numbering",
                Severity.WARNING,
                "Kalimat pengantar bernomor seperti butir pertama",
                stated=cut(one.text),
                expected="kalimat pengantar tanpa nomor, butir mulai dari 1",
                places=(quoted(one.text, one.place), quoted(two.text, two.place)),
                suggestion="Hapus nomor kalimat pengantarnya, lalu nomori ulang butirnya.",
            )


def _is_short(run: Sequence[Item]) -> bool:
    """A list of two or three on neighbouring lines, of which one number is wrong: `1, 3`, `2, 2`, `a, c, c`."""
    lines = [item[2].line for item in run]
    near = all(one is not None and two is not None and 0 < two - one <= NEXT for one, two in pairwise(lines))
    return 2 <= len(run) <= 3 and near and run[0][0] <= 2 and run[-1][0] <= len(run) + 1


def _chapters(report: Report) -> Iterator[Finding]:
    """Chapters that are left out, and chapters whose sections begin late or, being two, do not follow each other."""
    found = chapters(report)
    yield from _late([title for title, _ in found], "bab")
    for before, after in pairwise([title for title, _ in found]):
        if number_of(after.label) > number_of(before.label) + 1 and number_of(before.label):
            yield _jump("bab", before, after)
    for chapter, inside in found:
        children = [title for title in inside if title.level == chapter.level + 1 and title.label]
        run = [title for title in children if style_of(title.label) == style_of(children[0].label)]
        yield from _late(run, "judul")
        if len(run) == 2 and number_of(run[1].label) > number_of(run[0].label) + 1:
            yield _jump("judul", run[0], run[1])


def _late(run: Sequence[Title], noun: str) -> Iterator[Finding]:
    """A run that does not begin with its first number. One item alone may be a part of a document."""
    first = number_of(run[0].label) if run else 0
    if first > 1 and (len(run) > 1 or noun == "judul") and first <= _LATEST:
        item = run[0]
        yield _numbered(f"Nomor {noun} dimulai dari {item.label}", run, (item,))


def _jump(noun: str, before: Title, after: Title) -> Finding:
    return _numbered(f"Nomor {noun} loncat dari {before.label} ke {after.label}", (before, after), (after, before))


def _siblings(titles: Sequence[Title]) -> Iterator[Finding]:
    """Two neighbouring headings of one level and parent with one label and different words."""
    last: dict[int, Title] = {}
    for title in titles:
        last = {level: known for level, known in last.items() if level <= title.level}
        before = last.get(title.level)
        if before is not None and title.label and before.label == title.label and before.words != title.words:
            yield _numbered(
                f"Nomor judul {title.label} berulang", (before, title), (title, before), "duplicate-numbering"
            )
        last[title.level] = title


def _numbered(message: str, run: Sequence[Title], places: Sequence[Title], kind: str = "broken-numbering") -> Finding:
    items = [(number_of(title.label), title.label, quoted(title.full, title.place)) for title in (*run, *places)]
    shown, marked = items[: len(run)], items[len(run) :]
    made = _finding(kind, Severity.WARNING, message, shown, (marked[-1], marked[0]))
    return replace(made, places=tuple(dict.fromkeys(made.places)))


def _finding(kind: str, severity: Severity, message: str, run: Sequence[Item], pair: tuple[Item, Item]) -> Finding:
    return Finding(
        CODE,
        kind,
        severity,
        message,
        stated=cut(", ".join(item[1] for item in run)),
        expected="nomor berurutan tanpa ganda",
        places=(pair[1][2], pair[0][2]),
        suggestion="Perbaiki nomornya; periksa apakah ada butir yang hilang atau tersisip.",
    )


def _items(report: Report) -> Iterator[list[Item]]:
    """Runs of items with the same style of marker, under one heading; a restart at one begins a new run."""
    runs: dict[str, list[Item]] = {}
    path: tuple[str, ...] | None = None
    for sentence in report.sentences:
        if sentence.path != path or sentence.kind is SentenceKind.HEADING:
            yield from runs.values()
            runs, path = {}, sentence.path
        if sentence.kind is not SentenceKind.ITEM:
            continue
        match = _MARKER.match(sentence.place.quote) or _MARKER.match(sentence.text)
        if match is None:
            continue
        style = "1" if match[1].isdigit() else "a" if match[1].islower() else "A"
        style += match[0].strip()[-1]
        number = int(match[1]) if match[1].isdigit() else ord(match[1].lower()) - 96
        run = runs.setdefault(style, [])
        same_place = (
            run
            and (run[-1][2].line, run[-1][2].page, run[-1][1]) == (sentence.place.line, sentence.place.page, match[1])
            and sentence.place.line is not None
        )
        if number == 1 and run:
            yield run
            runs[style] = [(number, match[1], quoted(sentence.text, sentence.place))]
        elif not same_place:
            run.append((number, match[1], quoted(sentence.text, sentence.place)))
    yield from runs.values()


def _headings(titles: Sequence[Title]) -> Iterator[list[Item]]:
    """Headings of one level below one parent whose labels are of one style."""
    runs: dict[tuple[int, str], list[Item]] = {}
    for title in titles:
        label = title.label
        if label.startswith("BAB"):
            yield from runs.values()
            runs = {}
            continue
        span = _SPAN.fullmatch(label)
        last = span[2] if span else label.rsplit(".", 1)[-1]
        if not last:
            continue
        style = (label.rsplit(".", 1)[0] if "." in label and not span else "") + (
            "1" if last.isdigit() else "A" if last.isupper() else "a"
        )
        number = int(last) if last.isdigit() else ord(last.lower()) - 96 if len(last) == 1 else roman(last)
        key = (title.level, style)
        if "." not in label:
            for other in [known for known in runs if _below(known[1], style)]:
                yield runs.pop(other)
        run = runs.setdefault(key, [])
        if number == 1 and run:
            yield run
            runs[key] = run = []
        first = int(span[1]) if span else number
        run += [(each, label, quoted(title.full, title.place)) for each in range(first, number + 1)]
    yield from runs.values()


def _below(known: str, style: str) -> bool:
    """A new letter heading closes the numbers below it."""
    return (style == "A" and known in {"1", "a"}) or (style == "1" and known == "a")


def _rows(grid: Grid) -> Iterator[list[Item]]:
    """The numbers of the rows: the number column, else the digits before a name."""
    columns = grid.columns_of(Role.NUMBER) or [0]
    run: list[Item] = []
    for row in grid.rows:
        cell = row.cells[columns[0]] if columns[0] < len(row.cells) else None
        if cell is None or cell.spanned or row.total:
            continue
        text = cell.text.strip()
        match = re.fullmatch(r"(?:(?:IKU|IKK|IKSS?|IKP|KPI|IK)\s?-?\s?)?(\d{1,3})[.)]?", text) or _LEADING.match(text)
        if match is None:
            if re.fullmatch(r"[IVXLA-Za-z]{1,5}[.)]?", text):
                yield run
                run = []
            continue
        number = int(match[1])
        if run and number == 1:
            yield run
            run = []
        run.append((number, match[1], quoted(" ".join(item.text for item in row.cells if item.text)[:160], cell.place)))
    yield run
