"""What waits on SKPs and reform actions, on the home page and in the search: for whom it concerns, and for nobody else."""

from decimal import Decimal

from tests.web.conftest import BIRO
from tests.web.people.conftest import STAFF

from selaras.actions import people_agreeing, reform
from selaras.core.access import Role, operator
from selaras.core.reform.actions import ReformAction


def test_home_and_search_show_what_waits_to_whom_it_concerns(office, django_assert_max_num_queries):
    office.planned()
    people_agreeing.propose(office.actor("pegawai"), agency=BIRO, code=STAFF)
    home, looked = f"/i/{BIRO}/2024/beranda/", f"/i/{BIRO}/2024/cari/?q=pegawai+contoh"
    office.section.get(home)
    with django_assert_max_num_queries(12):
        waiting = office.section.get(home).context["decisions"]
    [duty] = [duty for duty in waiting if duty.title.startswith("Sepakati")]
    assert office.section.get(duty.url).status_code == 200
    assert all(not duty.title.startswith("Sepakati") for duty in office.head.get(home).context["decisions"])
    for browser, seen in (
        (office.section, True),
        (office.staff, True),
        (office.colleague, False),
        (office.keeper, False),
    ):
        groups = {group["key"]: group for group in browser.get(looked).context["groups"]}
        assert ("skp" in groups) is seen
        if seen:
            assert browser.get(groups["skp"]["lines"][0]["url"]).status_code == 200


def test_actions_of_the_reform_without_a_report_wait_on_the_home_page(office, signed_in):
    rules = reform.rules_of(2024)
    made = ReformAction(
        "", 2024, "BAG-RBA", "Menyusun peta", "Peta", "peta", (Decimal(1), Decimal(2), Decimal(3), Decimal(4)),
        area=rules.areas[0].code, root_cause="Belum dipetakan.", responsible="KABAG-RBA",
    )  # fmt: skip
    reform.save_action(operator("Contoh"), agency=BIRO, action=made)
    planner = signed_in(Role.PLANNER)
    lines = planner.get(f"/i/{BIRO}/2024/beranda/tugas/saya/").context["lines"]
    [line] = [line for line in lines if "Menyusun peta" in line["title"]]
    assert planner.get(line["url"]).status_code == 200
