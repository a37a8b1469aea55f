"""The first steps of a new agency and of a new year, as those who set it up see them."""

import pytest
from tests.web.conftest import BIRO

from selaras.actions.setup import open_agency
from selaras.actions.years import begin_year
from selaras.core.access import Role, acting, operator
from selaras.core.org import Agency, AgencyKind
from selaras.store import models as tables
from selaras.store.first_steps import FirstStep, done_in

NEW = "/i/BARU/2026/beranda/"
PLANNER = acting("Contoh Perencana", {Role.PLANNER}, {BIRO})


@pytest.fixture
def new_agency(inside):
    open_agency(operator("o"), agency=Agency("BARU", "Dinas Baru", "Dinas Baru", AgencyKind.REGIONAL_UNIT), year=2026)
    return tables.Agency.objects.get(code="BARU")


def shown(page):
    return [(step.done, step.next, bool(step.url)) for step in page.context["first_steps"]]


def test_a_new_agency_is_led_from_step_to_step(new_agency, signed_in, django_assert_max_num_queries):
    chief = signed_in(Role.ADMINISTRATOR, agency=None, name="contoh-kepala-instalasi")
    chief.get(NEW)
    with django_assert_max_num_queries(12):
        page = chief.get(NEW)
    assert shown(page)[0] == (False, True, True)
    assert "Semua yang menjadi bagian Anda sudah selesai" not in page.content.decode()
    assert page.context["first_steps"][0].url == "/i/BARU/2026/organisasi/"
    tables.Unit.objects.create(agency=new_agency, code="U", name="Dinas", kind="unit")
    steps = chief.get(NEW).context["first_steps"]
    assert [(step.done, step.next) for step in steps[:2]] == [(True, False), (False, True)]
    assert [step.title for step in steps if not step.url] == []
    for step in steps:
        assert chief.get(step.url).status_code == 200, step.title


def test_a_planner_is_not_sent_where_only_administrators_may_go(new_agency, signed_in):
    planner = signed_in(Role.PLANNER, agency="BARU", name="contoh-baru")
    steps = dict(zip(FirstStep, planner.get(NEW).context["first_steps"], strict=True))
    assert steps[FirstStep.PEOPLE].url == ""
    assert steps[FirstStep.PEOPLE].done
    assert signed_in(Role.OWNER, agency="BARU", name="contoh-pengisi").get(NEW).context["first_steps"] == []


def test_who_looks_at_a_year_with_agreements_sees_no_first_steps(planner):
    assert planner.get(f"/i/{BIRO}/2024/beranda/").context["first_steps"] == []
    assert done_in(tables.Agency.objects.get(code=BIRO).pk, 2024)[FirstStep.AGREEMENTS]


def test_a_begun_year_asks_for_what_that_year_needs(planner):
    begin_year(PLANNER, agency=BIRO, year=2025)
    steps = dict(zip(FirstStep, planner.get(f"/i/{BIRO}/2025/beranda/").context["first_steps"], strict=True))
    assert [step for step in FirstStep if not steps[step].done] == [
        FirstStep.SEATS, FirstStep.BUDGET, FirstStep.AGREEMENTS,
    ]  # fmt: skip
    assert steps[FirstStep.BUDGET].next, "the seats are for the administrator"


def test_without_a_plan_the_tile_of_errors_does_not_wait_for_ever(new_agency, signed_in):
    leader = signed_in(Role.LEADER, agency="BARU", name="contoh-pimpinan-baru")
    tile = next(tile for tile in leader.get(NEW).context["tiles"] if tile["label"] == "Kesalahan data")
    assert (tile["value"], tile.get("waits")) == ("–", None)
