"""The satisfaction survey: the public form by link, the pages inside, follow-up, publication, files."""

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.web.conftest import BIRO
from tests.web.service.conftest import CANARY, TODAY

from selaras.core.access import Role, operator
from selaras.core.reporting.service_report import time_used
from selaras.documents.qr import qr_svg
from selaras.store import models as tables
from selaras.store.service_surveys import find_round, round_sheet

BASE = f"/i/{BIRO}/2024/skm/"
ROUND = f"{BASE}survei/SKM-1/"


def stamp_of(answer):
    return html.unescape(re.search(r'name="cap" value="([^"]+)"', answer.content.decode()).group(1))


def answered(visitor, page, **more):
    codes = [item.code for item in find_round(BIRO, "SKM-1").survey.elements]
    given = {"cap": stamp_of(visitor.get(page)), "layanan": "Loket"} | {f"unsur-{code}": "4" for code in codes}
    return visitor.post(page, given | more)


def test_an_answer_comes_in_by_the_link_and_says_nothing_of_who_gave_it(survey, visitor):
    page = f"/publik/{BIRO}/layanan/isi/SKM-1/{survey}/"
    before = tables.SkmResponse.objects.count()
    answer = answered(
        visitor, page, **{"ciri-usia": "20–29 tahun", "ciri-pekerjaan": f"Saya {CANARY}", "saran": "Baik."}
    )
    assert answer.status_code == 200
    assert not answer.cookies
    row = tables.SkmResponse.objects.order_by("-pk").first()
    assert tables.SkmResponse.objects.count() == before + 1
    assert row.traits == {"usia": "20–29 tahun"}
    assert answered(visitor, page, situs_web="x").status_code == 200
    assert answered(visitor, page, layanan="Tiada").status_code == 422
    assert answered(visitor, page, **{"unsur-waktu": "7"}).status_code == 422
    assert tables.SkmResponse.objects.count() == before + 1


def test_the_same_form_counts_once_and_blank_elements_are_left_out(survey, visitor):
    page = f"/publik/{BIRO}/layanan/isi/SKM-1/{survey}/"
    before = tables.SkmResponse.objects.count()
    given = {"cap": stamp_of(visitor.get(page)), "layanan": "Loket", "unsur-waktu": "2"}
    for _ in range(2):
        assert visitor.post(page, given).status_code == 200
    assert tables.SkmResponse.objects.count() == before + 1
    assert tables.SkmResponse.objects.order_by("-pk").first().answers == {"waktu": 2}
    assert visitor.post(page, {"cap": stamp_of(visitor.get(page)), "layanan": "Loket"}).status_code == 422


def test_before_and_after_its_time_the_form_is_closed(survey, visitor):
    page = f"/publik/{BIRO}/layanan/isi/SKM-1/{survey}/"
    tables.SkmRound.objects.update(since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=1))
    answer = visitor.get(page)
    assert answer.status_code == 200
    assert "sudah ditutup" in answer.content.decode()


def test_the_pages_inside_work_within_the_queries(survey, signed_in, norm, django_assert_max_num_queries):
    keeper = signed_in(Role.SERVICE, name="petugas")
    for page in (
        "",
        "survei/baru/",
        "survei/SKM-1/",
        "survei/SKM-1/ubah/",
        "survei/SKM-1/tautan/",
        "survei/SKM-1/catat/",
        "survei/SKM-1/rencana/",
        "standar/",
        "standar/baru/",
        "standar/INFO/",
        "laporan/",
    ):
        with django_assert_max_num_queries(14 if page == "standar/" else 12):
            answer = keeper.get(BASE + page)
        assert answer.status_code == 200, page


def test_strangers_find_nothing_and_readers_change_nothing(survey, signed_in):
    stranger = signed_in(Role.PLANNER, agency="KPU-PROB", name="asing")
    owner = signed_in(Role.OWNER, name="pemilik")
    for page in ("", "survei/SKM-1/", "standar/", "laporan/"):
        assert stranger.get(BASE + page).status_code == 404
        assert owner.get(BASE + page).status_code == 200
    for page in ("survei/baru/", "survei/SKM-1/ubah/", "survei/SKM-1/tautan/", "survei/SKM-1/catat/", "standar/baru/"):
        assert owner.get(BASE + page).status_code == 403
        assert owner.post(BASE + page).status_code == 403
    assert owner.post(f"{ROUND}terbit/", {"terbit": "1"}).status_code == 403
    for page in ("survei/TIADA/", "survei/TIADA/lembar/pdf/", "standar/TIADA/"):
        keeper = signed_in(Role.SERVICE, name="petugas")
        assert keeper.get(BASE + page).status_code in {404, 405}
        assert keeper.post(BASE + page).status_code in {404, 405}


def test_a_round_is_made_changed_and_refused_with_reasons(desk, signed_in):
    keeper = signed_in(Role.SERVICE, name="petugas")
    given = {"code": "SKM-2", "title": "Survei kedua", "survey": "skm", "since": "2026-02-01", "until": "2026-03-01",
             "services": "Loket\nLaman\n", "population": "40"}  # fmt: skip
    assert keeper.post(f"{BASE}survei/baru/", given | {"until": "2026-01-01"}).status_code == 422
    assert keeper.post(f"{BASE}survei/baru/", given).status_code == 302
    assert find_round(BIRO, "SKM-2").row.services == ["Loket", "Laman"]
    assert keeper.post(f"{BASE}survei/SKM-2/ubah/", given | {"title": "Diubah"}).status_code == 302
    assert find_round(BIRO, "SKM-2").row.title == "Diubah"


def test_the_link_is_shown_once_as_text_and_picture(survey, signed_in, visitor):
    keeper = signed_in(Role.SERVICE, name="petugas")
    assert "/layanan/isi/" not in keeper.get(f"{ROUND}tautan/").content.decode()
    answer = keeper.post(f"{ROUND}tautan/")
    text = answer.content.decode()
    path = re.search(r"https?://[^<\s]+(/publik/[^<\s\"]+/layanan/isi/[^<\s\"]+)", text).group(1)
    assert answer["Cache-Control"] == "no-store"
    assert "<svg" in text
    assert visitor.get(path).status_code == 200
    assert visitor.get(f"/publik/{BIRO}/layanan/isi/SKM-1/{survey}/").status_code == 404


def test_the_code_is_plain_svg():
    drawn = qr_svg("https://contoh.example/a?b=1&c=2", 'Kode "QR" <x>')
    assert "style" not in drawn
    assert 'aria-label="Kode &quot;QR&quot; &lt;x&gt;"' in drawn


def test_answers_from_paper_are_typed_one_after_the_other(survey, signed_in):
    keeper = signed_in(Role.SERVICE, name="petugas")
    given = {"layanan": "Laman", "tanggal": TODAY.isoformat(), "unsur-waktu": "3"}
    answer = keeper.post(f"{ROUND}catat/", given)
    assert answer.status_code == 302
    assert answer["Location"].endswith("layanan=1")
    assert keeper.post(f"{ROUND}catat/", given | {"unsur-waktu": "8"}).status_code == 422
    future = (TODAY + timedelta(days=1)).isoformat()
    assert keeper.post(f"{ROUND}catat/", given | {"tanggal": future}).status_code == 422


def test_plan_publication_and_old_weight(survey, signed_in, visitor):
    keeper, leader = signed_in(Role.SERVICE, name="petugas"), signed_in(Role.LEADER, name="pimpinan")
    plain = keeper.get(ROUND).content.decode()
    assert "81,25" in plain
    assert "Responden kurang 72" in plain
    old = keeper.get(f"{ROUND}?bobot=0.111").content.decode()
    assert "81,17" in old
    assert "hanya untuk mengulang angka laporan lama" in old
    form = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-element": "waktu", "form-0-action": "Tambah petugas",
            "form-0-responsible": "Sekretaris", "form-0-due": TODAY.isoformat()}  # fmt: skip
    assert keeper.post(f"{ROUND}rencana/", form).status_code == 302
    assert keeper.post(f"{ROUND}rencana/", form | {"form-0-element": "tiada"}).status_code == 422
    row = tables.SkmPlan.objects.get()
    assert keeper.post(f"{ROUND}rencana/{row.pk}/", {"tanggal": TODAY.isoformat()}).status_code == 302
    row.refresh_from_db()
    assert row.done_on == TODAY
    assert keeper.post(f"{ROUND}rencana/999999/", {"tanggal": ""}).status_code == 404
    assert leader.post(f"{ROUND}terbit/", {"terbit": "1"}).status_code == 302
    assert visitor.get(f"/publik/{BIRO}/layanan/kepuasan/SKM-1/").status_code == 200
    assert leader.post(f"{ROUND}terbit/", {"terbit": "0"}).status_code == 302
    assert visitor.get(f"/publik/{BIRO}/layanan/kepuasan/SKM-1/").status_code == 404


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_sheet_comes_as_a_file(survey, signed_in, form, start):
    keeper = signed_in(Role.SERVICE, name="petugas")
    answer = keeper.post(f"{ROUND}lembar/{form}/")
    assert answer.content.startswith(start)
    assert keeper.get(f"{ROUND}lembar/{form}/").status_code == 405
    assert keeper.post(f"{ROUND}lembar/exe/").status_code == 404


def test_a_standard_is_written_and_taken_away(desk, signed_in):
    keeper = signed_in(Role.SERVICE, name="petugas")
    given = {
        "service": "INFO",
        "name": "Informasi",
        "announced": "on",
        "held_by": "permohonan_informasi|jawab",
        "c_waktu": "10 hari",
    }
    assert keeper.post(f"{BASE}standar/baru/", given | {"held_by": "tiada|x"}).status_code == 422
    assert keeper.post(f"{BASE}standar/baru/", given).status_code == 302
    row = tables.ServiceNorm.objects.get()
    assert (row.deadline, row.statements["waktu"]) == ("jawab", "10 hari")
    assert keeper.post(f"{BASE}standar/INFO/", given | {"name": "Informasi publik"}).status_code == 302
    assert "Informasi publik" in keeper.get(f"{BASE}standar/").content.decode()
    assert keeper.post(f"{BASE}standar/INFO/hapus/").status_code == 302
    assert not tables.ServiceNorm.objects.exists()


def test_the_sheet_of_a_round_without_answers_can_be_looked_at(desk, signed_in):
    keeper = signed_in(Role.SERVICE, name="petugas")
    given = {
        "code": "KOSONG",
        "title": "Kosong",
        "survey": "skm",
        "since": "2026-02-01",
        "until": "2026-03-01",
        "services": "Loket",
    }
    keeper.post(f"{BASE}survei/baru/", given)
    assert keeper.get(f"{BASE}survei/KOSONG/").status_code == 200
    assert keeper.post(f"{BASE}survei/KOSONG/lembar/pdf/").content.startswith(b"%PDF")
    assert round_sheet(operator("uji"), BIRO, "KOSONG").result.converted is None


def test_the_mean_time_is_rounded_half_up():
    used = time_used([("3", Decimal(1)), ("4", Decimal(1)), ("", Decimal(5)), ("10", Decimal(2))])
    assert (used.records, used.mean, used.least, used.most) == (4, Decimal("6.8"), 3, 10)
    assert time_used([("", Decimal(2))]) is None
