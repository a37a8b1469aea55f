"""Figures of old reports: suggested, taken over with their page as evidence, never over what stands."""

from pathlib import Path

import pytest
from tests.web.conftest import BIRO, KPU, ROOT, samples  # noqa: F401

from selaras.actions import history_readings, reviews
from selaras.actions._old_figures import suggested
from selaras.actions.evidence import Upload
from selaras.core.access import Role, acting
from selaras.core.errors import AmbiguousNumber, Conflict, NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.models.work import ReadingState

REPORT = ROOT / "tests" / "web" / "review" / "laporan.html"
REPORTER = acting("Penyusun Contoh", {Role.REPORTER}, [BIRO])
NAME = "Persentase Perangkat Daerah yang Reformasi Birokrasinya Baik"


@pytest.fixture
def inside(samples, db, settings, tmp_path):  # noqa: F811
    settings.DATA = tmp_path


@pytest.fixture
def case(inside):
    row = reviews.open_old_report(REPORTER, agency=BIRO, report=Upload(REPORT, "LKj 2024.html"))
    reviews.read_case(REPORTER, agency=BIRO, case=row.pk, ticket=row.result["ticket"])
    row.refresh_from_db()
    return row


def figure(case, role, year, wording=NAME):
    return case.readings.get(role=role, year=year, wording=wording)


def clear(role, year):
    kind = tables.Realisation if role == "realisasi" else tables.Target
    kind.objects.filter(agency__code=BIRO, indicator__name=NAME, year=year).delete()


def take(reading, **more):
    return history_readings.take_figure(REPORTER, agency=BIRO, reading=reading.pk, **more)


def test_the_figures_of_a_report_wait_with_a_suggested_indicator(case):
    assert case.result["purpose"] == "riwayat"
    assert case.result["findings"] == []
    assert {(row.role, row.year) for row in case.readings.filter(wording=NAME)} == {
        ("target PK", 2023), ("realisasi", 2023), ("target PK", 2024), ("realisasi", 2024),
    }  # fmt: skip
    row = figure(case, "realisasi", 2023)
    assert (row.read, row.state, row.suggested.name) == ("81,5", "menunggu", NAME)
    assert figure(case, "realisasi", 2023, "Nilai Survei Kepuasan Masyarakat <b>").suggested is None


def test_a_confirmed_figure_becomes_a_realisation_with_its_page_as_evidence(case, settings):
    clear("realisasi", 2023)
    row = take(figure(case, "realisasi", 2023))
    assert (row.state, row.settled) == (ReadingState.CONFIRMED.value, "81,5%")
    stored = tables.Realisation.objects.get(agency__code=BIRO, indicator=row.suggested, year=2023, span="tahun")
    assert (stored.status, stored.entered_by, stored.value_amount) == ("diajukan", "Penyusun Contoh", 81.5)
    assert "LKj 2024" in stored.note
    evidence = tables.Evidence.objects.get(
        agency__code=BIRO, indicator=row.suggested, year=2023, title__contains="LKj 2024"
    )
    assert "Tabel 3.1" in evidence.title
    changes = tables.FieldChange.objects.filter(kind="Realisation", agency=BIRO, actor="Penyusun Contoh")
    assert {(change.field, change.after) for change in changes} == {("Realisasi", "81,5%"), ("Status", "diajukan")}


def test_a_corrected_figure_says_so(case):
    clear("realisasi", 2023)
    row = take(figure(case, "realisasi", 2023), value="81,25")
    assert (row.state, row.settled) == (ReadingState.CORRECTED.value, "81,25%")


def test_a_number_with_two_readings_is_asked_about(case):
    clear("realisasi", 2023)
    with pytest.raises(AmbiguousNumber):
        take(figure(case, "realisasi", 2023), value="1.234")


def test_another_stored_value_is_a_conflict_until_the_person_decides(case):
    clear("realisasi", 2023)
    first = take(figure(case, "realisasi", 2023))
    stored = tables.Realisation.objects.get(agency__code=BIRO, indicator=first.suggested, year=2023)
    stored.value_amount = 80
    stored.save()
    first.state, first.settled = ReadingState.WAITING.value, ""
    first.save()
    with pytest.raises(Conflict) as clash:
        take(first)
    assert (clash.value.clashes[0].stands, clash.value.clashes[0].given) == ("80%", "81,5%")
    stored.refresh_from_db()
    assert stored.value_amount == 80
    take(first, overwrite=True)
    stored.refresh_from_db()
    assert stored.value_amount == 81.5


def test_a_verified_value_is_never_overwritten(case):
    clear("realisasi", 2023)
    row = figure(case, "realisasi", 2023)
    tables.Realisation.objects.create(
        agency=case.agency, indicator=row.suggested, year=2023, span="tahun", index=1, value_kind="persen", value_amount=80,
        status="terverifikasi", entered_by="A", verified_by="B",
    )  # fmt: skip
    with pytest.raises(Refusal, match="terverifikasi"):
        take(row, overwrite=True)


def test_a_target_of_a_year_without_an_agreement_is_kept_with_the_annual_plan(case):
    clear("target", 2023)
    row = take(figure(case, "target PK", 2023))
    stored = tables.Target.objects.get(agency__code=BIRO, indicator=row.suggested, year=2023, document="RKT")
    assert stored.value_amount == 80


def test_the_target_of_a_stored_agreement_is_not_changed_from_here(case):
    with pytest.raises(Refusal, match="Perjanjian Kinerja 2024"):
        take(figure(case, "target PK", 2024), overwrite=True)


def test_a_value_of_another_kind_is_refused(case):
    clear("realisasi", 2023)
    with pytest.raises(Refusal):
        take(figure(case, "realisasi", 2023), value="Sangat Baik")


def test_a_refused_figure_can_wait_again(case):
    row = figure(case, "realisasi", 2023)
    history_readings.refuse_figure(REPORTER, agency=BIRO, reading=row.pk, reason="Salah baca.", seen="menunggu")
    with pytest.raises(Conflict):
        take(row, seen="menunggu")
    assert history_readings.reconsider_figure(REPORTER, agency=BIRO, reading=row.pk).state == "menunggu"


def test_many_are_taken_at_once_and_the_doubtful_are_left(case):
    clear("realisasi", 2023)
    clear("target", 2023)
    rows = list(case.readings.all())
    count, left = history_readings.take_figures(REPORTER, agency=BIRO, case=case.pk, readings=[row.pk for row in rows])
    assert count == 2
    assert len(left) == len(rows) - count
    assert any("belum dikenali" in fault.message for fault in left)


def test_only_those_who_may_confirm_history_do(case):
    row = figure(case, "realisasi", 2023)
    with pytest.raises(NotAllowed):
        history_readings.take_figure(acting("Pereviu", {Role.REVIEWER}, [BIRO]), agency=BIRO, reading=row.pk)
    with pytest.raises(NotFound):
        history_readings.take_figure(acting("Asing", {Role.REPORTER}, [KPU]), agency=BIRO, reading=row.pk)
    with pytest.raises(NotFound):
        history_readings.take_figure(acting("Asing", {Role.REPORTER}, [KPU]), agency=KPU, reading=row.pk)


def test_figures_of_a_reviewed_report_are_gathered_once(inside):
    reviewer = acting("Pereviu Contoh", {Role.REVIEWER}, [BIRO])
    row = reviews.open_review(reviewer, agency=BIRO, report=Upload(REPORT, "a.html"))
    with pytest.raises(Refusal):
        history_readings.gather_figures(REPORTER, agency=BIRO, case=row.pk)
    reviews.read_case(reviewer, agency=BIRO, case=row.pk, ticket=row.result["ticket"])
    assert history_readings.gather_figures(REPORTER, agency=BIRO, case=row.pk) == 12
    assert history_readings.gather_figures(REPORTER, agency=BIRO, case=row.pk) == 0


def test_a_name_that_is_near_two_indicators_suggests_none():
    names = {1: ["Nilai SAKIP Kabupaten"], 2: ["Nilai SAKIP Kabupaten Kota"], 3: ["Indeks Kepuasan Masyarakat"]}
    assert suggested("Indeks kepuasan masyarakat", names) == 3
    assert suggested("Nilai SAKIP Kabupaten Kota", names) == 2
    assert suggested("Persentase jalan mantap", names) is None


def test_the_report_goes_into_the_evidence_store_once(inside, tmp_path, settings):
    text = tmp_path / "laporan.pdf"
    text.write_bytes(REPORT.read_bytes())
    row = reviews.open_old_report(REPORTER, agency=BIRO, report=Upload(text, "laporan.pdf"))
    assert row.file.endswith(".html"), "the name follows the content"
    assert not (Path(settings.DATA) / "evidence").exists()
