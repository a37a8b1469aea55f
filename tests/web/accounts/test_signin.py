"""Signing in and out: by password, with a second factor; lockout, sessions that end, and what the trail says."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from tests.web.accounts.conftest import PASSWORD
from tests.web.accounts.mailbox import Mailbox, use

from selaras.actions import accounts
from selaras.core.access import operator
from selaras.store import models as tables
from selaras.web.accounts.sessions import BEGUN, SEEN

LOGIN = reverse("account_login")


def enter(client, login="ani", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def enter_again(client):
    """Sign in and give the password once more, as pages about security ask."""
    enter(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def actions():
    return list(tables.AuditRecord.objects.order_by("pk").values_list("action", flat=True))


def test_the_page_speaks_indonesian_and_has_no_inline_script(client):
    page = client.get(LOGIN, headers={"Accept-Language": "en-US"})
    text = page.content.decode()
    assert '<html lang="id"' in text
    assert "Nama pengguna atau surel" in text
    assert "Masuk dengan passkey" in text
    assert "script-src 'self';" in page["Content-Security-Policy"] + ";"
    for tag in re.findall(r"<script[^>]*>", text):
        assert " src=" in tag or 'type="application/json"' in tag, tag
    assert "style=" not in text


@pytest.mark.parametrize("login", ["ani", "ani@contoh.example", "ANI@contoh.example"])
def test_a_person_signs_in_by_login_or_address(client, ani, login):
    answer = enter(client, login)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(ani.pk)
    assert actions() == ["masuk"]
    details = tables.AuditRecord.objects.get().details
    assert details == {"how": "kata sandi", "errand": answer["X-Request-ID"]}


def test_the_same_words_for_a_wrong_password_and_an_unknown_person(client, ani):
    told = {
        re.sub(r"value=\"\w*\"|hx-headers='[^']*'", "", enter(client, *pair).content.decode())
        for pair in [("ani", "x"), ("budi", "x")]
    }
    assert len(told) == 1
    assert "Nama pengguna atau kata sandi salah." in told.pop()
    assert actions() == ["gagal masuk", "gagal masuk"]
    assert [row.actor for row in tables.AuditRecord.objects.order_by("pk")] == ["ani", "Pengunjung"]


def test_what_is_typed_as_a_login_stays_out_of_the_trail(client, ani):
    enter(client, "kata-sandi-saya-rahasia", "x")
    row = tables.AuditRecord.objects.get()
    assert "rahasia" not in f"{row.actor} {row.details}"


def test_after_five_wrong_passwords_the_right_one_waits_too(client, ani):
    for _ in range(5):
        enter(client, password="salah")
    answer = enter(client)
    assert answer.status_code == 200
    assert "Terlalu banyak percobaan" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_disabled_account_does_not_get_in_and_is_thrown_out_at_once(client, ani, chief):
    enter(client)
    assert client.get(reverse("profile")).status_code == 200
    accounts.disable_user(operator("o"), username="ani")
    assert client.get(reverse("profile")).status_code == 302
    accounts.enable_user(operator("o"), username="ani")
    assert client.get(reverse("profile")).status_code == 302, "the old session does not come back to life"
    accounts.disable_user(operator("o"), username="ani")
    answer = enter(client)
    assert "_auth_user_id" not in client.session
    assert answer.status_code in {200, 302}


def test_signing_out_is_a_form_and_ends_the_session(client, ani):
    enter(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert actions()[-1] == "keluar"


def test_nobody_signs_up(client):
    assert "undangan" in client.get(reverse("account_signup")).content.decode()
    client.post(
        reverse("account_signup"),
        {"username": "x", "email": "x@x.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not tables.User.objects.exists()


@pytest.mark.parametrize(("key", "limit"), [(SEEN, "SESSION_IDLE"), (BEGUN, "SESSION_COOKIE_AGE")])
def test_a_session_ends_when_idle_and_at_the_end_of_the_day(client, ani, settings, key, limit):
    enter(client)
    session = client.session
    session[key] = int(time.time()) - getattr(settings, limit) + 30
    session.save()
    assert client.get(reverse("profile")).status_code == 200
    session = client.session
    session[key] = int(time.time()) - getattr(settings, limit) - 1
    session.save()
    answer = client.get(reverse("profile"), follow=True)
    assert "Sesi Anda sudah berakhir" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_looking_at_pages_keeps_a_session_alive_with_one_note_a_minute(client, ani, django_assert_num_queries):
    enter(client)
    session = client.session
    session[SEEN] = before = int(time.time()) - 120
    session.save()
    client.get(reverse("profile"))
    assert client.session[SEEN] > before


def test_htmx_is_told_that_the_session_is_over_instead_of_shown_a_sign_in_page(client, ani):
    assert client.get(reverse("profile"), headers={"HX-Request": "true"}).status_code == 401


def test_the_password_is_changed_with_the_old_one_and_other_sessions_end(client, ani, django_user_model):
    from django.test import Client

    other = Client()
    enter(other)
    enter(client)
    new = "paus-hijau-tenang-9"
    page = client.post(reverse("account_change_password"), {"oldpassword": "salah", "password1": new, "password2": new})
    assert "salah" in page.content.decode()
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert django_user_model.objects.get(username="ani").check_password(new)
    assert client.get(reverse("profile")).status_code == 200
    assert other.get(reverse("profile")).status_code == 302
    assert "mengganti kata sandi sendiri" in actions()


def test_a_forgotten_password_is_mended_by_mail(client, ani, settings):
    with Mailbox() as mailbox:
        use(settings, mailbox)
        assert "Kirim tautan" in client.get(reverse("account_reset_password")).content.decode()
        client.post(reverse("account_reset_password"), {"email": "ani@contoh.example"})
        client.post(reverse("account_reset_password"), {"email": "siapa@contoh.example"})
    first, second = mailbox.messages
    assert "tidak ada akun" in second.get_content()
    path = re.search(r"https?://[^/]+(/\S+)", first.get_content()).group(1)
    set_password(client, path)
    assert set_password(client, path) is None, "the link works once"


def set_password(client, path, new="paus-hijau-tenang-9"):
    page = client.get(path, follow=True)
    if "tidak berlaku lagi" in page.content.decode():
        return None
    return client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})


def test_a_link_from_an_administrator_sets_a_password(client, ani, django_user_model):
    uid, _, key = accounts.reset_key(operator("o"), username="ani").partition("-")
    set_password(client, reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key}))
    assert django_user_model.objects.get(username="ani").check_password("paus-hijau-tenang-9")


def test_without_a_mail_server_the_page_says_whom_to_ask(client):
    assert "administrator instansi" in client.get(reverse("account_reset_password")).content.decode()


@pytest.fixture
def with_app(client, ani, django_capture_on_commit_callbacks):
    """Ani has switched an authenticator app on; gives her secret."""
    enter_again(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "data:image/svg+xml" in page
    secret = re.search(r"<code>(\w+)</code>", page).group(1)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_the_second_factor_is_asked_and_its_secret_lies_encrypted(client, with_app, ani, settings):
    stored = Authenticator.objects.get(user=ani, type="totp").data
    assert with_app not in str(stored)
    client.post(reverse("account_logout"))
    answer = enter(client)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    page = client.get(reverse("mfa_authenticate")).content.decode()
    assert "Langkah kedua" in page
    assert "salah" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    from django.core.cache import cache

    cache.clear()
    code = totp.format_hotp_value(totp.hotp_value(with_app, next(iter(totp.yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in client.session
    assert tables.AuditRecord.objects.order_by("-pk").first().details["how"] == "kata sandi, aplikasi autentikator"


def test_a_recovery_code_opens_once(client, with_app, ani):
    client.post(reverse("mfa_generate_recovery_codes"))
    assert "menambah faktor kedua" in actions()
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\w+)</code>", page)
    assert len(codes) == 10
    for status in (302, 200):
        client.post(reverse("account_logout"))
        enter(client)
        assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == status


def test_an_administrator_helps_who_lost_the_telephone(client, with_app, ani):
    accounts.clear_second_factors(operator("o"), username="ani")
    enter(client)
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "account_change_password", "socialaccount_connections", "account_reauthenticate", "mfa_activate_totp"]
)  # fmt: skip
def test_every_page_of_ones_security_is_ours_and_keeps_the_policy(client, ani, name):
    enter_again(client)
    page = client.get(reverse(name))
    text = page.content.decode()
    assert page.status_code == 200
    assert "plain-sheet" in text
    assert "style=" not in text
    for tag in re.findall(r"<script[^>]*>", text):
        assert " src=" in tag or 'type="application/json"' in tag, tag


def test_the_addresses_page_of_the_library_leads_to_the_profile(client, ani):
    enter(client)
    assert client.get(reverse("account_email"))["Location"] == reverse("profile")


def test_a_change_of_security_asks_for_the_password_again(client, ani):
    enter(client)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
