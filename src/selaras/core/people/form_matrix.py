"""The role-result matrix of a team as a document."""

from __future__ import annotations

from collections.abc import Mapping

from selaras.core.document import (
    Align,
    Block,
    Cell,
    Division,
    Document,
    PageNumbers,
    Paragraph,
    Row,
    Span,
    text,
)
from selaras.core.law import Certainty, Source
from selaras.core.people.form_pieces import (
    FOOTER,
    Party,
    below_line,
    doubts_note,
    empty_row,
    head_row,
    made_table,
    title_line,
    word_cell,
)
from selaras.core.people.matrix import Matrix, columns, grid


def matrix_form(matrix: Matrix, agency: str, leader: Party, positions: Mapping[str, str]) -> Document:
    """The role-result matrix: a row for each member, a column for each result of the leader."""
    results = columns(matrix.results)
    heads = ("No.", "Pegawai", "Peran", *(f"{row.result}\n{row.measure}" for row in results))
    width = 66 // max(1, len(results))
    body = []
    for number, line in enumerate(grid(matrix), 1):
        name = Span(line.member.name or line.member.employee, strong=True)
        place = Span(below_line(positions.get(line.member.position, "")))
        told = (word_cell("\n".join(cell.text for cell in line.fields[at]) or "–") for at in _places(matrix))
        body.append(
            Row((word_cell(str(number), Align.CENTER), Cell((name, place)), word_cell(line.member.role), *told))
        )
    table = made_table(
        "mph", (5, 17, 12, *(width for _ in results)), (head_row(*heads),), body or [empty_row(len(heads))]
    )
    year = matrix.leader.year
    blocks: list[Block] = [
        Division(PageNumbers.NONE, landscape=True), title_line("MATRIKS PERAN HASIL"), title_line(f"TAHUN {year}"),
        Paragraph(text(f"{leader.position}, {leader.unit or agency}"), align=Align.CENTER), table,
        doubts_note([("isi sel matriks", Source("templat terbuka matriks peran hasil", Certainty.FROM_MEMORY))]),
    ]  # fmt: skip
    title = f"Matriks Peran Hasil {leader.title} Tahun {year}"
    return Document(title, "mph", agency, year, tuple(blocks), subject="Matriks Peran Hasil", footer=FOOTER)


def _places(matrix: Matrix) -> list[int]:
    """Where each column of the form stands in the fields of the grid, which follow the numbers of the results."""
    numbers = sorted(row.order for row in matrix.results)
    return [numbers.index(row.order) for row in columns(matrix.results)]
