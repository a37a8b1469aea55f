"""Home, duties and deadlines: what each role sees, and the questions that every page is asked."""

import pytest
from django.test import Client
from tests.web.conftest import BIRO, KPU

from selaras.actions.followup import add_step
from selaras.core.access import Role, acting
from selaras.core.deadlines import Matter
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/beranda/"
PAGES = ("", "pemeriksaan/", "tugas/saya/", "tugas/keputusan/", "tenggat/")
INSIDE = [role for role in Role if role is not Role.READER]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", INSIDE)
def test_every_role_sees_every_page_with_few_queries(page, role, signed_in, django_assert_max_num_queries):
    client = signed_in(role)
    with django_assert_max_num_queries(12):
        assert client.get(AT + page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_gets_404_the_public_403_and_others_the_door(page, signed_in):
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(AT + page).status_code == 404
    assert signed_in(Role.READER).get(AT + page).status_code == 403
    assert Client().get(AT + page)["Location"].startswith("/akun/login/")


def test_what_is_not_there_or_not_allowed_is_refused(planner, signed_in):
    assert planner.get(f"{AT}tugas/semua/").status_code == 404
    assert planner.get("/i/ENTAH/2024/beranda/").status_code == 404
    assert planner.post(AT).status_code == 405
    assert planner.put(f"{AT}tenggat/").status_code == 405
    assert signed_in(Role.OWNER).post(f"{AT}tenggat/", {"usulan": "1"}).status_code == 403


def test_reading_leaves_no_audit_record(planner):
    before = tables.AuditRecord.objects.count()
    for page in PAGES:
        planner.get(AT + page)
    assert tables.AuditRecord.objects.count() == before


def test_a_second_look_costs_less_and_shows_what_was_done_meanwhile(planner, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(8):
        assert planner.get(AT).context["board"].obstacles_open == 3
    adder = acting("Contoh Lain", {Role.PLANNER}, {BIRO})
    add_step(adder, agency=BIRO, year=2024, obstacle="H1", text="Rapat.")
    shown = planner.get(AT).context["decisions"]
    assert any("Verifikasi tindak lanjut" in duty.title for duty in shown)


def test_the_planner_sees_duties_with_a_way_to_each(planner):
    page = planner.get(AT)
    duties = [*page.context["mine"], *page.context["decisions"]]
    assert duties
    assert duties[0].late
    for duty in duties:
        assert planner.get(duty.url).status_code == 200


def test_every_line_of_the_lists_leads_somewhere(planner):
    for which in ("saya", "keputusan"):
        lines = planner.get(f"{AT}tugas/{which}/").context["lines"]
        for line in lines:
            assert planner.get(line["url"]).status_code == 200, line


def test_a_leader_sees_the_exceptions_first(signed_in):
    page = signed_in(Role.LEADER).get(AT)
    assert page.context["lens"].leads
    labels = [tile["label"] for tile in page.context["tiles"]]
    assert labels == [
        "Target tidak tercapai", "Capaian belum dijelaskan", "Serapan anggaran", "Perjanjian belum ditandatangani",
        "Kesalahan data",
    ]  # fmt: skip
    assert page.context["rows"][0]["row"].met is False


def test_what_disagrees_is_fetched_after_the_page(planner):
    part = planner.get(f"{AT}pemeriksaan/?ubin", headers={"HX-Request": "true"})
    assert part.context["gates"][0]["gate"].errors == 3
    assert 'hx-swap-oob="true"' in part.content.decode()
    for one in part.context["gates"]:
        assert planner.get(one["url"]).status_code == 200


def test_a_reviewer_sees_the_cases_first(signed_in):
    page = signed_in(Role.REVIEWER).get(AT)
    assert page.context["lens"].reviews
    assert page.context["tiles"][0]["label"] == "Reviu terbuka"


def test_an_empty_year_offers_to_begin(planner, signed_in):
    page = planner.get(f"/i/{KPU}/2024/beranda/")
    assert page.status_code == 404
    own = signed_in(Role.ADMINISTRATOR, agency=None, name="contoh-semua")
    empty = tables.Agency.objects.create(
        code="KOSONG", name="Instansi Kosong", short_name="Kosong", kind="perangkat daerah"
    )
    answer = own.get(f"/i/{empty.code}/2026/beranda/")
    assert answer.status_code == 200
    assert "Tahun 2026 belum dimulai" in answer.content.decode()


def test_deadlines_are_taken_over_changed_and_shown(planner):
    assert planner.post(f"{AT}tenggat/", {"usulan": "1"}).status_code == 302
    rows = tables.Deadline.objects.filter(agency__code=BIRO, year=2024)
    assert rows.count() == len(
        [line for group in planner.get(f"{AT}tenggat/").context["groups"] for line in group["lines"]]
    )
    name = f"{Matter.REPORT.value.replace(' ', '_')}-tahunan-0"
    given = {name: "2025-02-10", f"lama-{name}": rows.get(what=Matter.REPORT.value).due.isoformat()}
    assert planner.post(f"{AT}tenggat/", given).status_code == 302
    assert rows.get(what=Matter.REPORT.value).due.isoformat() == "2025-02-10"
    clash = planner.post(f"{AT}tenggat/", given | {name: "2025-02-20"})
    assert clash.status_code == 409
    assert "10 Februari 2025" in clash.content.decode()
    assert "20 Februari 2025" in clash.content.decode()
    assert planner.post(f"{AT}tenggat/", {name: "kapan-kapan"}).status_code == 422
