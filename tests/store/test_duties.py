"""Open work out of the database: values that are missing, agreements and reports on their way, one board per state."""

from datetime import date

import pytest
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import fill

from selaras.core.agreements import Agreement, RevisionReason
from selaras.core.duties import Work
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.period import Period, Span, quarter
from selaras.core.planning import PlanDocument, Target
from selaras.core.value import percent
from selaras.store import duties
from selaras.store import models as tables
from selaras.store.duties import board_of, gates_of
from selaras.store.models.work import AgreementState, ChapterState, EditionState, ReadingState, ReviewState

pytestmark = pytest.mark.django_db
OVER = date(YEAR + 1, 2, 1)


@pytest.fixture(autouse=True)
def forget():
    """Rows that tests write leave no audit record by which a board would be known as old."""
    duties._boards.clear()
    duties._gates.clear()


def items(work, today=OVER, **kinds):
    given = records()
    for record, listed in kinds.items():
        given[next(kind for kind in given if kind.__name__ == record)] = listed
    fill(given)
    return look(work, today)


def look(work, today=OVER):
    duties._boards.clear()
    return [item for item in board_of(AGENCY.code, YEAR, today).items if item.work is work]


def plan(*spans):
    return [Target("IKU-1", Period(YEAR, span, index), PlanDocument.ACTION_PLAN, percent(50)) for span, index in spans]


QUARTERS = [(Span.QUARTER, index) for index in range(1, 5)]


def test_ended_periods_with_a_target_and_no_value_are_missing():
    found = items(Work.MEASURE, date(YEAR, 7, 1), Target=plan(*QUARTERS), Realisation=[])
    assert [(item.key, item.group) for item in found] == [
        ("IKU-1", f"Triwulan I Tahun {YEAR}"), ("IKU-1", f"Triwulan II Tahun {YEAR}"),
    ]  # fmt: skip
    assert {item.unit for item in found} == {"DINAS"}
    assert {item.position for item in found} == {"KADIS"}


def test_a_value_of_the_period_or_of_the_whole_year_fills_the_gap():
    one = Realisation("IKU-1", quarter(YEAR, 1), percent(40))
    assert [
        item.group for item in items(Work.MEASURE, date(YEAR, 7, 1), Target=plan(*QUARTERS), Realisation=[one])
    ] == [f"Triwulan II Tahun {YEAR}"]
    tables.Realisation.objects.update(span=Span.YEAR.value)
    assert look(Work.MEASURE) == []


def test_a_yearly_target_is_missed_once_after_the_year_whatever_documents_set_it():
    targets = [
        Target("IKU-1", Period(YEAR), document, percent(80)) for document in (PlanDocument.RENSTRA, PlanDocument.RKT)
    ]
    assert items(Work.MEASURE, date(YEAR, 12, 31), Target=targets, Realisation=[]) == []
    assert [item.group for item in look(Work.MEASURE)] == [f"Tahun {YEAR}"]
    tables.Realisation.objects.create(
        agency=tables.Agency.objects.get(), indicator=tables.Indicator.objects.get(code="IKU-1"), year=YEAR,
        span=Span.QUARTER.value, index=4, status=Progress.DRAFT.value,
    )  # fmt: skip
    assert look(Work.MEASURE) == []


def test_submitted_values_wait_with_their_author():
    given = Realisation("IKU-1", quarter(YEAR, 1), percent(40), status=Progress.SUBMITTED, entered_by="Contoh")
    [found] = items(Work.VERIFY, Target=plan(*QUARTERS), Realisation=[given])
    assert (found.key, found.group, found.author, found.unit) == (
        "IKU-1",
        f"Triwulan I Tahun {YEAR}",
        "Contoh",
        "DINAS",
    )


@pytest.mark.parametrize(
    ("state", "work", "position"),
    [
        (AgreementState.DRAFT, Work.DRAFT_AGREEMENT, "KADIS"),
        (AgreementState.RETURNED, Work.DRAFT_AGREEMENT, "KADIS"),
        (AgreementState.PROPOSED, Work.DECIDE_AGREEMENT, "WALI"),
        (AgreementState.AGREED, Work.SIGN_AGREEMENT, "KADIS"),
        (AgreementState.SIGNED_BY_PROMISER, Work.SIGN_AGREEMENT, "WALI"),
        (AgreementState.SIGNED, None, ""),
    ],
)
def test_the_next_step_of_an_agreement_waits_for_the_one_who_takes_it(state, work, position):
    lines = {name: [] for name in ("AgreementLine", "AgreementProgramme", "HeadGoal")}
    items(Work.SIGN_AGREEMENT, Agreement=[Agreement("PK-1", YEAR, "KADIS", "WALI")], **lines)
    tables.AgreementFlow.objects.create(agreement=tables.Agreement.objects.get(), state=state.value)
    found = [item for kind in (Work.DRAFT_AGREEMENT, Work.DECIDE_AGREEMENT, Work.SIGN_AGREEMENT) for item in look(kind)]
    assert [(item.work, item.position) for item in found] == ([(work, position)] if work else [])
    duties._boards.clear()
    counted = board_of(AGENCY.code, YEAR, OVER).agreements
    assert (counted.owed, counted.unsigned, counted.missing) == (1, ("Kepala Dinas",) if work else (), ())


def test_the_agreements_that_the_plan_asks_for_are_counted_and_those_missing_named():
    lines = {name: [] for name in ("Agreement", "AgreementLine", "AgreementProgramme", "HeadGoal")}
    (found,) = items(Work.DRAFT_AGREEMENT, **lines)
    assert (found.key, found.position, found.title, found.unit) == ("", "KADIS", "Kepala Dinas", "DINAS")
    counted = board_of(AGENCY.code, YEAR, OVER).agreements
    assert (counted.owed, counted.unsigned, counted.missing) == (1, (), ("Kepala Dinas",))
    tables.Indicator.objects.update(responsible=None)
    tables.ReportSettings.objects.update(signatory=None)
    assert look(Work.DRAFT_AGREEMENT) == []
    assert board_of(AGENCY.code, YEAR, OVER).agreements.owed == 0


def test_only_the_latest_version_of_an_agreement_counts():
    lines = {name: [] for name in ("AgreementLine", "AgreementProgramme", "HeadGoal")}
    old = Agreement("PK-1", YEAR, "KADIS", "WALI", signed_on=date(YEAR, 1, 10))
    new = Agreement("PK-2", YEAR, "KADIS", "WALI", 1, reason=RevisionReason.PRIORITY)
    assert [item.key for item in items(Work.DRAFT_AGREEMENT, Agreement=[old, new], **lines)] == ["PK-2"]


def test_reports_chapters_reviews_and_readings_wait():
    fill(records())
    agency, person = tables.Agency.objects.get(), tables.User.objects.create_user("penulis", name="Contoh Penulis")
    assert [item.key for item in look(Work.MAKE_REPORT)] == [str(YEAR)]
    tables.ReportEdition.objects.create(
        agency=agency, year=YEAR, kind="lkjip", span="tahun", state=EditionState.FROZEN.value
    )
    tables.ChapterTask.objects.create(
        agency=agency,
        year=YEAR,
        section="penutup",
        owner=person,
        due=date(YEAR + 1, 1, 20),
        state=ChapterState.WRITING.value,
    )
    case = tables.ReviewCase.objects.create(agency=agency, title="LKjIP", state=ReviewState.OPEN.value, sha256="0")
    tables.HistoryReading.objects.create(case=case, year=YEAR - 1, state=ReadingState.WAITING.value)
    tables.HistoryReading.objects.create(case=case, year=YEAR - 2, state=ReadingState.WAITING.value)
    assert look(Work.MAKE_REPORT) == []
    assert [item.title for item in look(Work.APPROVE_REPORT)] == ["lkjip"]
    [chapter] = look(Work.WRITE)
    assert (chapter.key, chapter.login, chapter.due) == ("penutup", "penulis", date(YEAR + 1, 1, 20))
    assert [item.key for item in look(Work.REVIEW)] == [str(case.pk)]
    assert [(item.key, item.note) for item in look(Work.CONFIRM_READING)] == [(str(case.pk), "2")]


def test_a_board_costs_three_queries_and_the_same_again_one(django_assert_num_queries):
    fill(records())
    with django_assert_num_queries(3):
        first = board_of(AGENCY.code, YEAR, OVER)
    with django_assert_num_queries(1):
        assert board_of(AGENCY.code, YEAR, OVER) is first
    with django_assert_num_queries(2):
        found = gates_of(AGENCY.code, YEAR)
    with django_assert_num_queries(1):
        assert gates_of(AGENCY.code, YEAR) is found


def test_only_so_many_boards_are_remembered(monkeypatch):
    fill(records())
    monkeypatch.setattr(duties, "KEPT", 2)
    for month in range(1, 6):
        board_of(AGENCY.code, YEAR, date(YEAR, month, 1))
    assert len(duties._boards) == 2
