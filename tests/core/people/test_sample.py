"""The sample bureau: its head's SKP drawn from the PK, held against it, and the reform index that is not its own."""

from datetime import date
from pathlib import Path

import pytest

from selaras.core.people.alignment import AlignCode, align, findings
from selaras.core.people.checks import SkpCode, check_plan
from selaras.core.people.drawing import draw_head, draw_standard
from selaras.core.people.skp import Method, Section, SkpForm, SkpPlan, head_goals, rows_of
from selaras.core.reform.attribution import attribute
from selaras.core.reform.index import index
from selaras.documents.workbook import read_snapshot
from selaras.rulebook.people import load_people
from selaras.rulebook.rb import load_rb

DAY = date(2024, 12, 31)
RULES = load_people(DAY)


@pytest.fixture(scope="module")
def sample():
    return read_snapshot(Path(__file__).parents[3] / "examples" / "biro-organisasi-2024.xlsx", 2024)


def plan_of(sample, method=Method.QUALITATIVE):
    [agreement] = sample.agreements
    return SkpPlan(
        "SKP-KABIRO", 2024, agreement.promiser, SkpForm.HEAD, method, date(2024, 1, 2), DAY,
        assessor=agreement.superior, agreement=agreement.code,
    )  # fmt: skip


def drawn(sample):
    plan = plan_of(sample)
    rows = draw_head(plan, sample.agreement_lines, RULES.skp, indicators=sample.indicators)
    standard = [draw_standard(plan, row, order) for order, row in enumerate(RULES.skp.standard_rows, len(rows) + 1)]
    return plan, (*rows, *standard)


def test_the_rows_drawn_are_those_of_the_printed_skp(sample):
    plan, rows = drawn(sample)
    assert [(row.target_text(), row.perspective) for row in rows] == [
        ("87%", "Penerima Layanan"), ("60%", "Penerima Layanan"), ("100%", "Proses Bisnis"), ("100%", "Proses Bisnis"),
    ]  # fmt: skip
    assert {row.section for row in rows} == {Section.MAIN}
    assert [goal.indicator for goal in head_goals(plan, rows)] == [goal.indicator for goal in sample.head_goals]
    assert [goal.target for goal in head_goals(plan, rows)] == [goal.target for goal in sample.head_goals]


def test_its_qualitative_heading_over_quantitative_columns_is_warned(sample):
    plan, rows = drawn(sample)
    found = check_plan(plan, rows, RULES.skp, indicators=sample.indicators)
    assert [finding.code for finding in found if finding.severity != "info"] == [SkpCode.METHOD]


def test_the_workbooks_goals_are_in_line_with_the_pk(sample):
    plan = plan_of(sample)
    sasaran = {line.indicator: line.sasaran for line in sample.agreement_lines}
    rows = rows_of(plan, sample.head_goals, sasaran)
    table = align(
        agreements=sample.agreements, lines=sample.agreement_lines, plans=[plan], rows=rows, targets=sample.targets,
        agency=sample.agency,
    )  # fmt: skip
    assert [(line.line is not None, line.row is not None) for line in table] == [(True, True)] * 2 + [(False, True)] * 2
    codes = [finding.code for finding in findings(table)]
    assert codes.count(AlignCode.CARRIED) == 2  # nobody below has an SKP yet
    assert set(codes) <= {AlignCode.CARRIED, AlignCode.RENSTRA}
    assert AlignCode.RENSTRA in codes  # the PK promises 60%, the Renstra 56%


def test_the_provinces_index_is_reproduced_and_not_given_to_the_bureau(sample):
    [score] = sample.reform_scores
    assert index(score, load_rb(DAY).scheme_for(2024, sample.agency.kind)).index.shown() == "93,46"
    assert attribute(score, sample.agency).own is False
