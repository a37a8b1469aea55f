"""The agency's own sign-on: who is let in, and every way to cheat that is turned down."""

import time
import urllib.request

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse
from tests.web.accounts.conftest import PASSWORD, made
from tests.web.accounts.sign_on import SignOn, use

from selaras.actions import accounts, invitations
from selaras.core.access import Actor, Role, operator
from selaras.store import models as tables

LOGIN = "/akun/oidc/instansi/login/"

pytestmark = pytest.mark.slow


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def follow(address):
    """What a browser does at the sign-on: it is sent back with a code."""
    try:
        urllib.request.build_opener(NoRedirect).open(address, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("the sign-on did not send back")


def come_in(client):
    """The whole way, from the button to the answer of the last page."""
    leaving = client.post(LOGIN)
    assert leaving.status_code == 302, leaving.content.decode()
    back = follow(leaving["Location"])
    return client.get(back.removeprefix("http://testserver"))


@pytest.fixture
def sign_on(settings):
    with SignOn() as running:
        use(settings, running)
        yield running


def inside(client):
    return "_auth_user_id" in client.session


def test_a_verified_address_opens_the_account_that_has_it(client, ani, sign_on):
    assert "Masuk dengan Akun Instansi Contoh" in client.get(reverse("account_login")).content.decode()
    assert come_in(client)["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(ani.pk)
    assert SocialAccount.objects.get().user == ani
    details = list(tables.AuditRecord.objects.order_by("pk").values_list("action", "details"))
    assert details[0][0] == "menautkan akun instansi"
    action, told = details[-1]
    assert (action, told["how"], set(told)) == ("masuk", "akun instansi", {"how", "errand"})


@pytest.mark.parametrize("back", [False, True], ids=["taken", "left-and-taken-back"])
def test_an_address_that_people_gave_themselves_opens_nothing(client, agency, sign_on, back):
    mallory = made("mallory", (Role.PLANNER, agency), email="ani@contoh.example" if back else "")
    by = Actor("Mallory", login=mallory.username)
    for email in ["lain@contoh.example"] * back + ["ani@contoh.example"]:
        accounts.set_own_profile(by, email=email, mail_duties=True, language="id")
    assert come_in(client).status_code == 403
    assert not inside(client)
    assert not SocialAccount.objects.exists()


def test_an_invited_address_counts_as_the_administrators_word_and_another_does_not(client, agency, sign_on):
    for number, typed in enumerate(("palsu@contoh.example", "")):
        asked = "lain@contoh.example" if typed else "ani@contoh.example"
        made_one = invitations.invite(
            operator("uji"), role=Role.PLANNER, name="Ani", page="/", agency=agency.code, email=asked
        )
        invitations.accept_invitation(
            Actor("Pengunjung"), secret=made_one.secret, username=f"ani{number}", name="Ani", password=PASSWORD, email=typed
        )  # fmt: skip
    verified = EmailAddress.objects.filter(verified=True).values_list("user__username", "email")
    assert list(verified) == [("ani1", "ani@contoh.example")]
    come_in(client)
    assert client.session["_auth_user_id"] == str(tables.User.objects.get(username="ani1").pk)


def test_who_gave_the_address_links_from_inside(signed, agency, sign_on):
    client = signed(made("budi", (Role.PLANNER, agency)))
    leaving = client.post(f"{LOGIN}?process=connect")
    client.get(follow(leaving["Location"]).removeprefix("http://testserver"))
    assert SocialAccount.objects.get().user.username == "budi"


def test_it_is_known_again_when_its_address_has_changed(client, ani, sign_on):
    come_in(client)
    client.post(reverse("account_logout"))
    sign_on.person["email"] = "ani.baru@contoh.example"
    come_in(client)
    assert inside(client)
    assert SocialAccount.objects.count() == 1


def test_every_request_has_its_own_state_nonce_and_challenge(client, ani, sign_on):
    come_in(client)
    client.post(reverse("account_logout"))
    come_in(client)
    first, second = sign_on.asked
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
        assert len(first[name]) >= 16


@pytest.mark.parametrize(
    "person", [{"email": "siapa@contoh.example"}, {"email_verified": False}, {"email_verified": "true"}, {"email": ""}]
)
def test_nobody_else_gets_in_and_no_account_is_made(client, ani, settings, person):
    with SignOn(**person) as sign_on:
        use(settings, sign_on)
        answer = come_in(client)
    assert answer.status_code == 403
    assert "belum dikenal" in answer.content.decode()
    assert not inside(client)
    assert tables.User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_a_disabled_account_stays_outside(client, ani, sign_on):
    come_in(client)
    client.post(reverse("account_logout"))
    tables.User.objects.filter(pk=ani.pk).update(is_active=False)
    come_in(client)
    assert not inside(client)


def test_a_claim_with_the_login_finds_the_account_where_the_settings_say_so(client, agency, settings):
    settings.OIDC_USERNAME_CLAIM = "preferred_username"
    made("budi", (Role.PLANNER, agency))
    with SignOn(preferred_username="budi", email="") as sign_on:
        use(settings, sign_on)
        come_in(client)
    assert inside(client)


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "lain"}, {"nonce": None}, {"iss": "http://jahat.example"}, {"aud": "klien-lain"},
        {"exp": int(time.time()) - 3600}, {"sub": "orang-lain"},
    ],
    ids=["nonce", "no-nonce", "issuer", "audience", "expired", "subject"],
)  # fmt: skip
def test_a_token_that_is_not_for_this_sign_in_is_turned_down(client, ani, sign_on, spoil):
    sign_on.spoil = lambda claims: {key: value for key, value in (claims | spoil).items() if value is not None}
    answer = come_in(client)
    assert "Akun instansi belum dapat dipakai" in answer.content.decode()
    assert not inside(client)


def test_a_token_signed_by_another_key_is_turned_down(client, ani, sign_on):
    sign_on.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    come_in(client)
    assert not inside(client)


def test_a_discovery_that_speaks_for_another_issuer_is_turned_down(client, ani, sign_on):
    sign_on.issuer_told = "http://jahat.example"
    assert client.post(LOGIN).status_code == 503


def test_a_code_works_once_and_only_in_the_browser_that_asked(client, ani, sign_on):
    from django.test import Client

    back = follow(client.post(LOGIN)["Location"]).removeprefix("http://testserver")
    thief = Client()
    thief.get(back)
    assert not inside(thief)
    client.get(back)
    assert inside(client)
    client.post(reverse("account_logout"))
    client.get(back)
    assert not inside(client)


def test_a_sign_on_that_is_away_is_told_as_such(client, ani, settings):
    with SignOn() as sign_on:
        use(settings, sign_on)
    answer = client.post(LOGIN)
    assert answer.status_code == 503
    assert "tidak menjawab" in answer.content.decode()


def test_a_link_alone_does_not_sign_anybody_in(client, ani, sign_on):
    assert client.get(LOGIN).status_code == 200
    assert not sign_on.asked


def test_who_cancels_is_back_at_the_door(client, ani, sign_on):
    leaving = client.post(LOGIN)["Location"]
    state = leaving.partition("state=")[2].partition("&")[0]
    answer = client.get(f"{LOGIN}callback/", {"error": "access_denied", "state": state}, follow=True)
    assert "membatalkan" in answer.content.decode()


def test_without_a_sign_on_there_is_no_such_page(client, agency):
    assert client.post(LOGIN).status_code == 404
