"""The page of one value: entry without script, steps, explanation, evidence, comments, verification by exception."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.core.measurement.records import Progress
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/pengukuran/"
QUARTER = f"{AT}IP-I/triwulan/1/"
YEAR = f"{AT}IKU-2/tahun/1/"
PDF = b"%PDF-1.4\n% contoh\n%%EOF\n"


def stored(indicator="IP-I", span="triwulan", index=1):
    return tables.Realisation.objects.filter(
        agency__code=BIRO, indicator__code=indicator, year=2024, span=span, index=index
    ).first()


def drafted(client, at=QUARTER, **parts):
    return client.post(at, {"terlihat": "", "nilai": "25", "catatan": "", "alasan": "", **parts})


@pytest.fixture
def superior(signed_in):
    return signed_in(Role.SUPERIOR)


@pytest.mark.parametrize("page", [QUARTER, YEAR, f"{YEAR}percakapan/", f"{AT}verifikasi/"])
def test_every_page_opens_within_its_budget_of_queries(page, planner, signed_in, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        assert planner.get(page).status_code == 200
    superior = signed_in(Role.SUPERIOR, unit="BIRO", name="contoh-atasan-biro")
    superior.get(AT)
    with django_assert_max_num_queries(12):
        assert superior.get(page).status_code == 200


@pytest.mark.parametrize("page", [QUARTER, f"{YEAR}percakapan/", f"{AT}verifikasi/", f"{YEAR}bukti/1/", f"{AT}IKU-2/"])
def test_a_stranger_gets_404_and_a_visitor_the_door(page, signed_in, inside):
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(page).status_code == 404
    assert Client().get(page).status_code == 302


@pytest.mark.parametrize(
    "page", [f"{AT}LAIN/tahun/1/", f"{AT}IKU-2/triwulan/5/", f"{AT}IKU-2/abad/1/", f"{YEAR}bukti/999/"]
)
def test_unknown_things_are_not_found(page, planner):
    assert planner.get(page).status_code == 404


@pytest.mark.parametrize("part", ["langkah/", "penjelasan/", "tautan/", "bukti/1/hapus/", "bukti/1/periksa/"])
def test_what_changes_something_is_posted(part, planner):
    assert planner.get(YEAR + part).status_code == 405


def test_verification_is_for_those_who_may_verify(signed_in):
    assert signed_in(Role.OWNER).get(f"{AT}verifikasi/").status_code == 403


def test_an_indicator_alone_leads_to_its_year(planner):
    assert planner.get(f"{AT}IKU-2/")["Location"] == YEAR


def test_a_draft_is_saved_without_script(planner):
    assert drafted(planner, nilai="25,5", catatan="dari register").status_code == 302
    row = stored()
    assert (row.value_amount, row.note, row.status) == (25.5, "dari register", Progress.DRAFT.value)


def test_what_is_wrong_stands_beside_its_field(planner):
    answer = drafted(planner, nilai="", pembilang="5")
    assert answer.status_code == 422
    assert "penyebut" in answer.content.decode()
    assert drafted(planner, nilai="kira-kira").status_code == 422
    asked = drafted(planner, f"{AT}IT-1/triwulan/1/", nilai="1.234")
    assert asked.status_code == 422
    assert "1,2340" in asked.content.decode()
    assert stored() is None


def test_two_people_are_shown_both_values(planner, signed_in):
    drafted(signed_in(Role.ADMINISTRATOR), nilai="40")
    answer = drafted(planner, nilai="41")
    assert answer.status_code == 409
    assert "40%" in answer.content.decode()
    assert drafted(planner, nilai="41", terlihat="40%").status_code == 302


def test_from_draft_to_locked_by_two_people(planner, superior):
    drafted(planner)
    assert planner.post(f"{QUARTER}langkah/", {"langkah": "ajukan"}).status_code == 302
    assert planner.post(f"{QUARTER}langkah/", {"langkah": "verifikasi"}).status_code == 403
    assert superior.post(f"{QUARTER}langkah/", {"langkah": "verifikasi"}).status_code == 302
    assert superior.post(f"{QUARTER}langkah/", {"langkah": "kunci"}).status_code == 302
    assert stored().status == Progress.LOCKED.value
    assert planner.post(f"{QUARTER}langkah/", {"langkah": "terbang"}).status_code == 404


def test_a_returned_value_tells_the_one_who_entered_it(planner, superior):
    drafted(planner)
    planner.post(f"{QUARTER}langkah/", {"langkah": "ajukan"})
    assert superior.post(f"{QUARTER}langkah/", {"langkah": "kembalikan", "catatan": " "}).status_code == 422
    superior.post(f"{QUARTER}langkah/", {"langkah": "kembalikan", "catatan": "Lampirkan register."})
    notice = tables.Notice.objects.get(user__username="contoh-planner")
    assert "Lampirkan register." in notice.text
    assert planner.get(notice.url).status_code == 200


def test_a_missed_target_is_explained_before_it_is_submitted(planner):
    target = {"terlihat": "", "nilai": "50", "catatan": "", "alasan": ""}
    indicator = tables.Indicator.objects.get(agency__code=BIRO, code="IK-IV.A")
    tables.Realisation.objects.filter(indicator=indicator).delete()
    at = f"{AT}IK-IV.A/tahun/1/"
    planner.post(at, target)
    assert "Tulis penjelasan" in planner.get(at).content.decode()
    refused = planner.post(f"{at}langkah/", {"langkah": "ajukan"})
    assert refused.status_code == 422
    assert "target tidak tercapai" in refused.content.decode()
    given = {f"p-{name}": "" for name in ("obstacle", "solution", "next_step", "efficiency")}
    assert planner.post(f"{at}penjelasan/", given | {"p-cause": ""}).status_code == 422
    assert planner.post(f"{at}penjelasan/", given | {"p-cause": "Perangkat daerah digabung."}).status_code == 302
    assert planner.post(f"{at}langkah/", {"langkah": "ajukan"}).status_code == 302


def test_two_people_who_explain_are_both_shown(planner):
    fields = ("cause", "obstacle", "solution", "next_step", "efficiency")
    stored = tables.Explanation.objects.get(agency__code=BIRO, indicator__code="IKU-2", year=2024)
    seen = {f"terlihat-{name}": getattr(stored, name) for name in fields}
    given = {f"p-{name}": getattr(stored, name) for name in fields}
    stored.cause = "Sebab dari orang lain."
    stored.save()
    clash = planner.post(f"{YEAR}penjelasan/", seen | given | {"p-cause": "Sebab dari saya."})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Sebab dari orang lain." in page
    assert "Sebab dari saya." in page


def upload(client, name="Daftar hadir.pdf", content=PDF, at=QUARTER, **headers):
    return client.post(f"{at}bukti/", {"bukti": SimpleUploadedFile(name, content)}, headers=headers)


def test_evidence_is_uploaded_listed_and_downloaded_as_a_file(planner):
    assert upload(planner).status_code == 302
    row = tables.Evidence.objects.get(agency__code=BIRO, indicator__code="IP-I")
    assert row.title == "Daftar hadir"
    assert len(row.sha256) == 64
    assert "Daftar hadir" in planner.get(QUARTER).content.decode()
    answer = planner.get(f"{QUARTER}bukti/{row.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    part = planner.get(f"{QUARTER}bukti/", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b"Daftar hadir" in part.content


def test_an_upload_by_script_is_answered_in_words(planner):
    assert upload(planner, **{"HX-Request": "true"}).content == b"Tersimpan."
    refused = upload(planner, "gambar.png", b"<svg xmlns='x'><script/></svg>", **{"HX-Request": "true"})
    assert refused.status_code == 422
    assert refused["Content-Type"].startswith("text/plain")
    assert "jenis berkas" in refused.content.decode()


def test_links_and_registers_are_named_and_removed(planner):
    at = f"{QUARTER}tautan/"
    assert planner.post(at, {"jenis": "tautan", "sasaran": "javascript:alert(1)"}).status_code == 422
    assert (
        planner.post(at, {"jenis": "tautan", "sasaran": "https://data.contoh.example/a", "judul": "Data"}).status_code
        == 302
    )
    assert planner.post(at, {"jenis": "register", "sasaran": "Map 3", "judul": "Register"}).status_code == 302
    assert planner.post(at, {"jenis": "tautan", "sasaran": ""}).status_code == 422
    row = tables.Evidence.objects.get(agency__code=BIRO, title="Data")
    assert planner.post(f"{QUARTER}bukti/{row.pk}/hapus/").status_code == 302
    assert not tables.Evidence.objects.filter(pk=row.pk).exists()


def test_a_link_into_ones_own_network_is_not_asked(planner):
    planner.post(f"{QUARTER}tautan/", {"jenis": "tautan", "sasaran": "http://127.0.0.1/", "judul": "Dalam"})
    row = tables.Evidence.objects.get(agency__code=BIRO, title="Dalam")
    assert planner.post(f"{QUARTER}bukti/{row.pk}/periksa/").status_code == 302
    assert "jaringan sendiri" in tables.LinkCheck.objects.get(evidence=row).answer


def test_who_may_not_measure_keeps_no_evidence(signed_in):
    reader = signed_in(Role.EVALUATOR)
    assert upload(reader).status_code == 403
    assert drafted(reader).status_code == 403
    assert reader.post(f"{QUARTER}langkah/", {"langkah": "ajukan"}).status_code in {403, 404}
    assert reader.post(f"{YEAR}penjelasan/", {"p-cause": "x"}).status_code == 403


def test_people_talk_beside_the_value(planner, superior):
    at = f"{QUARTER}percakapan/"
    assert superior.post(at, {"isi": "Dari mana angka ini?"}).status_code == 302
    part = planner.post(at, {"isi": "Dari register."}, headers={"HX-Request": "true"})
    assert b"Dari mana" in part.content
    assert tables.Notice.objects.get(user__username="contoh-superior").topic == "komentar"
    assert planner.post(at, {"isi": " "}).status_code == 422
    drafted(planner)
    assert "25%" in planner.get(at).content.decode()


def test_what_changed_since_it_was_verified_comes_first(planner, superior):
    drafted(planner)
    planner.post(f"{QUARTER}langkah/", {"langkah": "ajukan"})
    superior.post(f"{QUARTER}langkah/", {"langkah": "verifikasi"})
    superior.post(f"{QUARTER}langkah/", {"langkah": "kembalikan", "catatan": "Angkanya lain."})
    drafted(planner, terlihat="25%", nilai="24", catatan="Angkanya lain.")
    planner.post(f"{QUARTER}langkah/", {"langkah": "ajukan"})
    page = superior.get(f"{AT}verifikasi/")
    sort, _title, rows = page.context["groups"][0]
    assert sort == "berubah"
    changes = {change.field: (change.before, change.after) for change in rows[0].since.changes}
    assert changes["Realisasi"] == ("25%", "24%")
    assert superior.get(f"{AT}verifikasi/", {"golongan": "pertama"}).status_code == 200
    outcome = superior.post(f"{AT}langkah/", {"langkah": "verifikasi", "pilih": rows[0].value, "periode": "semua"})
    assert outcome.context["done"] == 1


def test_each_waiting_value_has_a_box_to_choose_it_by(planner, superior):
    drafted(planner)
    planner.post(f"{QUARTER}langkah/", {"langkah": "ajukan"})
    page = superior.get(f"{AT}verifikasi/")
    text = page.content.decode()
    assert 'value="IP-I|triwulan-1" data-select' in text
    assert text.count("data-select-all") == len(page.context["groups"])
