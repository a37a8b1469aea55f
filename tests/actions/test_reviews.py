"""Reviews: read outside the request, judged, answered, closed; and never by those who wrote the report."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone
from tests.web.conftest import BIRO, KPU, ROOT, samples  # noqa: F401

from selaras.actions import reviews
from selaras.actions.evidence import Upload
from selaras.core.access import Role, acting, operator
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.models.work import EditionState, Judgement, ReviewState
from selaras.store.reviews import STALE

REPORT = ROOT / "tests" / "web" / "review" / "laporan.html"
REVIEWER = acting("Pereviu Contoh", {Role.REVIEWER}, [BIRO])
SECOND = acting("Pereviu Kedua", {Role.REVIEWER}, [BIRO])
PLANNER = acting("Perencana Contoh", {Role.PLANNER}, [BIRO])


@pytest.fixture
def inside(samples, db, settings, tmp_path):  # noqa: F811
    settings.DATA = tmp_path


@pytest.fixture
def case(inside):
    row = reviews.open_review(REVIEWER, agency=BIRO, report=Upload(REPORT, "LKj Contoh.html"))
    return finished(row)


def finished(row, by=REVIEWER):
    row.refresh_from_db()
    reviews.read_case(by, agency=row.agency.code, case=row.pk, ticket=row.result["ticket"])
    row.refresh_from_db()
    return row


def errors(row):
    return [
        kept["fingerprint"]
        for kept, shown in zip(row.result["kept"], row.result["findings"], strict=True)
        if shown["severity"] == "error"
    ]


def test_a_report_is_read_and_its_findings_are_kept(case):
    assert case.state == ReviewState.OPEN.value
    assert case.title == "LKj Contoh"
    assert case.result["counts"]["error"] >= 1
    assert len({item["fingerprint"] for item in case.result["kept"]}) == len(case.result["findings"])


def test_reading_again_gives_the_same_fingerprints(case):
    again = finished(reviews.open_review(REVIEWER, agency=BIRO, report=Upload(REPORT, "nama lain.html")))
    assert [item["fingerprint"] for item in again.result["kept"]] == [
        item["fingerprint"] for item in case.result["kept"]
    ]


def test_a_report_that_cannot_be_read_says_why(inside, tmp_path):
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(b"%PDF-1.7\nini bukan pdf")
    row = finished(reviews.open_review(REVIEWER, agency=BIRO, report=Upload(broken, "rusak.pdf")))
    assert row.state == ReviewState.FAILED.value
    assert "rusak.pdf" in row.error


@pytest.mark.parametrize(("name", "content"), [("gambar.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 99), ("kosong.txt", b"")])
def test_a_file_that_nobody_reads_is_not_taken_in(inside, tmp_path, name, content):
    path = tmp_path / "berkas"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        reviews.open_review(REVIEWER, agency=BIRO, report=Upload(path, name))
    assert name in str(refused.value)
    assert not tables.ReviewCase.objects.exists()
    assert tables.AuditRecord.objects.last().details["refused"]


def test_a_dangerous_name_stays_inside_the_store(inside, settings):
    row = reviews.open_review(REVIEWER, agency=BIRO, report=Upload(REPORT, "../../etc/pass\0wd\n.txt"))
    assert ".." not in row.file
    assert (Path(settings.DATA) / "reviews" / BIRO / row.file).is_file()


def test_only_reviewers_take_in_a_report(inside):
    with pytest.raises(NotAllowed):
        reviews.open_review(PLANNER, agency=BIRO, report=Upload(REPORT, "a.txt"))
    with pytest.raises(NotFound):
        reviews.open_review(acting("Asing", {Role.REVIEWER}, [KPU]), agency=BIRO, report=Upload(REPORT, "a.txt"))


def test_an_old_ticket_changes_nothing(case):
    tables.ReviewCase.objects.filter(pk=case.pk).update(state=ReviewState.READING.value)
    reviews.read_case(REVIEWER, agency=BIRO, case=case.pk, ticket="lain")
    case.refresh_from_db()
    assert case.state == ReviewState.READING.value


def test_a_reading_that_never_ended_can_be_started_again(case):
    case.state = ReviewState.READING.value
    case.save()
    with pytest.raises(Refusal, match="sedang dibaca"):
        reviews.begin_reading(REVIEWER, agency=BIRO, case=case.pk)
    case.result["started"] = (timezone.now() - STALE).isoformat()
    case.save()
    row = reviews.begin_reading(REVIEWER, agency=BIRO, case=case.pk)
    assert finished(row).state == ReviewState.OPEN.value


def test_a_finding_is_accepted_or_put_aside_with_a_reason(case):
    first, *_ = errors(case)
    with pytest.raises(Refusal, match="Alasan"):
        reviews.judge(REVIEWER, agency=BIRO, case=case.pk, fingerprints=[first], judgement=Judgement.WAIVED)
    reviews.judge(
        REVIEWER,
        agency=BIRO,
        case=case.pk,
        fingerprints=[first],
        judgement=Judgement.WAIVED,
        reason="Sudah dijelaskan.",
    )
    decision = case.decisions.get()
    assert (decision.judgement, decision.reason, decision.by) == (
        "dikesampingkan",
        "Sudah dijelaskan.",
        "Pereviu Contoh",
    )
    reviews.judge(REVIEWER, agency=BIRO, case=case.pk, fingerprints=[first], judgement=None)
    assert not case.decisions.exists()
    changes = tables.FieldChange.objects.filter(kind="ReviewDecision")
    assert [change.after for change in changes.order_by("pk")] == ["dikesampingkan", ""]


def test_the_second_of_two_reviewers_is_told(case):
    first, *_ = errors(case)
    reviews.judge(
        REVIEWER, agency=BIRO, case=case.pk, fingerprints=[first], judgement=Judgement.ACCEPTED, seen={first: ""}
    )
    with pytest.raises(Conflict) as clash:
        reviews.judge(
            SECOND,
            agency=BIRO,
            case=case.pk,
            fingerprints=[first],
            judgement=Judgement.WAIVED,
            reason="x",
            seen={first: ""},
        )
    assert clash.value.by == "Pereviu Contoh"
    assert case.decisions.get().judgement == Judgement.ACCEPTED.value


def test_an_unknown_finding_is_refused(case):
    with pytest.raises(Refusal):
        reviews.judge(REVIEWER, agency=BIRO, case=case.pk, fingerprints=["0" * 32], judgement=Judgement.ACCEPTED)


def test_a_point_is_answered_and_a_conflict_is_told(case):
    reviews.answer_point(
        REVIEWER, agency=BIRO, case=case.pk, point="I.1", answer="tidak", note="Nama instansi keliru.", seen=("", "")
    )
    with pytest.raises(Conflict):
        reviews.answer_point(SECOND, agency=BIRO, case=case.pk, point="I.1", answer="ya", seen=("", ""))
    assert case.checks.get().answer == "tidak"
    with pytest.raises(NotFound):
        reviews.answer_point(REVIEWER, agency=BIRO, case=case.pk, point="X.9", answer="ya")
    with pytest.raises(Refusal):
        reviews.answer_point(REVIEWER, agency=BIRO, case=case.pk, point="I.2", answer="mungkin")


def test_a_review_is_not_finished_while_errors_wait(case):
    with pytest.raises(Refusal, match="belum diputus"):
        reviews.finish_review(REVIEWER, agency=BIRO, case=case.pk)
    reviews.judge(REVIEWER, agency=BIRO, case=case.pk, fingerprints=errors(case), judgement=Judgement.ACCEPTED)
    assert reviews.finish_review(REVIEWER, agency=BIRO, case=case.pk).state == ReviewState.DONE.value
    with pytest.raises(Refusal, match="ditutup"):
        reviews.judge(REVIEWER, agency=BIRO, case=case.pk, fingerprints=errors(case), judgement=None)
    reviews.reopen_review(REVIEWER, agency=BIRO, case=case.pk, reason="Ada dokumen baru.")
    case.refresh_from_db()
    assert (case.state, case.closed_by) == (ReviewState.OPEN.value, "")


def edition_case(settings, by="Penyusun Contoh"):
    agency = tables.Agency.objects.get(code=BIRO)
    edition = tables.ReportEdition.objects.create(
        agency=agency, year=2024, kind="lkjip", span="tahun", state=EditionState.IN_REVIEW.value, frozen_by=by
    )
    folder = Path(settings.DATA) / "editions" / BIRO
    folder.mkdir(parents=True)
    from selaras.actions._files import sha256_of

    sha256 = sha256_of(REPORT)
    shutil.copyfile(REPORT, folder / f"{sha256}.html")
    row = tables.ReviewCase.objects.create(
        agency=agency, edition=edition, title="Laporan kinerja 2024", year=2024, file="lkjip-2024.html", sha256=sha256,
        state=ReviewState.READING.value, opened_by=by,
    )  # fmt: skip
    return edition, row


def test_an_edition_is_taken_up_returned_and_its_writers_are_told(inside, settings):
    edition, row = edition_case(settings)
    reporter = tables.User.objects.create_user("penyusun", name="Penyusun Contoh")
    tables.RoleGrant.objects.create(user=reporter, role=Role.REPORTER.value, agency=edition.agency)
    row = finished(reviews.begin_reading(REVIEWER, agency=BIRO, case=row.pk))
    assert row.state == ReviewState.OPEN.value
    reviews.return_report(REVIEWER, agency=BIRO, case=row.pk, note="Perbaiki Tabel 1.")
    edition.refresh_from_db()
    assert (edition.state, edition.note) == (EditionState.RETURNED.value, "Perbaiki Tabel 1.")
    assert "Perbaiki Tabel 1." in tables.Notice.objects.get(user=reporter).text
    with pytest.raises(Refusal):
        reviews.reopen_review(REVIEWER, agency=BIRO, case=row.pk, reason="Keliru.")


@pytest.mark.parametrize("did", ["froze", "chapter", "narrative"])
def test_nobody_reviews_a_report_that_they_wrote(inside, settings, did):
    who = acting("Pereviu Contoh", {Role.REVIEWER}, [BIRO])
    edition, row = edition_case(settings, by=who.name if did == "froze" else "Orang Lain")
    if did == "chapter":
        user = tables.User.objects.create_user("pereviu", name=who.name)
        tables.ChapterTask.objects.create(agency=edition.agency, year=2024, section="ikhtisar", owner=user)
        from dataclasses import replace

        who = replace(who, login="pereviu")
    if did == "narrative":
        tables.FieldChange.objects.create(
            act="0" * 32,
            at=timezone.now(),
            actor=who.name,
            agency=BIRO,
            kind="Narrative",
            key="2024 ikhtisar 1",
            field="x",
        )
    with pytest.raises(NotAllowed, match="orang lain"):
        reviews.begin_reading(who, agency=BIRO, case=row.pk)
    assert "orang lain" in tables.AuditRecord.objects.last().details["refused"]


def test_a_case_that_came_in_by_mistake_is_removed_with_a_reason(case):
    with pytest.raises(Refusal):
        reviews.discard_review(REVIEWER, agency=BIRO, case=case.pk, reason=" ")
    reviews.discard_review(REVIEWER, agency=BIRO, case=case.pk, reason="Salah berkas.")
    assert not tables.ReviewCase.objects.exists()


def test_a_scanner_that_finds_something_stops_the_file(inside, settings):
    settings.SCAN_COMMAND = "false"
    with pytest.raises(Refusal):
        reviews.open_review(REVIEWER, agency=BIRO, report=Upload(REPORT, "a.txt"))


def test_reading_starts_once_the_transaction_stands(inside, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        reviews.open_review(operator("Operator"), agency=BIRO, report=Upload(REPORT, "a.txt"))
    assert len(waiting) == 1
