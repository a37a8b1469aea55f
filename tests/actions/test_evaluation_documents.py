"""LHE and LKE as files: who may have them, what stands in them, and formulas that agree with the engine."""

import shutil
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest
from tests.actions.evaluating import CODE, answer_all, closed, letters_only, opened, people
from tests.documents.workbook.test_workbook_office import forget_results, resave
from tests.store.example import YEAR, records
from tests.store.filling import fill

from selaras.actions import evaluations as verbs
from selaras.actions.evaluation_documents import compose_letter, compose_many, write_sheet
from selaras.actions.evaluation_papers import write_letter, write_note
from selaras.actions.recommendations import give
from selaras.core.document import Table
from selaras.core.errors import NotAllowed, Refusal
from selaras.core.evaluation.scoring import score
from selaras.core.evaluation.stages import Column
from selaras.core.reporting.evaluation_letter import compose
from selaras.documents.lke.read import read_answers
from selaras.rulebook.lke import templates
from selaras.store.evaluation_letters import letter_of
from selaras.store.evaluations import sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    fill(records())
    return people()


@pytest.fixture
def half(who):
    """An evaluation in which the unit has answered something else everywhere."""
    row = opened(who)
    answer_all(who["unit"], row, Column.SELF, "C", only={"1.a", "1.b", "2.c"})
    answer_all(who["unit"], row, Column.SELF, "D", only={"2.a", "3.b"})
    return row


def words(document):
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += [cell.text for row in block.body for cell in row.cells]
        elif hasattr(block, "spans"):
            found.append("".join(span.text for span in block.spans))
        elif hasattr(block, "items"):
            found += ["".join(span.text for span in line) for line in block.items]
        elif hasattr(block, "text"):
            found.append(block.text)
    return found


def test_the_letter_tells_score_predicate_notes_and_recommendations_by_component(who):
    row = closed(who)
    write_note(who["ketua"], agency=CODE, evaluation=row.pk, component="1", text="Pohon kinerja belum ada.")
    write_letter(
        who["ketua"], agency=CODE, evaluation=row.pk,
        fields={"number": "700/1/2025", "date": "30 Juni 2025", "recipient": "Kepala Dinas Contoh", "place": "Misal"},
    )  # fmt: skip
    give(who["ketua"], agency=CODE, year=YEAR, component="2", text="Ukur kinerja setiap triwulan.", evaluation=row.pk)
    row.refresh_from_db()
    told = words(compose(letter_of(row)))
    assert "Pohon kinerja belum ada." in told
    assert "Ukur kinerja setiap triwulan." in told
    assert any("memperoleh nilai 0,00 dari 100 dengan predikat D" in line for line in told)
    assert "Misal, 30 Juni 2025" in told
    assert not any("Konsep" in line for line in told)


def test_an_unfinished_letter_says_so_and_is_for_evaluators_only(who, half, tmp_path):
    told = words(compose(letter_of(half)))
    assert any(line.startswith("Konsep") for line in told)
    assert any("Belum dijawab dan dihitung 0" in line for line in told)
    with pytest.raises(NotAllowed, match="sesudah hasil evaluasi ditetapkan"):
        compose_letter(who["unit"], agency=CODE, evaluation=half.pk, formats=["html"], output=tmp_path)
    made = compose_letter(
        who["ketua"], agency=CODE, evaluation=half.pk, formats=["html", "docx", "xlsx"], output=tmp_path
    )
    assert [path.name for path in made] == [f"lhe-{YEAR}-DINAS-X-draf.{name}" for name in ("html", "docx", "xlsx")]
    assert all(path.stat().st_size for path in made)


def test_last_years_score_stands_beside(who):
    closed(who)
    row = verbs.open_evaluation(who["ketua"], agency=CODE, year=YEAR + 1)
    letter = letter_of(row)
    assert letter.last is not None
    assert (letter.last.total, letter.last.predicate) == (Decimal(0), "D")
    assert set(letter.last.components) == {"1", "2", "3", "4"}


@pytest.mark.slow
def test_many_letters_come_in_one_archive(who, tmp_path):
    closed(who, "SEK")
    closed(who)
    path = compose_many(who["unit"], agency=CODE, year=YEAR, sheets=True, output=tmp_path)
    with ZipFile(path) as archive:
        assert sorted(archive.namelist()) == [f"daftar-lhe-{YEAR}.xlsx"] + [
            f"{kind}-{YEAR}-{unit}.{suffix}"
            for kind, suffix in (("lhe", "pdf"), ("lke", "xlsx"))
            for unit in ("DINAS-X", "SEK")
        ]
        assert archive.read(f"lhe-{YEAR}-SEK.pdf").startswith(b"%PDF")
    with pytest.raises(Refusal):
        compose_many(who["unit"], agency=CODE, year=YEAR + 1, output=tmp_path)


def test_the_sheet_holds_the_columns_that_a_person_may_read(who, half, tmp_path):
    letters_only(who["unit"], half, Column.SELF, only={"1.c", "2.b", "3.a", "3.c", "4.a", "4.b", "4.c"})
    verbs.submit(who["unit"], agency=CODE, evaluation=half.pk)
    letters_only(who["anggota"], half, Column.EVALUATOR, only={"1.a"})
    heads = {}
    for name in ("unit", "anggota"):
        path = write_sheet(who[name], agency=CODE, evaluation=half.pk, output=tmp_path / name)
        heads[name] = [title for title, _ in read_answers(path, templates()).columns]
    assert heads == {"unit": ["Penilaian mandiri"], "anggota": ["Penilaian mandiri", "Evaluator"]}


def test_the_answers_are_read_back_as_they_were(who, half, tmp_path):
    path = write_sheet(who["unit"], agency=CODE, evaluation=half.pk, output=tmp_path)
    read = read_answers(path, templates())
    assert dict(read.columns)["Penilaian mandiri"] == sheet_of(half).given(Column.SELF)


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.slow
def test_an_office_calculates_what_the_engine_calculates(who, half, tmp_path):
    path = write_sheet(who["unit"], agency=CODE, evaluation=half.pk, output=tmp_path)
    bare = tmp_path / "polos.xlsx"
    forget_results(path, bare)
    book = openpyxl.load_workbook(resave(bare, tmp_path), data_only=True)
    result = score(templates()["permenpan-rb-88-2021"], sheet_of(half).given(Column.SELF))
    rows = {str(row[0]): row for row in book["LKE"].iter_rows(values_only=True) if row[0]}
    for component in result.components:
        assert Decimal(repr(rows[component.component.code][5])) == component.points
        for part in component.parts:
            assert Decimal(repr(rows[part.part.code][5])) == part.points
    last = [row for row in book["LKE"].iter_rows(values_only=True) if row[1] in {"Nilai evaluasi AKIP", "Predikat"}]
    assert Decimal(repr(last[0][5])) == result.total
    assert last[1][5] == result.predicate.letter
