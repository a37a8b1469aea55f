"""The pages over figures of old reports, with the questions that every page is asked."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO, KPU
from tests.web.review.conftest import REPORT, REVIEWER, read

from selaras.actions import reviews
from selaras.actions.evidence import Upload
from selaras.core.access import Role
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/riwayat/"
PAGES = ["", "baru/", "{case}/"]
NAME = "Persentase Perangkat Daerah yang Reformasi Birokrasinya Baik"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_within_its_budget(page, planner, old, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        answer = planner.get(AT + page.format(case=old.pk))
    assert answer.status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_strangers_and_other_roles_are_turned_away(page, signed_in, old):
    assert (
        signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(AT + page.format(case=old.pk)).status_code == 404
    )
    assert signed_in(Role.REVIEWER).get(AT + page.format(case=old.pk)).status_code == 403


def test_an_old_report_is_no_review(signed_in, old):
    reviewer = signed_in(Role.REVIEWER)
    assert reviewer.get(f"/i/{BIRO}/2024/reviu/{old.pk}/").status_code == 404
    assert reviewer.post(f"/i/{BIRO}/2024/reviu/{old.pk}/selesai").status_code == 404
    assert old.title not in reviewer.get(f"/i/{BIRO}/2024/reviu/").content.decode()


@pytest.mark.parametrize("page", ["99999/", "99999/keadaan", "{case}/halaman/1.jpg", "99999/berkas"])
def test_what_is_not_there_is_not_found(page, planner, old):
    assert planner.get(AT + page.format(case=old.pk)).status_code == 404


@pytest.mark.parametrize("page", ["mulai", "hapus", "kumpulkan", "bersama", "angka/1"])
def test_acts_are_posted(page, planner, old):
    assert planner.get(f"{AT}{old.pk}/{page}").status_code == 405


def test_a_report_is_uploaded_and_its_figures_wait(planner, inside):
    answer = planner.post(
        f"{AT}baru/", {"laporan": SimpleUploadedFile("lama.html", REPORT.read_bytes()), "year": "2024"}
    )
    assert answer.status_code == 302
    row = tables.ReviewCase.objects.get()
    assert "Laporan sedang dibaca" in planner.get(answer["Location"]).content.decode()
    from selaras.core.access import acting

    read(row, acting("Contoh Planner", {Role.PLANNER}, [BIRO]))
    page = planner.get(answer["Location"])
    assert page.context["counts"]["waiting"] == 12
    assert NAME in page.content.decode()


def clear():
    tables.Realisation.objects.filter(agency__code=BIRO, indicator__name=NAME, year=2023).delete()


def figure(old):
    return old.readings.get(role="realisasi", year=2023, wording=NAME)


def test_a_figure_is_taken_over_and_the_row_comes_back(planner, old):
    clear()
    row = figure(old)
    given = {
        "tindakan": "tetapkan",
        "indikator": row.suggested.code,
        "nilai": "81,5%",
        "terbaca": "81,5%",
        "terlihat": "menunggu",
    }
    answer = planner.post(f"{AT}{old.pk}/angka/{row.pk}", given, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger-After-Settle"]) == {"figureDone": True}
    assert f'id="angka-{row.pk}"' in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.settled) == ("dikonfirmasi", "81,5%")
    again = planner.post(f"{AT}{old.pk}/angka/{row.pk}", given)
    assert again.status_code == 409


def test_a_wrong_correction_is_refused_and_an_unknown_act_not_found(planner, old):
    clear()
    url = f"{AT}{old.pk}/angka/{figure(old).pk}"
    assert planner.post(url, {"tindakan": "tetapkan", "nilai": "banyak"}).status_code == 422
    assert planner.post(url, {"tindakan": "entah"}).status_code == 404
    assert planner.post(f"{AT}{old.pk}/angka/999999", {"tindakan": "tolak"}).status_code == 404


def test_a_figure_is_refused_and_waits_again(planner, old):
    row = figure(old)
    url = f"{AT}{old.pk}/angka/{row.pk}"
    assert planner.post(url, {"tindakan": "tolak", "terlihat": "menunggu"}).status_code == 302
    assert planner.get(f"{AT}{old.pk}/", {"keadaan": "ditolak"}).context["figures"][0].row.pk == row.pk
    assert planner.post(url, {"tindakan": "pertimbangkan"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "menunggu"


def test_all_that_are_ready_are_taken_at_once(planner, old):
    clear()
    ready = planner.get(f"{AT}{old.pk}/").context["ready"]
    assert figure(old).pk in ready
    answer = planner.post(f"{AT}{old.pk}/bersama", {"bacaan": ready}, follow=True)
    assert "ditetapkan" in answer.content.decode()
    assert figure(old).state == "dikonfirmasi"


def test_figures_of_a_reviewed_report_are_offered_and_gathered(signed_in, inside):
    row = read(reviews.open_review(REVIEWER, agency=BIRO, report=Upload(REPORT, "direviu.html")))
    both = signed_in(Role.REPORTER, Role.REVIEWER)
    assert "Ambil angkanya" in both.get(AT).content.decode()
    assert both.post(f"{AT}{row.pk}/kumpulkan").status_code == 302
    assert both.get(f"{AT}{row.pk}/").context["counts"]["all"] == 12


def test_a_budget_is_shown_with_its_programme_and_taken_over_by_hand(planner, old):
    row = old.readings.get(role="realisasi anggaran", wording="Program Penataan Organisasi")
    row.year = 2021
    row.save()
    page = planner.get(f"{AT}{old.pk}/", {"angka": row.pk}).content.decode()
    assert 'name="rincian"' in page
    assert "950.000.000" in page
    assert "bulan Desember" in page
    given = {"tindakan": "tetapkan", "rincian": "IV.A.1", "nilai": "950.000.000", "terbaca": "950.000.000"}
    assert planner.post(f"{AT}{old.pk}/angka/{row.pk}", given).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.node.code) == ("dikonfirmasi", "IV.A.1")
    assert tables.Spending.objects.get(agency__code=BIRO, year=2021).amount == 950_000_000
    assert "950.000.000" in planner.get(f"{AT}{old.pk}/", {"keadaan": "dikonfirmasi"}).content.decode()


def test_a_report_of_another_agency_is_not_taken_over_before_somebody_says_why(planner, old):
    case = tables.ReviewCase.objects.get(pk=old.pk)
    case.result = case.result | {"foreign": "Dinas Contoh Lain"}
    case.save()
    page = planner.get(f"{AT}{old.pk}/")
    assert "Laporan ini menyebut “Dinas Contoh Lain”" in page.content.decode()
    assert page.context["ready"] == []
    reading = figure(old)
    url = f"{AT}{old.pk}/angka/{reading.pk}"
    assert planner.post(url, {"tindakan": "tetapkan", "indikator": "IKU-1"}).status_code == 422
    assert planner.post(f"{AT}{old.pk}/bersama", {"bacaan": [reading.pk]}).status_code == 422
    assert planner.post(f"{AT}{old.pk}/akui", {"alasan": " "}).status_code == 422
    assert planner.post(f"{AT}{old.pk}/akui", {"alasan": "Nama lama."}).status_code == 302
    assert "Dinas Contoh Lain" not in planner.get(f"{AT}{old.pk}/").content.decode()
    told = tables.FieldChange.objects.get(kind="ReviewCase", key=str(old.pk), field="Instansi laporan")
    assert (told.before, told.after, told.reason) == ("Dinas Contoh Lain", "diakui", "Nama lama.")


def test_a_report_that_names_its_agency_is_ours(old):
    assert old.result["foreign"] == ""


def test_a_value_of_numerator_and_denominator_agrees_with_what_the_report_rounds(planner, old):
    row = old.readings.get(role="realisasi", year=2023, wording=NAME)
    stored = tables.Realisation.objects.get(
        agency__code=BIRO, indicator=row.suggested, year=2023, span="tahun", index=1
    )
    stored.value_kind, stored.value_amount, stored.numerator, stored.denominator = "", None, 163, 200
    stored.save()
    context = planner.get(f"{AT}{old.pk}/", {"angka": row.pk}).context
    assert context["current"].stands.told == "163 dari 200"
    assert not context["current"].clashes
    stored.numerator = 170
    stored.save()
    assert planner.get(f"{AT}{old.pk}/", {"angka": row.pk}).context["current"].clashes
