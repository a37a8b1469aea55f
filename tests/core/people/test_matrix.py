"""The role-result matrix: writing, moving, gaps, and the rows that come out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.people.example import HEAD_ROWS, MATRIX, STAFF, changed

from selaras.core.errors import Refusal
from selaras.core.people.matrix import Cell, clear, columns, gaps, grid, move, put, rows_for
from selaras.core.people.skp import Section


def test_the_grid_has_members_by_role_and_results_in_order():
    found = grid(MATRIX)
    assert [line.member.employee for line in found] == ["P2", "P1"]
    assert [len(field) for field in found[1].fields] == [1, 0]


def test_a_cell_is_written_moved_and_cleared():
    written = put(MATRIX, Cell("P2", 2, 1, "Perpustakaan dibina"))
    assert len(written.cells) == 2
    again = put(written, Cell("P2", 2, 1, "Perpustakaan sekolah dibina"))
    assert [cell.text for cell in again.cells][-1] == "Perpustakaan sekolah dibina"
    dragged = move(again, again.cells[-1], employee="P1", result=1)
    assert [(cell.text, cell.order) for cell in grid(dragged)[1].fields[0]] == [
        ("Laporan pembinaan tersusun", 1), ("Perpustakaan sekolah dibina", 2),
    ]  # fmt: skip
    assert clear(dragged, "P1", 1).cells == ()


@pytest.mark.parametrize("cell", [Cell("P9", 1, 1, "x"), Cell("P1", 9, 1, "x"), Cell("P1", 1, 1, "  ")])
def test_a_cell_outside_the_grid_or_without_words_is_refused(cell):
    with pytest.raises(Refusal):
        put(MATRIX, cell)


def test_a_cell_that_is_not_there_cannot_be_moved():
    with pytest.raises(Refusal):
        move(MATRIX, Cell("P1", 2, 1, "x"), employee="P2", result=1)
    with pytest.raises(Refusal):
        move(MATRIX, MATRIX.cells[0], employee="P9", result=1)


def test_gaps_are_results_without_people_and_people_without_results():
    assert [finding.code for finding in gaps(MATRIX)] == ["MPH-RESULT", "MPH-MEMBER"]
    stray = changed(MATRIX, cells=(*MATRIX.cells, Cell("P9", 1, 1, "x")))
    assert "MPH-CELL" in [finding.code for finding in gaps(stray)]


def test_rows_come_from_the_cells_with_the_leaders_result():
    [row] = rows_for(MATRIX, STAFF)
    assert (row.order, row.result, row.parent) == (1, "Laporan pembinaan tersusun", ("SKP-KEPALA", 1))
    assert row.supports.startswith("Birokrasi berkinerja tinggi: Persentase")


def test_main_results_stand_before_additional_ones():
    extra = changed(HEAD_ROWS[0], section=Section.EXTRA)
    assert columns([extra, HEAD_ROWS[1]]) == (HEAD_ROWS[1], extra)


@given(st.lists(st.tuples(st.sampled_from(["P1", "P2"]), st.sampled_from([1, 2])), max_size=12))
def test_moving_never_loses_a_cell(moves):
    matrix = put(MATRIX, Cell("P2", 2, 1, "Perpustakaan dibina"))
    for employee, result in moves:
        matrix = move(matrix, matrix.cells[0], employee=employee, result=result)
        assert len(matrix.cells) == 2
        assert len({(cell.employee, cell.result, cell.order) for cell in matrix.cells}) == 2
    assert sum(len(field) for line in grid(matrix) for field in line.fields) == 2
