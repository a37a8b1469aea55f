"""Answers out of a filled LKE workbook, column by column: read by the codes of the instrument, strange ones refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.scoring import Answers
from selaras.core.evaluation.template import Mode, Template
from selaras.core.place import Place
from selaras.documents.lke.write import INSTRUMENT, SHEET
from selaras.documents.workbook.container import open_safely, sound

ANSWER = ": jawaban"
MOST_ROWS, MOST_COLUMNS = 2000, 60


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """What a workbook holds: its instrument, and the answers of each column by its title."""

    template: Template
    columns: tuple[tuple[str, Answers], ...]


def read_answers(path: Path, known: Mapping[str, Template], template: Template | None = None) -> FilledSheet:
    """The answers in a workbook that `write.sheet_bytes` made and somebody filled in.

    The instrument is the one that the sheet names among `known`, or the one given. Raises CannotRun for a file that
    is no workbook, Refusal for a sheet without its head, an unknown instrument or a number that is none.
    """
    book = open_safely(path)
    try:
        with sound(path.name):
            page = next((page for page in book.worksheets if page.title == SHEET), None)
            rows = [] if page is None else [
                list(row[:MOST_COLUMNS]) for row in page.iter_rows(max_row=MOST_ROWS, values_only=True)
            ]  # fmt: skip
    finally:
        book.close()
    chosen = template or _instrument(path, rows, known)
    head = next((at for at, row in enumerate(rows) if row and _text(row[0]) == "Kode"), None)
    if head is None:
        fault = Fault(
            "baris judul tidak ada", Place(source=path.name, sheet=SHEET), expected="Kode | Uraian | Bobot | …"
        )
        raise Refusal("Lembar LKE tidak dikenali.", fault)
    titles = [
        (column, _text(title).removesuffix(ANSWER))
        for column, title in enumerate(rows[head])
        if _text(title).endswith(ANSWER)
    ]
    body = rows[head + 1 :]
    return FilledSheet(
        chosen, tuple((title, _answers(path.name, chosen, body, head + 2, column)) for column, title in titles)
    )


def _instrument(path: Path, rows: Sequence[Sequence[Any]], known: Mapping[str, Template]) -> Template:
    code = next((_text(row[2]) for row in rows if len(row) > 2 and _text(row[0]) == INSTRUMENT), "")
    if code not in known:
        fault = Fault("instrumen tidak dikenal", Place(source=path.name, sheet=SHEET), code, " | ".join(known))
        raise Refusal("Instrumen lembar ini tidak dikenal.", fault)
    return known[code]


def _answers(source: str, template: Template, rows: Sequence[Sequence[Any]], first: int, column: int) -> Answers:
    subs = {sub.code for sub in template.subcomponents}
    criteria = {item.code for item in template.criteria}
    letters: dict[str, str] = {}
    met: dict[str, str] = {}
    points: dict[str, Decimal] = {}
    for at, code, value in _given(rows, first, column):
        if code in subs and template.mode is Mode.POINTS:
            points[code] = _number(value, Place(source=source, sheet=SHEET, row=at, column=code))
        elif code in subs:
            letters[code] = _text(value)
        elif code in criteria:
            met[code] = _text(value)
    return Answers(letters, met, points)


def _given(rows: Sequence[Sequence[Any]], first: int, column: int) -> Iterator[tuple[int, str, Any]]:
    for at, row in enumerate(rows, first):
        if len(row) > column and _text(row[0]) and _text(row[column]):
            yield at, _text(row[0]), row[column]


def _number(value: Any, place: Place) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise Refusal("Nilai tidak terbaca.", Fault("bukan angka", place, str(value)[:40], "angka")) from error


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
