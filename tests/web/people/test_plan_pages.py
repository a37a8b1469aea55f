"""Pages of one's own SKP and of one's people: they open for the right ones, cost little, and change what they say."""

import pytest
from tests.web.conftest import BIRO, KPU
from tests.web.people.conftest import HEAD, SECTION, STAFF

from selaras.core.access import Role
from selaras.store import models as tables

BASE = f"/i/{BIRO}/2024/skp/"


def plan(code, *more):
    return BASE + "/".join([code, *more]) + "/"


def state(code=STAFF):
    return tables.SkpPlan.objects.get(code=code).state


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("head", BASE), ("staff", BASE), ("staff", BASE + "buat/"), ("section", BASE + "bawahan/"), ("staff", plan(STAFF)),
        ("section", plan(STAFF)), ("head", plan(HEAD)), ("staff", plan(STAFF, "hasil", "baru")), ("staff", plan(STAFF, "hasil", "1")),
        ("staff", plan(STAFF, "hasil", "tarik")), ("staff", plan(STAFF, "percakapan")), ("section", plan(STAFF, "penilaian")),
        ("section", plan(SECTION, "matriks")), ("staff", plan(SECTION, "matriks")), ("section", BASE + "keselarasan/"),
        ("section", BASE + "penjenjangan/"), ("above", BASE + "distribusi/"), ("above", BASE + "predikat-organisasi/"),
        ("keeper", BASE + "pegawai/"), ("keeper", BASE + "pegawai/periksa/"),
    ],
)  # fmt: skip
def test_each_page_opens_within_its_budget(who, address, office, django_assert_max_num_queries):
    browser = getattr(office.planned(), who)
    browser.get(address)
    with django_assert_max_num_queries(12):
        answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]


def test_one_s_own_plans_stand_on_the_first_page(office):
    page = office.planned().head.get(BASE).content.decode()
    assert HEAD in page
    assert SECTION not in page
    assert "Draf" in page
