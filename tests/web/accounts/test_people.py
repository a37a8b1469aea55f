"""People and roles of an agency: the same questions of every page, and what each form does."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.store.example import AGENCY
from tests.web.accounts.conftest import PASSWORD, made

from selaras.core.access import Role
from selaras.store import models as tables

CODE, YEAR = AGENCY.code, 2024
PAGES = ["accounts:people", "accounts:invite", "accounts:positions", "audit:trail"]
TODAY = date.today()


def at(name, *args, agency=CODE):
    return reverse(name, args=(agency, YEAR, *args))


@pytest.mark.parametrize("name", PAGES)
def test_the_page_opens_within_its_budget(signed, local, ani, name, django_assert_max_num_queries):
    client = signed(local)
    client.get(at(name))
    with django_assert_max_num_queries(12):
        page = client.get(at(name))
    assert page.status_code == 200
    assert "<h1" in page.content.decode()
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", page.content.decode(), flags=re.DOTALL)


def test_the_page_of_a_person_opens_within_its_budget(signed, local, ani, django_assert_max_num_queries):
    client = signed(local)
    client.get(at("accounts:person", "ani"))
    with django_assert_max_num_queries(12):
        page = client.get(at("accounts:person", "ani"))
    assert "Ani Contoh" in page.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_another_agency_is_not_there(signed, local, name):
    assert signed(local).get(at(name, agency="LAIN")).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_who_may_not_is_told_so(signed, ani, name):
    assert signed(ani).get(at(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_signed_in_is_sent_to_sign_in(client, agency, name):
    assert client.get(at(name))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name", ["accounts:disable", "accounts:enable", "accounts:reset_link", "accounts:clear_factors"]
)
def test_what_changes_something_is_not_a_link(signed, local, ani, name):
    assert signed(local).get(at(name, "ani")).status_code == 405


def test_a_person_who_is_not_there_is_404(signed, local):
    client = signed(local)
    assert client.get(at("accounts:person", "siapa")).status_code == 404
    assert client.post(at("accounts:withdraw", 999)).status_code == 404
    assert client.post(at("accounts:seat", 999), {"login": "ani"}).status_code == 404
    assert client.post(at("accounts:withdraw_invitation", 999)).status_code == 404


def test_people_of_elsewhere_are_not_shown_nor_reached(signed, local, chief):
    other = tables.Agency.objects.create(code="LAIN", name="Instansi Lain", kind="satuan kerja")
    made("dewi", (Role.PLANNER, other))
    client = signed(local)
    assert "dewi" not in client.get(at("accounts:people"), {"siapa": "semua"}).content.decode()
    for name in ("accounts:person", "accounts:disable", "accounts:reset_link"):
        method = client.get if name == "accounts:person" else client.post
        assert method(at(name, "dewi")).status_code == 404
    assert "dewi" in signed(chief).get(at("accounts:people"), {"siapa": "semua"}).content.decode()


def test_the_list_is_filtered(signed, local, ani, agency):
    made("budi", (Role.REVIEWER, agency), is_active=False)
    client = signed(local)

    def names(**asked):
        return set(re.findall(r'class="cell-sub">(\w+)<', client.get(at("accounts:people"), asked).content.decode()))

    assert names() == {"kepala", "lokal", "ani", "budi"}
    assert names(cari="ANI") == {"ani"}
    assert names(peran=Role.REVIEWER.value) == {"budi"}
    assert names(keadaan="nonaktif") == {"budi"}
    assert names(cari="tidak ada") == set()


def test_a_role_is_given_for_a_unit_and_days_and_taken_away(signed, local, ani, agency):
    client = signed(local)
    unit = tables.Unit.objects.filter(agency=agency).first()
    answer = client.post(
        at("accounts:person", "ani"),
        {
            "role": Role.OWNER.value,
            "unit": unit.code,
            "since": TODAY.isoformat(),
            "until": (TODAY + timedelta(9)).isoformat(),
        },
    )
    assert answer.status_code == 302
    grant = tables.RoleGrant.objects.get(user=ani, role=Role.OWNER.value)
    assert (grant.unit, grant.since, grant.until) == (unit, TODAY, TODAY + timedelta(9))
    assert unit.name in client.get(at("accounts:person", "ani")).content.decode()
    client.post(at("accounts:withdraw", grant.pk), {"login": "ani"})
    assert not tables.RoleGrant.objects.filter(pk=grant.pk).exists()


def test_a_refused_role_is_shown_on_the_form_with_what_was_typed(signed, local, ani):
    page = signed(local).post(at("accounts:person", "ani"), {"role": Role.PLANNER.value, "unit": ""})
    assert page.status_code == 422
    assert "sudah dipegang" in page.content.decode()


def test_the_form_does_not_offer_more_than_one_has(signed, local, ani, agency, chief):
    unit = tables.Unit.objects.filter(agency=agency).first()
    officer = made("unitadmin")
    tables.RoleGrant.objects.create(user=officer, role=Role.ADMINISTRATOR.value, agency=agency, unit=unit)
    client = signed(officer)
    page = client.get(at("accounts:person", "ani")).content.decode()
    assert "Seluruh instansi" not in page
    assert client.post(at("accounts:person", "ani"), {"role": Role.OWNER.value, "unit": ""}).status_code == 422
    everywhere = tables.RoleGrant.objects.get(user=chief)
    assert client.post(at("accounts:withdraw", everywhere.pk)).status_code == 403
    assert client.post(at("accounts:disable", "ani")).status_code == 403


def test_an_invitation_goes_all_the_way(signed, local, client):
    page = signed(local).post(
        at("accounts:invite"),
        {"name": "Budi Contoh", "role": Role.REPORTER.value, "unit": "", "email": "", "days": "7"},
    )
    link = re.search(r'value="http://testserver(/undangan/[^"]+)"', page.content.decode()).group(1)
    assert "Budi Contoh" in client.get(at("accounts:people")).content.decode()
    client.logout()
    form = client.get(link)
    assert form.status_code == 200
    assert form["Cache-Control"].startswith("max-age=0")
    wrong = client.post(link, {"name": "Budi", "username": "b", "password": "x", "again": "y"})
    assert wrong.status_code == 422
    weak = client.post(link, {"name": "Budi", "username": "budi", "password": "pendek", "again": "pendek"})
    assert weak.status_code == 422
    done = client.post(
        link, {"name": "Budi Contoh", "username": "budi", "email": "", "password": PASSWORD, "again": PASSWORD}
    )
    assert done["Location"] == reverse("home")
    assert "_auth_user_id" in client.session
    assert client.get(link).status_code == 404
    assert tables.RoleGrant.objects.get(user__username="budi").role == Role.REPORTER.value


def test_who_has_an_account_accepts_with_it(signed, local, ani, client):
    page = signed(local).post(
        at("accounts:invite"), {"name": "Ani", "role": Role.REPORTER.value, "unit": "", "email": "", "days": "7"}
    )
    link = re.search(r'value="http://testserver(/undangan/[^"]+)"', page.content.decode()).group(1)
    signed(ani)
    assert "Terima" in client.get(link).content.decode()
    assert client.post(link)["Location"] == reverse("home")
    assert ani.role_grants.count() == 2


def test_an_invitation_is_taken_back(signed, local):
    client = signed(local)
    client.post(
        at("accounts:invite"), {"name": "Budi", "role": Role.REPORTER.value, "unit": "", "email": "", "days": "7"}
    )
    row = tables.Invitation.objects.get()
    client.post(at("accounts:withdraw_invitation", row.pk))
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_an_account_is_switched_off_and_on_and_gets_a_link(signed, local, ani):
    client = signed(local)
    client.post(at("accounts:disable", "ani"), {"reason": "pindah"})
    ani.refresh_from_db()
    assert not ani.is_active
    assert "nonaktif" in client.get(at("accounts:person", "ani")).content.decode()
    client.post(at("accounts:enable", "ani"))
    page = client.post(at("accounts:reset_link", "ani")).content.decode()
    assert re.search(r"http://testserver/akun/password/reset/key/[^\"]+", page)
    assert client.post(at("accounts:clear_factors", "ani")).status_code == 422


def test_the_last_administrator_stays(signed, chief):
    client = signed(chief)
    grant = chief.role_grants.get()
    answer = client.post(at("accounts:withdraw", grant.pk))
    assert answer.status_code == 422
    assert "terakhir" in answer.content.decode()


def test_a_holder_is_linked_with_an_account_and_the_position_gets_a_role(signed, local, ani, agency):
    client = signed(local)
    position = tables.Position.objects.filter(agency=agency).first()
    tenure = tables.Tenure.objects.create(
        agency=agency, position=position, name="Ani Contoh", capacity="Plt.", since=TODAY
    )
    tables.User.objects.filter(pk=ani.pk).update(name="Ani Contoh")
    lines = client.get(at("accounts:positions")).context["positions"]
    (holder,) = [holder for line in lines for holder in line["holders"] if holder["row"].pk == tenure.pk]
    assert (holder["user"], holder["suggested"]) == (None, "ani"), "an account of the same name is proposed"
    client.post(at("accounts:seat", tenure.pk), {"login": "ani"})
    assert tables.Seat.objects.get(tenure=tenure).user == ani
    client.post(at("accounts:positions"), {"position": position.code, "role": Role.SUPERIOR.value, "unit": ""})
    assert tables.RoleGrant.objects.get(position=position).role == Role.SUPERIOR.value
    page = client.get(at("accounts:positions")).content.decode()
    assert "Plt." in page
    assert "atasan" in page
    client.post(at("accounts:seat", tenure.pk), {"login": ""})
    assert not tables.Seat.objects.exists()
    assert client.post(at("accounts:positions"), {"position": "X", "role": "atasan"}).status_code == 422
