"""What every answer carries against the usual attacks: headers, cookies, no inline code, downloads, no formulas from people.

The verbs have their own tests: rights, uploads by content, addresses that are asked (SSRF), signed webhooks.
"""

import io
import json
import os
import subprocess
import sys
from html.parser import HTMLParser

import openpyxl
import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from selaras.core.access import Role, operator
from selaras.store import models as tables
from selaras.web.urls import INSIDE
from tests.web.conftest import BIRO

YEAR = 2024
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def names(resolver, space=""):
    """The full names of all pages."""
    for item in resolver.url_patterns:
        if isinstance(item, URLPattern):
            if item.name:
                yield f"{space}{item.name}"
        else:
            yield from names(item, f"{space}{item.namespace}:" if item.namespace else space)


def addresses():
    """Every address that needs at most an agency and a year."""
    for name in dict.fromkeys(names(get_resolver())):
        for arguments in ({}, {"agency": BIRO, "year": YEAR}):
            try:
                yield reverse(name, kwargs=arguments)
                break
            except NoReverseMatch:
                continue


class Inline(HTMLParser):
    """What a strict policy would block in a page."""

    def __init__(self):
        super().__init__()
        self.found, self.script, self.text = [], False, ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.found += [f"{tag} {key}" for key in told if key.startswith("on") or key == "style"]
        self.found += [
            f"{tag} {value}" for value in told.values() if (value or "").strip().lower().startswith("javascript:")
        ]
        if tag == "style" or (tag == "script" and "src" not in told and told.get("type") != "application/json"):
            self.found.append(tag)


def assert_guarded(answer, address):
    for name, value in HEADERS.items():
        strict = (
            "no-referrer" if name == "Referrer-Policy" else value
        )  # a page may be stricter: its address is a secret
        assert answer.headers.get(name) in {value, strict}, f"{address}: {name}"
    policy = dict(
        part.strip().split(" ", 1)
        for part in answer.headers["Content-Security-Policy"].split(";")
        if " " in part.strip()
    )
    for name, value in STRICT.items():
        assert policy[name] == value, f"{address}: {name}"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        page = Inline()
        page.feed(answer.content.decode())
        assert page.found == [], address


def assert_composed(answer):
    """A report as its reader sees it is a file with styles of its own, shown in a frame of ours, where nothing runs."""
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.slow
def test_every_page_of_a_visitor_carries_the_headers_and_nothing_inline(inside, client):
    seen = 0
    for address in addresses():
        assert_guarded(client.get(address), address)
        seen += 1
    assert seen > 40


@pytest.mark.slow
def test_every_page_inside_carries_the_headers_and_nothing_inline(signed_in):
    client = signed_in(*(role for role in Role if role is not Role.READER))
    stages = dict.fromkeys(INSIDE, 0)
    for address in addresses():
        if "logout" in address or address.startswith("/api/"):
            continue
        answer = client.get(address)
        assert answer.status_code < 500 or answer.status_code == 503, address
        if address.endswith("/pratinjau/dokumen/"):
            assert_composed(answer)
            continue
        assert_guarded(answer, address)
        if (
            word := next((word for word in stages if f"/{YEAR}/{word}/" in address), None)
        ) and answer.status_code == 200:
            stages[word] += 1
    assert not [
        word for word, count in stages.items() if not count and word in {"data", "perencanaan", "pengguna", "audit"}
    ]


@pytest.mark.parametrize(
    "address", ["/tidak-ada", f"/i/TIDAK-ADA/{YEAR}/data/", "/publik/tidak-ada/", "/api/v1/tidak-ada"]
)
def test_refusals_carry_them_too(inside, client, signed_in, address):
    assert_guarded(client.get(address), address)
    assert_guarded(signed_in(Role.PLANNER).get(address), address)


def test_pages_inside_are_not_kept_by_the_browser_for_the_next_person(signed_in):
    for name in ("records:kinds", "planning:overview"):
        answer = signed_in(Role.PLANNER).get(reverse(name, args=[BIRO, YEAR]))
        assert answer.headers["Cache-Control"] == "private, no-store", name


def test_a_form_without_its_token_changes_nothing(signed_in):
    inside_ = signed_in(Role.PLANNER)
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = inside_.cookies
    before = tables.Unit.objects.count()
    answer = guarded.post(reverse("records:new", args=[BIRO, YEAR, "unit"]), {"code": "X"})
    assert answer.status_code == 403
    assert tables.Unit.objects.count() == before
    assert_guarded(answer, "403")


def test_a_cookie_is_out_of_reach_of_scripts_and_of_other_sites(inside, client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    tables.User.objects.create_user("ani", "kuda-laut-biru-77", name="Ani")
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": "ani", "password": "kuda-laut-biru-77"})
    assert {"selaras_session", "selaras_csrf"} <= set(client.cookies)
    for name in ("selaras_session", "selaras_csrf"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name
        assert not client.cookies[name]["domain"], name


HTTPS = """
import json, sys
from pathlib import Path
from selaras.cli.options import open_web_workspace
open_web_workspace(Path(sys.argv[1]))
from django.test import Client
client = Client(headers={"host": "selaras.example"})
plain = client.get("/akun/login/")
health = client.get("/health")
safe = client.get("/akun/login/", secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain.headers.get("Location")], "health": health.status_code,
    "hsts": safe.headers.get("Strict-Transport-Security"), "csrf": safe.cookies["selaras_csrf"].OutputString(),
    "other": Client(headers={"host": "jahat.example"}).get("/akun/login/", secure=True).status_code,
    "session": __import__("django.conf", fromlist=["settings"]).settings.SESSION_COOKIE_SECURE,
}))
"""


@pytest.mark.slow
def test_behind_https_everything_is_sent_over_https(tmp_path):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SELARAS_", "DATABASE_", "DJANGO_"))}
    environment = kept | {"SELARAS_HTTPS": "1", "SELARAS_ALLOWED_HOSTS": "selaras.example"}
    done = subprocess.run(
        [sys.executable, "-c", HTTPS, str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["plain"] == [301, "https://selaras.example/akun/login/"]
    assert told["health"] == 200, "the check of a load balancer is not sent away"
    assert told["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert "Secure" in told["csrf"]
    assert "HttpOnly" in told["csrf"]
    assert told["session"]
    assert told["other"] == 400, "another host name is not answered"


ATTACKS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://jahat.example","klik")',
    "\t=1+1",
    "=cmd|'/C calc'!A0",
)


@pytest.fixture
def hostile(signed_in):
    """Names of units as an attacker would write them, and a planner who exports the list."""
    agency = tables.Agency.objects.get(code=BIRO)
    first = tables.Unit.objects.filter(agency=agency).first()
    for number, words in enumerate(ATTACKS):
        first.pk, first.code, first.name = None, f"={number}", words
        first.save(force_insert=True)
    return signed_in(Role.PLANNER)


def cells(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_list_as_a_spreadsheet_holds_no_formula_from_people(hostile):
    content = hostile.get(reverse("records:index", args=[BIRO, YEAR, "unit"]), {"format": "xlsx"}).content
    found = cells(content)
    assert set(ATTACKS) - {"\t=1+1"} <= {cell.value for cell in found}
    assert {cell.data_type for cell in found} <= {"s", "n", "d"}


def test_the_workbook_of_an_agency_holds_no_formula_from_people(hostile, tmp_path):
    from selaras.actions.exchange import save_workbook

    path = tmp_path / "keluar.xlsx"
    save_workbook(operator("uji"), agency=BIRO, year=YEAR, path=path)
    found = cells(path.read_bytes())
    written = [cell for cell in found if str(cell.value).strip() in {words.strip() for words in ATTACKS}]
    assert len(written) >= len(ATTACKS) - 1
    assert {cell.data_type for cell in written} == {"s"}


def test_words_from_people_are_text_in_every_page(hostile):
    agency = tables.Agency.objects.get(code=BIRO)
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    tables.Unit.objects.filter(agency=agency).update(name=attack)
    tables.Indicator.objects.filter(agency=agency).update(name=attack)
    tables.Node.objects.filter(agency=agency).update(title=attack)
    for address in addresses():
        if f"/{YEAR}/" in address and "perjanjian" not in address:
            answer = hostile.get(address)
            if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
                assert "<script>alert" not in answer.content.decode(), address
                assert "<img src=x" not in answer.content.decode(), address
