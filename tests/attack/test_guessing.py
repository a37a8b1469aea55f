"""Guessing, staying, and being sent elsewhere: rates, secrets, sessions, cookies, redirects, frames, other origins."""

import ast
import html
import inspect
import json
import math
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.attack.addresses import every
from tests.attack.conftest import browser, person
from tests.web.conftest import BIRO

from selaras.actions import accounts
from selaras.actions.invitations import invite
from selaras.actions.tokens import create_token
from selaras.core.access import Actor, Role, Scope, operator
from selaras.store import models as tables

pytestmark = pytest.mark.slow
SOURCE = Path(__file__).parents[2] / "src" / "selaras"
PASSWORD = "kuda-laut-biru-77"
OUTSIDE = [
    "https://jahat.example/", "//jahat.example/", "/\\jahat.example/", "\\\\jahat.example", "https:jahat.example", "javascript:alert(1)",
    "data:text/html,x", "http:///jahat.example", "https://localhost@jahat.example/", "///jahat.example", "\t//jahat.example",
]  # fmt: skip


@pytest.fixture
def ani(inside, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    person("kepala", Role.ADMINISTRATOR, agency=None)
    user = person("ani", Role.PLANNER, Role.OWNER)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": "ani", "password": password, **more})


def test_a_password_is_guessed_five_times_and_then_not_even_the_right_one_opens(ani):
    before = set(Session.objects.values_list("pk", flat=True))
    for number in range(5):
        assert sign_in(Client(), f"salah-{number}").status_code == 200
    assert sign_in(Client()).status_code != 302
    made = Session.objects.exclude(pk__in=before)
    assert not any("_auth_user_id" in row.get_decoded() for row in made)


def test_one_address_that_tries_many_accounts_is_slowed_down_too(ani):
    answers = [
        Client().post(reverse("account_login"), {"login": f"orang{number}", "password": "x"}) for number in range(35)
    ]
    assert "0" not in {answer.status_code for answer in answers}
    assert sign_in(Client()).status_code != 302


def test_the_key_of_a_session_changes_when_somebody_signs_in(ani):
    client = Client()
    session = client.session
    session["x"] = "von Fremden gesetzt"
    session.save()
    client.cookies[live.SESSION_COOKIE_NAME] = session.session_key
    before = session.session_key
    assert sign_in(client).status_code == 302
    after = client.cookies[live.SESSION_COOKIE_NAME].value
    assert after != before
    assert not Session.objects.filter(session_key=before).exists(), "who knew the key before has nothing"


def test_a_key_that_a_visitor_made_up_is_not_taken(ani):
    client = Client()
    client.cookies[live.SESSION_COOKIE_NAME] = "a" * 32
    assert sign_in(client).status_code == 302
    assert client.cookies[live.SESSION_COOKIE_NAME].value != "a" * 32


def test_a_session_ends_with_the_password_and_with_the_account(ani):
    page = reverse("records:kinds", args=[BIRO, 2024])
    first, second = browser(ani), browser(ani)
    assert first.get(page).status_code == 200
    ani.set_password("gajah-duduk-hijau-88")
    ani.save()
    assert first.get(page).status_code == 302
    second = browser(tables.User.objects.get(pk=ani.pk))
    assert second.get(page).status_code == 200
    accounts.disable_user(operator("operator"), username="ani")
    assert second.get(page).status_code == 302
    assert not [row for row in Session.objects.all() if row.get_decoded().get("_auth_user_id") == str(ani.pk)]


def test_a_token_ends_with_the_account_its_day_and_its_withdrawal(ani):
    def ask(secret):
        return Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/me").status_code

    actor = Actor("Contoh ani", login="ani")
    first, secret = create_token(actor, name="uji", scopes=[Scope.READ])
    assert ask(secret) == 200
    for wrong in (secret[:-1], secret + "x", secret.upper(), "selaras_" + "A" * 43, "", "null"):
        assert ask(wrong) == 401
    tables.ApiToken.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask(secret) == 401
    tables.ApiToken.objects.filter(pk=first.pk).update(expires_at=None, revoked_at=timezone.now())
    assert ask(secret) == 401
    tables.ApiToken.objects.filter(pk=first.pk).update(revoked_at=None)
    assert ask(secret) == 200
    accounts.disable_user(operator("operator"), username="ani")
    assert ask(secret) == 401


def test_no_secret_has_less_than_a_hundred_bits_and_each_is_kept_as_a_hash(inside):
    """Keys that open something without further proof; codes that only name a public thing need fewer."""
    from selaras.actions import culture_surveys, setup, tickets

    assert 8 * tickets.SECRET_BYTES >= 80, "and a ticket is also locked after wrong tries"
    assert 8 * culture_surveys.TOKEN_BYTES >= 100
    assert setup.GROUPS * setup.GROUP * math.log2(len(set(setup.LETTERS))) >= 60, (
        "works once, on a new installation only"
    )
    made = invite(
        operator("operator"), role=Role.PLANNER, name="Baru", email="", agency=BIRO, page="http://localhost/undangan/"
    )
    assert len(made.secret) >= 43
    assert made.secret not in json.dumps(list(tables.Invitation.objects.values()), default=str)
    _row, secret = create_token(Actor("X", login=person("x", Role.PLANNER).username), name="uji", scopes=[Scope.READ])
    assert len(secret) >= 43
    assert secret not in json.dumps(list(tables.ApiToken.objects.values()), default=str)


def sources():
    return [(path, path.read_text()) for path in SOURCE.rglob("*.py")]


def test_no_secret_comes_from_a_generator_that_can_be_foreseen():
    used = {
        path.relative_to(SOURCE).as_posix()
        for path, text in sources()
        if "random" in text
        for node in ast.walk(ast.parse(text))
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "random"
            and node.attr != "SystemRandom"
        )
        or (isinstance(node, ast.ImportFrom) and node.module == "random")
    }
    assert {path for path in used if path.startswith(("web/", "api/", "store/"))} == set()
    allowed = re.compile(r"statistic|sampl|demo|culture|analytics|evaluation|nation|bootstrap")
    assert {path for path in used if not allowed.search(path)} == set(), (
        "a generator with a seed is for samples and statistics"
    )


def test_secrets_are_compared_by_hash_or_in_constant_time():
    """`==` on a secret tells by its time how far a guess was right; a hash that is looked up tells nothing."""
    wrong = []
    for path, text in sources():
        telling = re.search(r"(?i)secret|passphrase|password|pin\b", text) and re.search("[!=]=", text)
        for node in ast.walk(ast.parse(text)) if telling else ():
            if isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
                sides = [ast.unparse(side).lower() for side in (node.left, *node.comparators)]
                telling = any(re.search(r"(?<![a-z_])(secret|passphrase|password|pin)$", side) for side in sides)
                if telling and not any(side in {"''", '""'} for side in sides):
                    wrong.append((path.relative_to(SOURCE).as_posix(), node.lineno, ast.unparse(node)))
    assert wrong == []


@pytest.mark.parametrize("target", OUTSIDE)
def test_signing_in_and_choosing_a_language_lead_nowhere_else(ani, target):
    client = Client()
    answer = sign_in(client, next=target)
    assert leads_home(answer), answer["Location"]
    assert leads_home(client.post(reverse("set_language"), {"language": "en", "next": target}))


def leads_home(answer):
    place = answer.headers.get("Location", "/")
    return place.startswith("/") and not place.startswith(("//", "/\\")) and "jahat" not in place.partition("?")[0]


def going_back():
    """Every page that is opened by GET and may be told where to go back to, with a target: in each module all of them."""
    homes = {}
    for one in every():
        if one.inside and one.pattern.count("<") == 2 and one.door and "GET" in one.door.methods:
            homes.setdefault(inspect.getsourcefile(inspect.unwrap(one.view)), []).append(one)
    for home, pages in homes.items():
        source = Path(home).read_text()
        if any(word in source for word in ("kembali", "next", "back_of")):
            for turn in range(max(len(pages), len(OUTSIDE))):
                yield pages[turn % len(pages)], OUTSIDE[turn % len(OUTSIDE)]


def test_no_page_leads_outside_by_what_its_address_says(inside, people):
    tried = list(going_back())
    for one, target in tried:
        answer = people["everybody"].get(one.at(BIRO, 2024), {"kembali": target, "next": target})
        assert leads_home(answer), (one.pattern, target)
        if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            for link in re.findall(r"(?:href|action|hx-get|hx-post)=\"([^\"]*)\"", answer.content.decode()):
                link = html.unescape(link).strip()
                place = link.partition("?")[0]
                assert "jahat" not in place, (one.pattern, link)
                assert not place.lower().startswith(("javascript:", "data:")), (one.pattern, link)
    assert len({one.pattern for one, _ in tried}) > 10


def test_another_host_name_is_not_answered(inside, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    for host in ("jahat.example", "localhost.jahat.example", "localhost@jahat.example", "localhost:80:80"):
        assert Client(headers={"Host": host}).get("/akun/login/").status_code == 400
    answer = Client(headers={"Host": "localhost", "X-Forwarded-Host": "jahat.example"}).get("/akun/password/reset/")
    assert "jahat.example" not in answer.content.decode()


def test_no_other_origin_reads_a_page_inside(people, db):
    for path in (reverse("records:kinds", args=[BIRO, 2024]), "/api/v1/me", "/akun/saya/"):
        answer = people["everybody"].get(path, headers={"Origin": "https://jahat.example"})
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_public_data_are_for_every_origin_and_never_with_cookies(inside):
    for one in every():
        if one.name.startswith(("public:", "service:", "nation_public:")):
            answer = Client().get(one.at(BIRO, 2024), headers={"Origin": "https://lain.example"})
            assert "Access-Control-Allow-Credentials" not in answer.headers, one.pattern
            assert answer.headers.get("Access-Control-Allow-Origin", "*") == "*", one.pattern


def test_a_visitor_who_asks_too_fast_waits_and_others_do_not(inside, settings):
    caches["pace"].clear()
    settings.PUBLIC_PACE = 20
    quick = Client(REMOTE_ADDR="203.0.113.7")
    answers = [quick.get("/publik/").status_code for _ in range(25)]
    assert answers[:20] == [200] * 20
    assert answers[20:] == [429] * 5
    assert Client(REMOTE_ADDR="203.0.113.8").get("/publik/").status_code == 200
    assert quick.get("/health").status_code == 200
    caches["pace"].clear()


@pytest.mark.parametrize(
    "path", ["/publik/", "/undangan/tebakan/", "/survei/isi/tebakan/", "/verifikasi/periksa/tebakan/", "/mulai/"]
)
def test_a_session_that_a_visitor_made_up_buys_no_more_guesses(inside, settings, path):
    caches["pace"].clear()
    settings.PUBLIC_PACE = 5
    client = Client(REMOTE_ADDR="203.0.113.10")
    client.cookies[live.SESSION_COOKIE_NAME] = "a" * 32
    answers = [client.get(path).status_code for _ in range(8)]
    assert 429 not in answers[:5]
    assert answers[5:] == [429] * 3
    caches["pace"].clear()


def factor(ani, kind):
    """A second factor of hers; gives the code that is right at the moment."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal import auth as totp

    secret = totp.generate_totp_secret()
    totp.TOTP.activate(ani, secret)
    if kind == "recovery":
        code = RecoveryCodes.activate(ani).get_unused_codes()[0]
        return lambda: code
    return lambda: totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_second_factor_is_guessed_five_times_and_then_not_even_the_right_one_opens(ani, kind):
    right = factor(ani, kind)
    client = Client()
    sign_in(client)
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"{number:06}" if kind == "app" else f"{number:08x}"})
    client.post(reverse("mfa_authenticate"), {"code": right()})
    assert "_auth_user_id" not in client.session
    again = Client()
    sign_in(again)  # a new session and the same person: the count is that of the person
    again.post(reverse("mfa_authenticate"), {"code": right()})
    assert "_auth_user_id" not in again.session
    caches["default"].clear()  # the time passes
    third = Client()
    sign_in(third)
    third.post(reverse("mfa_authenticate"), {"code": right()})
    assert "_auth_user_id" in third.session


def test_doors_that_are_opened_by_a_code_shut_after_many_wrong_ones(inside, monkeypatch):
    from selaras.web.service import limits, views_ticket
    from selaras.web.verification import views_public

    monkeypatch.setattr(limits, "SLOWEST", 0.0)
    client = Client(REMOTE_ADDR="203.0.113.11")
    codes = [client.get(f"/verifikasi/AAAA-{number:04}/").status_code for number in range(views_public.MOST_LOOKS + 1)]
    assert 429 not in codes[:-1]
    assert codes[-1] == 429
    door = f"/publik/{BIRO}/layanan/tiket/pesan/"
    tickets = [client.post(door, {"nomor": "1", "kode": f"{n:020}"}).status_code for n in range(views_ticket.MOST + 1)]
    assert not [code for code in tickets if code < 400]
    assert tickets[-1] == 429
    assert Client(REMOTE_ADDR="203.0.113.12").get("/verifikasi/AAAA-0000/").status_code != 429


def test_an_address_that_a_visitor_claims_is_not_believed_without_a_proxy(inside, settings):
    caches["pace"].clear()
    settings.PUBLIC_PACE = 5
    answers = [
        Client(REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": f"198.51.100.{n}"}).get("/publik/").status_code
        for n in range(8)
    ]
    assert answers[5:] == [429] * 3
    caches["pace"].clear()
