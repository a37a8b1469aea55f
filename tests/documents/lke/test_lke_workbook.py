"""The LKE as a workbook: every instrument, any answers; an office calculates what the engine calculates."""

import random
import shutil
from decimal import Decimal

import openpyxl
import pytest
from tests.documents.workbook.test_workbook_office import forget_results, resave

from selaras.core.errors import CannotRun, Refusal
from selaras.core.evaluation.scoring import Answers, Met, score
from selaras.core.evaluation.sheet import grid
from selaras.core.evaluation.template import Mode
from selaras.documents.lke.read import read_answers
from selaras.documents.lke.write import sheet_bytes
from selaras.rulebook.lke import templates

INSTRUMENTS = sorted(templates())
TITLES = ("Penilaian mandiri", "Evaluator", "Keputusan akhir")


def answers(template, seed):
    dice = random.Random(seed)
    if template.mode is Mode.POINTS:
        return Answers(points={s.code: s.weight * dice.randint(0, 100) / 100 for s in template.subcomponents})
    if template.mode is Mode.CRITERIA:
        return Answers(criteria={c.code: dice.choice(template.scale_of(c).letters) for c in template.criteria})
    return Answers(
        letters={s.code: dice.choice(template.scale_of(s).letters) for s in template.subcomponents},
        criteria={c.code: dice.choice(list(Met)).value for c in template.criteria},
    )


def written(path, code, columns):
    template = templates()[code]
    info = [("Instansi", "Dinas Contoh"), ("Tahun kinerja", "2024")]
    path.write_bytes(sheet_bytes(grid(template, columns), template, info, year=2024))
    return path


@pytest.mark.parametrize("code", INSTRUMENTS)
def test_what_is_written_is_read_back(tmp_path, code):
    columns = [(title, answers(templates()[code], seed)) for seed, title in enumerate(TITLES)]
    read = read_answers(written(tmp_path / "a.xlsx", code, columns), templates())
    assert read.template.code == code
    for (title, given), (other, found) in zip(columns, read.columns, strict=True):
        assert title == other
        assert score(read.template, found).exact == score(read.template, given).exact
        assert found.criteria == given.criteria


def test_the_same_sheet_gives_the_same_bytes(tmp_path):
    columns = [("Penilaian mandiri", answers(templates()[INSTRUMENTS[0]], 1))]
    one = written(tmp_path / "a.xlsx", INSTRUMENTS[0], columns).read_bytes()
    assert one == written(tmp_path / "b.xlsx", INSTRUMENTS[0], columns).read_bytes()


def test_other_files_are_refused_with_what_was_expected(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"bukan")
    with pytest.raises(CannotRun):
        read_answers(tmp_path / "x.xlsx", templates())
    book = openpyxl.Workbook()
    book.save(tmp_path / "kosong.xlsx")
    with pytest.raises(Refusal, match="Instrumen"):
        read_answers(tmp_path / "kosong.xlsx", templates())
    with pytest.raises(Refusal, match="tidak dikenali"):
        read_answers(tmp_path / "kosong.xlsx", templates(), templates()["permenpan-rb-88-2021"])


def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path):
    from selaras.core.evaluation.listings import Listing

    template = templates()["permenpan-rb-88-2021"]
    listing = Listing("Alasan", ("Kode", "Alasan"), (("1.a", "=1+1"),))
    content = sheet_bytes(grid(template, [("A", Answers())]), template, [("Unit", "=2+2")], [listing], year=2024)
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    book = openpyxl.load_workbook(path)
    assert (book["Alasan"]["B2"].value, book["Alasan"]["B2"].data_type) == ("=1+1", "s")
    assert (book["LKE"]["C2"].value, book["LKE"]["C2"].data_type) == ("=2+2", "s")


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("code", INSTRUMENTS)
def test_an_office_agrees_with_the_engine_to_the_last_digit(tmp_path, code):
    template = templates()[code]
    columns = [(title, answers(template, 7 + seed)) for seed, title in enumerate(TITLES)]
    forget_results(written(tmp_path / "asli.xlsx", code, columns), tmp_path / "polos.xlsx")
    page = openpyxl.load_workbook(resave(tmp_path / "polos.xlsx", tmp_path), data_only=True)["LKE"]
    rows = list(page.iter_rows(values_only=True))
    by_code = {str(row[0]): row for row in rows if row[0]}
    for at, (_, given) in enumerate(columns):
        result, column = score(template, given), 5 + 3 * at
        for component in result.components:
            assert same(by_code[component.component.code][column], component.points)
            for part in component.parts:
                assert same(by_code[part.part.code][column], part.points)
        total, letter = (row[column] for row in rows if row[1] in {"Nilai evaluasi AKIP", "Predikat"})
        assert Decimal(repr(total)) == result.total
        assert letter == result.predicate.letter


def same(shown, exact):
    """Equal to the last digit that a spreadsheet keeps."""
    return abs(Decimal(repr(shown)) - exact) <= abs(exact) * Decimal("1e-14")
