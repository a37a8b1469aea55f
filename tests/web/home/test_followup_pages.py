"""The register of obstacles and the page of one: filters, many at once, steps with evidence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/tindak-lanjut/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def step(client, **more):
    return client.post(f"{AT}H1/langkah/", {"uraian": "Rapat koordinasi.", **more})


@pytest.mark.parametrize("page", ["", "H1/"])
def test_the_pages_work_with_few_queries(page, planner, signed_in, django_assert_max_num_queries):
    for client in (planner, signed_in(Role.OWNER, unit="BIRO", name="contoh-unit")):
        client.get(AT)  # the first page of a session writes when it was used
        with django_assert_max_num_queries(12):
            assert client.get(AT + page).status_code == 200


@pytest.mark.parametrize("page", ["", "H1/"])
def test_strangers_the_public_and_nobody(page, signed_in):
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(AT + page).status_code == 404
    assert signed_in(Role.READER).get(AT + page).status_code == 403
    assert Client().get(AT + page)["Location"].startswith("/akun/login/")


def test_bad_codes_and_methods(planner):
    assert planner.get(f"{AT}TIDAK-ADA/").status_code == 404
    assert planner.get(f"{AT}H1/langkah/999/bukti").status_code == 404
    assert planner.post(f"{AT}H1/langkah/999/verifikasi/").status_code == 404
    assert planner.post(AT).status_code == 405
    assert planner.get(f"{AT}ubah/").status_code == 405
    assert planner.get(f"{AT}H1/langkah/").status_code == 405


def test_filters_narrow_the_list(planner):
    def codes(query):
        return [line["row"].code for line in planner.get(f"{AT}?{query}").context["lines"]]

    assert codes("") == ["H1", "H2", "H3"]
    assert codes("status=berjalan") == ["H1"]
    assert codes("penanggung=KABAG-RBA") == ["H2", "H3"]
    assert codes("cari=sosialisasi+pegawai") == ["H2"]
    assert codes("waktu=tanpa-tenggat&urut=-kode") == ["H3", "H2", "H1"]
    assert codes("waktu=terlambat") == []
    assert codes("unit=BAG-RBA") == ["H2", "H3"]


def test_many_are_changed_at_once_and_the_late_are_told(planner):
    given = {"pilih": ["H2", "H3"], "tenggat": "2024-10-01", "penanggung": "KABIRO", "alasan": "Rapat"}
    assert planner.post(f"{AT}ubah/", given).status_code == 302
    lines = {line["row"].code: line for line in planner.get(AT).context["lines"]}
    assert lines["H2"]["late"]
    assert lines["H3"]["row"].responsible.code == "KABIRO"
    assert planner.get(AT).context["found"].late == 2
    assert [line["row"].code for line in planner.get(f"{AT}?waktu=terlambat").context["lines"]] == ["H2", "H3"]


def test_an_old_page_does_not_overwrite_a_newer_state(planner):
    given = {"pilih": ["H1"], "status": "belum", "lama-H1": "belum"}
    assert planner.post(f"{AT}ubah/", given).status_code == 409
    assert planner.post(f"{AT}ubah/", {"pilih": ["H1"], "status": "selesai"}).status_code == 422
    assert planner.post(f"{AT}ubah/", {"pilih": ["H1"], "status": "mungkin"}).status_code == 422


def test_a_step_goes_its_way_to_done(planner, signed_in):
    file = SimpleUploadedFile("Notula rapat.pdf", PDF, "application/pdf")
    assert step(planner, bukti=file).status_code == 302
    row = tables.FollowUpStep.objects.get()
    answer = planner.get(f"{AT}H1/langkah/{row.pk}/bukti")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert planner.post(f"{AT}H1/langkah/{row.pk}/verifikasi/").status_code == 403
    superior = signed_in(Role.SUPERIOR)
    assert superior.post(f"{AT}H1/langkah/{row.pk}/verifikasi/").status_code == 302
    assert planner.post(f"{AT}ubah/", {"pilih": ["H1"], "status": "selesai"}).status_code == 302
    page = planner.get(f"{AT}H1/").content.decode()
    assert "Terverifikasi" in page
    assert "Notula" in page or "notula" in page


def test_a_step_of_another_obstacle_is_not_found(planner, signed_in):
    step(planner)
    row = tables.FollowUpStep.objects.get()
    assert signed_in(Role.SUPERIOR).post(f"{AT}H2/langkah/{row.pk}/verifikasi/").status_code == 404


def test_who_may_only_look_sees_no_form_and_cannot_write(signed_in):
    reader = signed_in(Role.EVALUATOR)
    assert "Catat langkah" not in reader.get(f"{AT}H1/").content.decode()
    assert step(reader).status_code == 403


def test_the_list_is_exported_for_those_who_may(planner, signed_in):
    assert planner.get(f"{AT}?format=xlsx").content[:2] == b"PK"
    assert signed_in(Role.SERVICE).get(f"{AT}?format=xlsx").status_code == 403


def test_remarks_are_written_beside_the_obstacle_and_settled(planner):
    url = f"/i/{BIRO}/2024/komentar/?jenis=Obstacle&kunci=2024+H1"
    part = planner.post(url, {"isi": "Mohon bukti."}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "Mohon bukti." in planner.get(f"{AT}H1/").content.decode()
    row = tables.Comment.objects.get()
    marked = planner.post(f"/i/{BIRO}/2024/komentar/{row.pk}/selesai/", {"kembali": f"{AT}H1/"})
    assert marked["Location"] == f"{AT}H1/"
    assert "Diselesaikan" in planner.get(url).content.decode()
    assert planner.post(f"/i/{BIRO}/2024/komentar/{row.pk}/entah/").status_code == 404
    assert planner.get(f"/i/{BIRO}/2024/komentar/").status_code == 404
    assert planner.post(url, {"isi": " "}).status_code == 422
    away = planner.post(f"/i/{BIRO}/2024/komentar/{row.pk}/buka/", {"kembali": "//jahat.example/"})
    assert "jahat" not in away["Location"]


def test_a_remark_of_another_agency_is_not_found(planner, signed_in):
    foreign = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    foreign.post(f"/i/{KPU}/2022/komentar/?jenis=Obstacle&kunci=2022+H1", {"isi": "x"})
    row = tables.Comment.objects.get()
    assert planner.post(f"/i/{BIRO}/2024/komentar/{row.pk}/selesai/").status_code == 404
