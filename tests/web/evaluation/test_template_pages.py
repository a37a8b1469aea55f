"""Instruments: listed with status and source, copied, changed with checks, carried as a file, removed."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

LIST = f"/i/{BIRO}/2024/evaluasi/instrumen/"
NATIONAL = "permenpan-rb-88-2021"


def copied(desk, code="milik-biro"):
    return desk.chief.post(f"{LIST}{NATIONAL}/salin/", {"kode": code, "judul": "Instrumen milik biro"})


def test_the_list_says_status_and_source(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = desk.unit.get(LIST).content.decode()
    assert "Terkonfirmasi" in page
    assert "Impor TOML" not in page
    one = desk.unit.get(f"{LIST}{NATIONAL}/").content.decode()
    assert "Sumber dan kepastian" in one
    assert "1.a.1" in one


def test_an_official_one_is_copied_and_then_changed(desk):
    assert desk.chief.get(f"{LIST}{NATIONAL}/ubah/").status_code == 404
    assert copied(desk).status_code == 302
    form = {"k-0-weight": "25", "k-1-weight": "35", "s-0-0-weight": "5", "s-0-1-weight": "7,5", "s-0-2-weight": "12,5",
            "s-1-0-weight": "7", "s-1-1-weight": "10,5", "s-1-2-weight": "17,5", "c-0-0-0-text": "Ada pedoman."}  # fmt: skip
    assert desk.chief.post(f"{LIST}milik-biro/ubah/", form).status_code == 302
    page = desk.chief.get(f"{LIST}milik-biro/").content.decode()
    assert "17,5" in page
    assert "Ada pedoman." in page


def test_weights_that_do_not_add_up_are_told_and_what_was_typed_stays(desk):
    copied(desk)
    answer = desk.chief.post(f"{LIST}milik-biro/ubah/", {"k-0-weight": "31", "title": "Judul baru"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "bobot komponen" in page
    assert 'value="31"' in page
    assert "Judul baru" in page
    wrong = desk.chief.post(f"{LIST}milik-biro/ubah/", {"k-0-weight": "tiga puluh"})
    assert wrong.status_code == 422


def test_criteria_are_added_and_left_out(desk):
    copied(desk)
    form = {"baru-0-0-code": "1.a.9", "baru-0-0-text": "Ada peta jalan.", "c-0-0-1-hapus": "on"}
    assert desk.chief.post(f"{LIST}milik-biro/ubah/", form).status_code == 302
    page = desk.chief.get(f"{LIST}milik-biro/").content.decode()
    assert "Ada peta jalan." in page
    assert "1.a.2" not in page


def test_it_is_carried_as_a_toml_file(desk):
    copied(desk)
    sent = desk.chief.post(f"{LIST}milik-biro/ekspor/")
    assert sent.content.startswith(b"#")
    assert desk.chief.post(f"{LIST}milik-biro/hapus/").status_code == 302
    file = SimpleUploadedFile("lke.toml", sent.content)
    assert desk.chief.post(f"{LIST}impor/", {"berkas": file}).status_code == 302
    assert tables.EvaluationTemplate.objects.filter(code="milik-biro").exists()
    broken = SimpleUploadedFile("lke.toml", b"[[template]]\ncode = 1")
    assert desk.chief.post(f"{LIST}impor/", {"berkas": broken}).status_code == 422
    assert desk.chief.post(f"{LIST}impor/").status_code == 422


def test_only_evaluators_change_instruments(desk, signed_in):
    for url in (f"{LIST}{NATIONAL}/salin/", f"{LIST}{NATIONAL}/hapus/", f"{LIST}impor/"):
        assert desk.unit.post(url).status_code == 403
    assert desk.unit.get(f"{LIST}{NATIONAL}/ubah/").status_code == 403
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(LIST).status_code == 404
    assert desk.unit.get(f"{LIST}tidak-ada/").status_code == 404
    assert desk.chief.get(f"{LIST}{NATIONAL}/salin/").status_code == 405
