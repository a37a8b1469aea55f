"""The reviewers' desk: reports given out, answers of the unit, time, the statement as a blank, register and faults."""

from datetime import date

import pytest
from tests.actions.test_reviews import BIRO, PLANNER, REVIEWER, SECOND, case, errors, inside, samples  # noqa: F401

from selaras.actions import review_desk as desk
from selaras.actions import reviews
from selaras.core.access import Role, acting
from selaras.core.document import Paragraph, Signatures
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.reporting.working_paper import BLANK, statement_sheet
from selaras.rulebook import load
from selaras.store import models as tables
from selaras.store.models.work import EditionState, Judgement
from selaras.store.reviews import common_faults, register, replies_of

WRITER = acting("Penyusun Contoh", {Role.REPORTER}, [BIRO])


@pytest.fixture
def reviewer(inside):  # noqa: F811
    user = tables.User.objects.create(username="pereviu", name="Pereviu Contoh")
    tables.RoleGrant.objects.create(user=user, role=Role.REVIEWER.value, agency=tables.Agency.objects.get(code=BIRO))
    return user


@pytest.fixture
def returned(case):  # noqa: F811
    edition = tables.ReportEdition.objects.create(
        agency=case.agency, year=2024, kind="lkjip", span="tahun", state=EditionState.IN_REVIEW.value
    )
    tables.ReviewCase.objects.filter(pk=case.pk).update(edition=edition)
    reviews.judge(REVIEWER, agency=BIRO, case=case.pk, fingerprints=errors(case)[:1], judgement=Judgement.ACCEPTED)
    return reviews.return_report(REVIEWER, agency=BIRO, case=case.pk, note="Perbaiki.")


def test_a_report_is_given_to_a_reviewer_until_a_day(case, reviewer):  # noqa: F811
    row = desk.assign(SECOND, agency=BIRO, case=case.pk, login="pereviu", due=date(2025, 3, 1))
    assert (row.assigned, row.due) == (reviewer, date(2025, 3, 1))
    assert tables.Notice.objects.filter(user=reviewer, text__contains="1 Maret 2025").exists()
    tables.User.objects.create(username="lain", name="Contoh Lain")
    with pytest.raises(Refusal, match="tidak berperan sebagai pereviu"):
        desk.assign(SECOND, agency=BIRO, case=case.pk, login="lain")
    with pytest.raises(NotAllowed):
        desk.assign(PLANNER, agency=BIRO, case=case.pk, login="pereviu")
    assert desk.assign(SECOND, agency=BIRO, case=case.pk, login="").assigned is None


def test_the_unit_answers_findings_of_a_returned_report_and_nothing_else(returned, case):  # noqa: F811
    finding = errors(returned)[0]
    made = desk.reply(WRITER, agency=BIRO, case=returned.pk, fingerprint=finding, text="Sudah dibetulkan.")
    assert replies_of(returned)[finding].text == made.text
    with pytest.raises(Conflict):
        desk.reply(WRITER, agency=BIRO, case=returned.pk, fingerprint=finding, text="Lain.", seen="")
    with pytest.raises(Refusal, match="tidak dikenal"):
        desk.reply(WRITER, agency=BIRO, case=returned.pk, fingerprint="x", text="x")
    with pytest.raises(NotAllowed):
        desk.reply(REVIEWER, agency=BIRO, case=returned.pk, fingerprint=finding, text="x")
    assert desk.reply(WRITER, agency=BIRO, case=returned.pk, fingerprint=finding, text=" ") is None


def test_an_open_review_is_not_answered(case):  # noqa: F811
    with pytest.raises(NotFound):
        desk.reply(WRITER, agency=BIRO, case=case.pk, fingerprint=errors(case)[0], text="x")


def test_time_adds_up_and_never_falls_below_zero(case):  # noqa: F811
    desk.add_minutes(REVIEWER, agency=BIRO, case=case.pk, minutes=90)
    assert desk.add_minutes(REVIEWER, agency=BIRO, case=case.pk, minutes=-30).minutes == 60
    for minutes in (0, -61, 1441):
        with pytest.raises(Refusal, match="tidak dicatat"):
            desk.add_minutes(REVIEWER, agency=BIRO, case=case.pk, minutes=minutes)


def test_the_statement_is_prepared_signed_once_and_its_conclusion_stays_blank(case):  # noqa: F811
    fields = {"number": "700/12", "date": "3 Maret 2025", "place": "Misal", "signatory_name": "Contoh Inspektur"}
    row = desk.write_statement(REVIEWER, agency=BIRO, case=case.pk, fields=fields)
    assert row.statement["date"] == "2025-03-03"
    with pytest.raises(Refusal, match="tidak disimpan"):
        desk.write_statement(REVIEWER, agency=BIRO, case=case.pk, fields={"conclusion": "Tidak ada."})
    with pytest.raises(Refusal, match="sesudah reviu selesai"):
        desk.sign_statement(REVIEWER, agency=BIRO, case=case.pk)
    reviews.judge(REVIEWER, agency=BIRO, case=case.pk, fingerprints=errors(case), judgement=Judgement.ACCEPTED)
    reviews.finish_review(REVIEWER, agency=BIRO, case=case.pk)
    assert desk.sign_statement(REVIEWER, agency=BIRO, case=case.pk).signed_by == REVIEWER.name
    with pytest.raises(Refusal, match="sudah ditandatangani"):
        desk.write_statement(REVIEWER, agency=BIRO, case=case.pk, fields=fields)
    paper = statement_sheet("Biro Contoh", 2024, load(date(2024, 12, 31)), row.statement)
    lines = [block.spans[0].text for block in paper.blocks if isinstance(block, Paragraph)]
    assert lines.count(BLANK) == 2
    signed = next(block for block in paper.blocks if isinstance(block, Signatures))
    assert (signed.place_date, signed.signatories[0].name) == ("Misal, 3 Maret 2025", "Contoh Inspektur")


def test_register_and_common_faults_take_one_query_each(returned, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = register(REVIEWER, BIRO)
    assert (found[0].state, found[0].accepted, found[0].findings) == (
        "dikembalikan",
        1,
        len(returned.result["findings"]),
    )
    with django_assert_num_queries(1):
        faults = common_faults(REVIEWER, BIRO, returned.year)
    assert sum(item.findings for item in faults) == len(returned.result["findings"])
    assert register(WRITER, BIRO)[0].pk == returned.pk
