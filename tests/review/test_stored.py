"""A report held against the database: what is stored is found in the report, and every change of a figure is told."""

from dataclasses import replace

import pytest

from selaras.core.document import Table, text
from selaras.core.finding import Severity
from selaras.core.reporting import compose
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.stored import What, stored
from selaras.core.value import percent
from selaras.documents.read import DEFAULT
from selaras.documents.read.forms import read_form
from selaras.documents.write import write
from selaras.review.claims import understand
from selaras.review.engine import review
from selaras.review.rules.db01_stored_figures import CODE, against, check


def report_of(document, folder):
    path = folder / "laporan.html"
    write(document, "html", path)
    return understand(read_form(path, DEFAULT))


@pytest.fixture(scope="module")
def known(biro, law):
    return stored(Figures(biro, law))


@pytest.mark.parametrize("kind", ["lkjip", "pk"])
def test_the_own_report_agrees_with_what_is_stored(snapshot, law, tmp_path, kind):
    report = report_of(compose(snapshot, law, kind=kind), tmp_path)
    assert list(against(report, stored(Figures(snapshot, law)))) == []


def test_a_quarterly_report_is_not_held_against_the_whole_year(biro, law, known, tmp_path):
    from selaras.core.period import Period, Span

    report = report_of(compose(biro, law, kind="triwulan", period=Period(2024, Span.QUARTER, 2)), tmp_path)
    assert [item.message for item in against(report, known) if "realisasi" in item.message.casefold()] == []


def changed(biro, code, **more):
    return replace(
        biro,
        realisations=tuple(
            replace(item, **more) if (item.indicator, item.period.year) == (code, 2024) else item
            for item in biro.realisations
        ),
    )


def test_a_realisation_that_is_stored_otherwise_is_told_with_place_and_record(biro, law, known, tmp_path):
    document = compose(changed(biro, "IKU-2", value=percent(65), numerator=None, denominator=None), law, kind="lkjip")
    found = [item for item in against(report_of(document, tmp_path), known) if "Realisasi" in item.message]
    assert len(found) == 1
    assert (found[0].code, found[0].kind, found[0].severity) == (CODE, "cross-table", Severity.ERROR)
    assert found[0].places[0].source == "laporan.html"
    assert found[0].places[-1].record == "realisasi IKU-2 tahun 2024"
    assert "basis data mencatat" in found[0].message


def cell_changed(document, key, right, wrong):
    """The document with another amount in the first cell of a table that prints `right`."""
    blocks, done = [], False
    for block in document.blocks:
        if isinstance(block, Table) and block.key == key and not done:
            rows = []
            for row in block.body:
                cells = []
                for cell in row.cells:
                    hit = not done and cell.text == right
                    done = done or hit
                    cells.append(replace(cell, spans=text(wrong), amount=None, derive=None) if hit else cell)
                rows.append(replace(row, cells=tuple(cells)))
            block = replace(block, body=tuple(rows))
        blocks.append(block)
    assert done
    return replace(document, blocks=tuple(blocks), attachment="")


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [("138.731.339", "183.731.339", "Realisasi anggaran"), ("2.048.907.450", "2.084.907.450", "nggaran")],
)
def test_an_amount_that_is_stored_otherwise_is_the_cause_of_what_follows(
    biro, law, known, tmp_path, right, wrong, word
):
    report = report_of(cell_changed(compose(biro, law, kind="lkjip"), "anggaran", right, wrong), tmp_path)
    found = [item for item in review(report, law, stored=known) if item.code == CODE]
    assert len(found) == 1
    assert word in found[0].message
    assert found[0].stated == f"Rp{wrong}"
    assert found[0].expected.startswith(f"Rp{right}")
    assert {item.code[:2] for item in found[0].consequences} & {"SU", "AR"}


def test_an_indicator_that_the_report_lacks_is_asked_for(biro, law, known, tmp_path):
    fewer = replace(
        biro,
        indicators=tuple(item for item in biro.indicators if item.code != "IKU-2"),
        agreement_lines=tuple(item for item in biro.agreement_lines if item.indicator != "IKU-2"),
        head_goals=tuple(item for item in biro.head_goals if item.indicator != "IKU-2"),
    )
    found = list(against(report_of(compose(fewer, law, kind="lkjip"), tmp_path), known))
    assert [item.kind for item in found if item.places[0].record == "indikator IKU-2"] == ["indicator-mismatch"]


def test_another_year_is_not_compared(biro, law, known, tmp_path):
    report = report_of(compose(biro, law, kind="pk"), tmp_path)
    assert list(against(report, replace(known, year=2019))) == []


def test_without_a_database_the_rule_says_nothing(biro, law, tmp_path):
    assert list(check(report_of(compose(biro, law, kind="pk"), tmp_path), law)) == []


def test_every_sort_of_figure_is_stored(known):
    assert {figure.what for figure in known.figures} == set(What)
    assert all(figure.values and figure.record for figure in known.figures)
