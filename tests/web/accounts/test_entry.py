"""The front door: first run, choice of agency, language, own profile, notices."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.store.example import AGENCY
from tests.web.accounts.conftest import PASSWORD, made

from selaras.actions import notices, setup
from selaras.core.access import Role, operator
from selaras.store import models as tables
from selaras.store.accounts import setup_code_file

ACCOUNT = {"name": "Kepala Contoh", "username": "kepala", "email": "", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def fresh(settings, tmp_path, db):
    """An empty installation with the code that its terminal shows."""
    settings.DATA = tmp_path
    return setup.issue_setup_code(operator("operator"))


def test_an_empty_installation_leads_through_setup_without_a_manual_step(client, fresh):
    assert client.get("/")["Location"] == reverse("setup")
    page = client.get(reverse("setup"), {"kode": fresh}).content.decode()
    assert f'value="{fresh}"' in page
    done = client.post(reverse("setup"), {**ACCOUNT, "code": fresh})
    assert done["Location"] == reverse("new_agency")
    assert not setup_code_file().exists()
    assert client.get(reverse("setup")).status_code == 404
    page = client.get(reverse("new_agency")).content.decode()
    assert "Muat instansi contoh" in page
    answer = client.post(
        reverse("new_agency"),
        {"name": "Dinas Contoh", "short_name": "Dinas", "code": "dinas", "kind": "perangkat daerah", "year": "2026"},
    )
    assert answer["Location"] == "/i/DINAS/2026/beranda/"
    assert tables.Agency.objects.get().code == "DINAS"
    assert client.get("/").status_code == 302
    assert "/i/DINAS/2026/" in client.get("/")["Location"]
    assert tables.ReportSettings.objects.get().scale == "permendagri-54-2010", "no other region's scale"
    second = {
        "name": "Badan Contoh",
        "short_name": "Badan",
        "code": "badan",
        "kind": "perangkat daerah",
        "year": "2027",
    }
    opened = client.post(reverse("new_agency"), second, follow=True)
    assert opened.redirect_chain[-1][0] == "/i/BADAN/2027/beranda/", "the new agency, not the choice among all"
    assert "Badan Contoh sudah dibuka." in opened.content.decode()


def test_without_the_code_nobody_takes_the_installation(client, fresh):
    for code in ("", "AAAA-BBBB-CCCC-DDDD"):
        answer = client.post(reverse("setup"), {**ACCOUNT, "code": code})
        assert answer.status_code == 422
    assert not tables.User.objects.exists()
    assert client.get(reverse("new_agency"))["Location"].startswith(reverse("account_login"))


def test_the_samples_are_loaded_with_their_people(client, fresh):
    client.post(reverse("setup"), {**ACCOUNT, "code": fresh})
    page = client.post(reverse("samples"), {"accounts": "on"}).content.decode()
    assert "contoh.perencana" in page
    password = re.search(r'<code class="fs-5">([^<]+)</code>', page).group(1)
    client.logout()
    client.post(reverse("account_login"), {"login": "contoh.pereviu", "password": password})
    page = client.get("/").content.decode()
    assert "Biro Organisasi" in page
    assert "Sekretariat KPU" in page


def test_only_the_administrator_of_everything_opens_agencies(signed, local):
    client = signed(local)
    assert client.get(reverse("new_agency")).status_code == 403
    assert client.post(reverse("samples")).status_code == 403
    assert client.get(reverse("samples")).status_code == 405


def test_a_refused_agency_keeps_what_was_typed(signed, chief):
    page = signed(chief).post(
        reverse("new_agency"),
        {"name": "Nama Baru", "short_name": "N", "code": AGENCY.code, "kind": "perangkat daerah", "year": "2026"},
    )
    assert page.status_code == 422
    assert "Nama Baru" in page.content.decode()


def test_everybody_else_sees_a_landing_page(client, chief):
    page = client.get("/")
    assert page.status_code == 200
    assert reverse("account_login") in page.content.decode()
    assert reverse("public:agencies") in page.content.decode()


def test_who_has_one_agency_goes_there_and_may_still_choose(signed, local, django_assert_max_num_queries):
    client = signed(local)
    with django_assert_max_num_queries(12):
        assert client.get("/")["Location"].startswith(f"/i/{AGENCY.code}/")
    assert AGENCY.name in client.get("/?pilih").content.decode()


def test_who_has_many_agencies_chooses_by_words(signed, agency):
    for number in range(12):
        tables.Agency.objects.create(code=f"D{number}", name=f"Dinas {number}", short_name="x", kind="perangkat daerah")
    client = signed(made("pusat", (Role.REVIEWER, None)))
    assert client.get("/").content.decode().count("list-group-item-action") == 13
    page = client.get("/", {"cari": "dinas 11", "pilih": ""}).content.decode()
    assert page.count("list-group-item-action") == 1


def test_who_has_no_role_is_told_whom_to_ask(signed, chief):
    assert "belum memiliki peran" in signed(made("baru")).get("/").content.decode()


def test_the_language_follows_the_account_to_another_browser(client, ani):
    client.post(reverse("account_login"), {"login": "ani", "password": PASSWORD})
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/akun/saya/"})
    assert answer["Location"] == "/akun/saya/"
    assert '<html lang="en"' in client.get(reverse("profile")).content.decode()
    from django.test import Client

    other = Client()
    other.post(reverse("account_login"), {"login": "ani", "password": PASSWORD})
    assert other.cookies["selaras_language"].value == "en"


def test_a_visitor_switches_the_language_and_is_sent_nowhere_else(client, chief):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "https://jahat.example/"})
    assert answer["Location"] == "/"
    assert '<html lang="en"' in client.get(reverse("account_login")).content.decode()
    client.post(reverse("set_language"), {"language": "xx"})
    assert '<html lang="en"' in client.get(reverse("account_login")).content.decode()


def test_the_own_profile_is_changed(signed, ani):
    client = signed(ani)
    page = client.post(reverse("profile"), {"email": "baru@contoh.example", "language": "id"})
    assert page.status_code == 302
    ani.refresh_from_db()
    assert (ani.email, ani.mail_duties) == ("baru@contoh.example", False)
    made("budi", email="budi@contoh.example")
    page = client.post(reverse("profile"), {"email": "budi@contoh.example", "language": "id"})
    assert page.status_code == 422
    assert "sudah dipakai" in page.content.decode()


def test_the_other_sessions_end(signed, ani, client):
    from django.test import Client

    other = Client()
    other.force_login(ani, backend="allauth.account.auth_backends.AuthenticationBackend")
    signed(ani).post(reverse("end_sessions"))
    assert other.get(reverse("profile")).status_code == 302
    assert client.get(reverse("profile")).status_code == 200


def test_notices_are_listed_opened_and_read(signed, ani, django_assert_max_num_queries):
    for number in range(3):
        notices.notify(
            operator("o"), agency=AGENCY.code, text=f"Tugas {number}", url=f"/i/{AGENCY.code}/{number}/", logins=["ani"]
        )
    client = signed(ani)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("notices")).content.decode()
    assert page.count("Tugas") >= 3
    first = tables.Notice.objects.filter(user=ani).first()
    assert client.get(reverse("notice", args=[first.pk]))["Location"] == first.url
    first.refresh_from_db()
    assert first.read_at is not None
    assert page.count("list-group-item-action") == 3
    assert client.get(reverse("notices"), {"baru": "1"}).content.decode().count("list-group-item-action") == 2
    client.post(reverse("notices_read"))
    assert not tables.Notice.objects.filter(read_at__isnull=True).exists()


def test_somebody_elses_notice_is_not_there(signed, ani, chief):
    notices.notify(operator("o"), agency=AGENCY.code, text="Tugas", logins=["kepala"])
    assert signed(ani).get(reverse("notice", args=[tables.Notice.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("url", ["https://jahat.example/", "//jahat.example/", "/\\jahat.example/", ""])
def test_a_notice_leads_only_to_ourselves(signed, ani, url):
    notice = tables.Notice.objects.create(user=ani, text="Tugas", url=url)
    assert signed(ani).get(reverse("notice", args=[notice.pk]))["Location"] == reverse("notices")


def test_an_invitation_that_holds_no_more_is_404(client, chief):
    assert client.get(reverse("invitation", args=["tidak-ada"])).status_code == 404
    assert client.get("/undangan/../mulai/").status_code == 404


def test_the_year_to_begin_with_is_the_last_one_there_is(agency):
    from selaras.store.places import doors

    (door,) = doors(operator("o"), this_year=2199)
    assert door.year == tables.ReportSettings.objects.filter(agency=agency).latest("year").year
    tables.ReportSettings.objects.filter(agency=agency).update(year=date.today().year)
    (door,) = doors(operator("o"), this_year=date.today().year)
    assert door.year == date.today().year


def test_a_plan_alone_opens_no_year_until_somebody_begins_it(agency):
    from selaras.store.places import doors

    last = tables.ReportSettings.objects.filter(agency=agency).latest("year").year
    tables.StrategicPlan.objects.update_or_create(
        agency=agency, defaults={"first_year": last, "last_year": last + 4, "sequence": 1}
    )
    assert [doors(operator("o"), this_year=last + more)[0].year for more in (-5, 0, 1)] == [last, last, last]
    tables.ReportSettings.objects.create(agency=agency, year=last + 1)
    assert [doors(operator("o"), this_year=last + more)[0].year for more in (0, 1, 2)] == [last, last + 1, last + 1]
