"""Jumlah pegawai dalam kalimat harus menjumlah dengan benar dan sama dengan tabel pegawai.

Mengapa: jumlah pegawai adalah angka yang paling mudah diperiksa; bila berbeda, data kepegawaian diragukan.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab I (gambaran organisasi).

Salah: 24 pegawai yang terdiri atas 12 PNS dan 10 PPNPN.
Benar: 24 pegawai yang terdiri atas 14 PNS dan 10 PPNPN.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import figure_at
from selaras.review.likeness import fold
from selaras.review.report import CountMention, Grid, Report, Role, Sentence, TableKind
from selaras.review.sums import counts_of
from selaras.review.wording import places, shown, table_name

CODE = "NU03"
KINDS = ("headcount",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab I"
STAFF = re.compile(r"\b(?:pegawai|personel|personil|karyawan|aparatur|asn|sdm|orang)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:pegawai|personel|personil|karyawan|aparatur|asn)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:jumlah|keseluruhan|total|seluruh|sebanyak|memiliki|didukung)\b", re.IGNORECASE)
_CLASS = re.compile(
    r"\b(?:pns|cpns|pppk|p3k|honorer|kontrak|non|laki|perempuan|wanita|pria|struktural|fungsional|golongan)\b",
    re.IGNORECASE,
)
_SUPPORTED = re.compile(
    r"\b(?:didukung|memiliki|mempunyai|berjumlah|sebanyak|sejumlah|terdapat)\s+(?:oleh\s+)?(?:sebanyak\s+)?$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\b(?:terdiri|terdapat|yaitu|yakni|meliputi|dengan rincian|di ?antaranya)\b", re.IGNORECASE)
_SEX = re.compile(
    r"\b([0-9]{1,4})\s+(?:\([^()]*\)\s+)?(?:orang\s+|pegawai\s+)?(?:di ?antaranya\s+(?:adalah\s+)?)?"
    r"(perempuan|wanita|laki-laki|pria)\b",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Totals and parts within sentences, then both against the tables."""
    tables = [(grid, total) for grid in report.grids_of(TableKind.STAFF) if (total := _grand_total(grid)) is not None]
    for sentence, mentions in _by_sentence(report):
        stated = _stated_total(sentence, mentions)
        if stated is None:
            yield from _of_one_class(sentence, mentions[0], tables)
            continue
        parts = _parts_of(stated, mentions)
        if _is_miscounted(sentence, stated, parts):
            yield _sum(sentence, stated, parts)
        wrong = [(grid, count) for grid, count in tables if count != stated.number]
        if tables and len(wrong) == len(tables):
            yield _table(sentence, stated, wrong[0][0], wrong[0][1])
        yield from _classes(sentence, parts, [grid for grid, _ in tables])
        yield from _sexes(report, sentence, stated.number)


def _of_one_class(sentence: Sentence, first: CountMention, tables: Sequence[tuple[Grid, int]]) -> Iterator[Finding]:
    """`didukung 110 orang PNS` under a table whose caption says that it counts the PNS, and nobody else."""
    at = sentence.text.find(first.text)
    words = {word.casefold() for word in _CLASS.findall(sentence.text[at : at + len(first.text) + 12])}
    before = sentence.text[max(0, at - 40) : at]
    same = [(grid, count) for grid, count in tables if grid.path == sentence.path and words
            and words == {word.casefold() for word in _CLASS.findall(grid.table.caption.partition(" menurut ")[0])}]  # fmt: skip
    if at >= 0 and _SUPPORTED.search(before) and same and all(count != first.number for _, count in same):
        yield _table(sentence, first, *same[0])


def miscounted(report: Report) -> set[int]:
    """The sentences (by `id`) whose parts do not make their whole, as this rule tells."""
    found = set()
    for sentence, mentions in _by_sentence(report):
        stated = _stated_total(sentence, mentions)
        if stated is not None and _is_miscounted(sentence, stated, _parts_of(stated, mentions)):
            found.add(id(sentence))
    return found


def _parts_of(stated: CountMention, mentions: Sequence[CountMention]) -> list[CountMention]:
    return [mention for mention in mentions if mention is not stated and STAFF.search(f"{mention.noun} {mention.text}")]


def _is_miscounted(sentence: Sentence, stated: CountMention, parts: Sequence[CountMention]) -> bool:
    told = _PARTS.search(sentence.text) is not None and len(parts) > 1
    return told and not _adds_up(stated.number, [part.number for part in parts])


def _sexes(report: Report, sentence: Sentence, total: int) -> Iterator[Finding]:
    """`7 di antaranya perempuan` against the column L/P of the rosters, where these list the staff that the sentence counts."""
    counted = [
        (grid, _letters(grid)) for grid in report.grids_of(TableKind.ROSTER) if len(grid.columns_of(Role.SEX)) == 1
    ]
    sizes = [len(letters) for _, letters in counted]
    if total not in {*sizes, sum(sizes)}:
        return
    for match in _SEX.finditer(sentence.text):
        letter = "P" if match[2].casefold() in ("perempuan", "wanita") else "L"
        numbers = [letters.count(letter) for _, letters in counted]
        if int(match[1]) not in {*numbers, sum(numbers)}:
            grid = counted[0][0]
            message = f"Disebut {match[1]} {match[2].casefold()}, sedangkan daftar pegawai memuat {sum(numbers)}."
            yield _finding(sentence, grid, message, match[1], str(sum(numbers)))


def _letters(grid: Grid) -> list[str]:
    column = grid.columns_of(Role.SEX)[0]
    return [
        row.cells[column].text.strip().upper()[:1] for row in grid.rows if not row.total and column < len(row.cells)
    ]


def _by_sentence(report: Report) -> list[tuple[Sentence, list[CountMention]]]:
    found: dict[int, tuple[Sentence, list[CountMention]]] = {}
    for mention in report.counts:
        if mention.sentence is not None and STAFF.search(f"{mention.noun} {mention.text}"):
            found.setdefault(id(mention.sentence), (mention.sentence, []))[1].append(mention)
    return list(found.values())


def _stated_total(sentence: Sentence, mentions: Sequence[CountMention]) -> CountMention | None:
    """The first count, if it is said to be the number of all staff."""
    first = mentions[0]
    at = sentence.text.find(first.text)
    before = sentence.text[max(0, at - 90) : at] if at >= 0 else ""
    after = sentence.text[at : at + len(first.text) + 30] if at >= 0 else ""
    own = _PARTS.split(f"{after} {first.qualifier}", maxsplit=1)[0]
    if _CLASS.search(own):
        return None
    return first if _TOTAL.search(before) and _OWN.search(before + after) and first.number > 1 else None


def _adds_up(total: int, parts: Sequence[int]) -> bool:
    """Whether the parts, or some run of them (one of several classifications), make the total."""
    sums = {sum(parts[start:end]) for start in range(len(parts)) for end in range(start + 2, len(parts) + 1)}
    return total in sums or total in parts


def _grand_total(grid: Grid) -> int | None:
    """The number of staff by a table: its last total, else the sum of its column of totals or its only count."""
    columns = grid.columns_of(Role.TOTAL) or counts_of(grid)
    if not columns or (len(columns) > 1 and not grid.columns_of(Role.TOTAL)):
        return None
    column = columns[-1]
    for row in reversed(grid.rows):
        if row.total:
            figures = [cell.figure for cell in row.cells if cell.figure is not None]
            last = figure_at(row, column) or (figures[-1] if figures else None)
            return int(last.amount) if last is not None else None
    rows = [figure for row in grid.rows if (figure := figure_at(row, column)) is not None]
    return int(sum((figure.amount for figure in rows), Decimal(0))) if rows else None


def _classes(sentence: Sentence, parts: Sequence[CountMention], grids: Sequence[Grid]) -> Iterator[Finding]:
    """Parts whose qualifier names a column of a staff table, against the sum of that column."""
    for grid in grids:
        compared, wrong = 0, []
        for part in parts:
            column = _column(grid, part)
            if column is None:
                continue
            compared += 1
            counted = _column_sum(grid, column)
            if counted != part.number:
                wrong.append(
                    f"{grid.columns[column].header.split('/')[-1].strip()} {part.number} orang (tabel: {counted})"
                )
        if wrong and compared > 1:
            yield _finding(
                sentence,
                grid,
                f"Rincian pegawai dalam kalimat tidak sama dengan {table_name(grid)}: {'; '.join(wrong)}.",
                "; ".join(wrong),
                f"angka {table_name(grid)}",
            )


def _column(grid: Grid, part: CountMention) -> int | None:
    words = fold(part.qualifier or part.text).split()
    for column in counts_of(grid):
        header = fold(grid.columns[column].header.split("/")[-1])
        if header and header in words[:3]:
            return column
    return None


def _column_sum(grid: Grid, column: int) -> int:
    figures = [figure for row in grid.rows if not row.total and (figure := figure_at(row, column))]
    return int(sum((figure.amount for figure in figures), Decimal(0)))


def _sum(sentence: Sentence, total: CountMention, parts: Sequence[CountMention]) -> Finding:
    added = sum(part.number for part in parts)
    return Finding(
        CODE,
        "headcount",
        Severity.ERROR,
        f"Disebut {total.number} pegawai, sedangkan rinciannya berjumlah {added}.",
        stated=str(total.number),
        expected=str(added),
        arithmetic=f"{' + '.join(str(part.number) for part in parts)} = {shown(Decimal(added), 0)}",
        places=places([sentence.place]),
        regulation=REGULATION,
        suggestion="Periksa daftar pegawai, lalu samakan jumlah dan rinciannya.",
    )


def _table(sentence: Sentence, total: CountMention, grid: Grid, count: int) -> Finding:
    message = f"Disebut {total.number} pegawai, sedangkan {table_name(grid)} memuat {count}."
    return _finding(sentence, grid, message, str(total.number), str(count))


def _finding(sentence: Sentence, grid: Grid, message: str, stated: str, expected: str) -> Finding:
    return Finding(
        CODE,
        "headcount",
        Severity.ERROR,
        message,
        stated=stated,
        expected=expected,
        places=places([sentence.place, grid.place]),
        regulation=REGULATION,
        suggestion="Periksa daftar pegawai, lalu samakan kalimat dan tabel.",
    )
