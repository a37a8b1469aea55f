"""Secrets stay out of logs and error pages; what is installed is what the lock files say, under licences that we may pass on."""

import io
import json
import logging
import re
from importlib.metadata import distributions
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from packaging.requirements import Requirement
from tests.attack.conftest import browser, person
from tests.web.conftest import BIRO

from selaras.core.access import Role
from selaras.store import models as tables
from selaras.web.logs import Json, Plain, without_secrets

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SECRETS = {
    "SECRET_KEY": "kunci-rahasia-instalasi-0123456789", "EMAIL_HOST_PASSWORD": "sandi-surel-9876", "METRICS_TOKEN": "kata-pemantau-5555",
}  # fmt: skip
NIP = "198501012010011001"


@pytest.fixture(params=[Json, Plain], ids=["json", "text"])
def log(request):
    """Everything that is logged while a test runs, as the formatter of the settings writes it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(request.param())
    loggers = [
        logging.getLogger(name)
        for name in ("django", "django.request", "django.security", "selaras", "selaras.request", "selaras.slow")
    ]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    yield out
    for one, level in zip(loggers, levels, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


@pytest.fixture
def broken(inside, settings, monkeypatch):
    """An installation with secrets in its settings, in which every page of records fails with all of them in its mouth."""
    for name, value in SECRETS.items():
        setattr(settings, name, value)
    monkeypatch.setenv("DATABASE_URL", "postgres://selaras:sandi-basis-data@db/selaras")
    monkeypatch.setenv("SELARAS_SIGN_REMOTE_PASSWORD", "sandi-penandatangan")
    told = " ".join([*SECRETS.values(), "postgres://selaras:sandi-basis-data@db/selaras", "sandi-penandatangan"])

    def fail(*args, **kwargs):
        password = "di dalam bingkai"  # noqa: F841 (a local name that a debugging page would show)
        raise ValueError(f"password=rahasia-orang Authorization: Bearer abcdefgh12345678 {told} {NIP}")

    monkeypatch.setattr("selaras.web.records.views.render", fail)
    return browser(person("ani", Role.PLANNER))


def secrets_in(text):
    wanted = [
        *SECRETS.values(),
        "sandi-basis-data",
        "sandi-penandatangan",
        "rahasia-orang",
        "abcdefgh12345678",
        NIP[:15],
        "di dalam bingkai",
    ]
    return [secret for secret in wanted if secret in text]


def test_a_fault_tells_its_number_and_no_secret_neither_on_the_page_nor_in_the_log(broken, log):
    broken.raise_request_exception = False
    answer = broken.get(reverse("records:kinds", args=[BIRO, 2024]) + "?token=kata-di-alamat")
    assert answer.status_code == 500
    number = answer.headers["X-Request-ID"]
    page, lines = answer.content.decode(), log.getvalue()
    assert number in page
    assert number in lines, "the page's number is that of the log"
    assert "ValueError" in lines, "who mends it needs to know where it happened"
    assert secrets_in(page) == []
    assert secrets_in(lines) == []
    assert "kata-di-alamat" not in lines
    assert "Traceback" not in page


def test_what_is_posted_and_what_stands_in_an_address_is_not_logged(inside, log):
    client = Client()
    client.post(reverse("account_login"), {"login": "ani", "password": "sandi-yang-diketik"})
    client.get("/undangan/kata-undangan-rahasia-123456/")
    client.get("/survei/isi/kata-survei-rahasia-123456/")
    client.get("/publik/BIRO-ORG/layanan/isi/SKM/kata-skm-rahasia/")
    client.get("/api/v1/me", headers={"Authorization": "Bearer selaras_kata-token-rahasia-1234567890"})
    for secret in ("sandi-yang-diketik", "undangan-rahasia", "survei-rahasia", "skm-rahasia", "token-rahasia"):
        assert secret not in log.getvalue()
    assert "undangan/<str:secret>/" in log.getvalue(), "but which page it was is told"


def test_a_slow_query_is_told_without_its_values(inside, log, settings):
    settings.SLOW_QUERY = 0.0000001
    client = browser(person("ani", Role.PLANNER))
    client.get(reverse("records:kinds", args=[BIRO, 2024]))
    lines = [line for line in log.getvalue().splitlines() if "kueri lambat" in line]
    assert lines
    assert "ani" not in " ".join(re.findall(r"\bani\b", " ".join(lines)))
    assert BIRO not in " ".join(lines)


@pytest.mark.parametrize("text", ["Bearer abcdefghijkl", "password='abcdefghijkl'", "SMTP_PASSWORD=abcdefghijkl", "token: abcdefghijkl", "https://ani:abcdefghijkl@x/",
                                  "selaras_abcdefghijklmnop", "kode=abcdefghijkl", '"passphrase": "abcdefghijkl"', "whsec_abcdefghijkl"])  # fmt: skip
def test_what_looks_like_a_secret_is_blackened(text):
    assert "abcdefghijkl" not in without_secrets(text)


def test_a_line_of_the_log_is_one_object_whatever_people_write(log):
    logging.getLogger("selaras").warning('dua\nbaris "dan kutip" %s', "\r\n{}")
    line = log.getvalue().rstrip("\n")
    if line.startswith("{"):
        assert "\n" not in line
        assert json.loads(line)["message"].startswith("dua\nbaris")


LGPL_ALLOWED = {"psycopg", "psycopg-binary"}
NOT_OURS = {"selaras", "pip", "setuptools", "wheel", "uv"}
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)
CHOICE = {"pyphen", "python-docx"}
"""Given under one of several licences, of which another may be chosen."""


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(name):
    """Every pinned library of a lock file with the number of its hashes."""
    found = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text()):
        if pin := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", block):
            found[normal(pin[1])] = (pin[2], block.count("--hash=sha256:"))
    return found


def licence_of(one):
    meta = one.metadata
    told = [meta.get("License-Expression") or "", *(meta.get_all("Classifier") or [])]
    told = [text for text in told if "License" in text or text == told[0]]
    text = " ".join(told)
    return text if text.strip() else (meta.get("License") or "")[:200]


LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-spark.lock", "requirements-bench.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_library_is_pinned_with_hashes(name):
    found = locked(name)
    assert len(found) > 20
    assert [one for one, (_, hashes) in found.items() if not hashes] == []
    assert "--no-require-hashes" not in (ROOT / "Makefile").read_text()


def test_nothing_is_installed_that_no_lock_names():
    known = {}
    for name in LOCKS:
        known |= locked(name)
    wrong = {}
    for one in distributions():
        name = normal(one.metadata["Name"])
        if name not in NOT_OURS and (name not in known or known[name][0].split(";")[0] != one.version):
            wrong[name] = one.version
    assert wrong == {}


def test_no_library_of_the_running_program_forbids_passing_it_on():
    """By what each library says of itself; a licence that hides in a file of it is not seen here."""
    wrong, silent = {}, []
    run, peers = locked("requirements.lock"), set(locked(LOCKS[3])) - set().union(*map(locked, LOCKS[:3]))
    for one in distributions():
        name, told = normal(one.metadata["Name"]), licence_of(one)
        if name in NOT_OURS or name in peers:  # what benchmarks compare us with is installed for that alone
            continue
        if name in run and not told.strip():
            silent.append(name)
        lesser = LESSER.search(told)
        if (
            (COPYLEFT.search(LESSER.sub("", told)) or lesser)
            and " OR " not in told.upper()
            and name not in LGPL_ALLOWED | CHOICE
        ):
            wrong[name] = told
    assert wrong == {}
    assert silent == []


def test_the_product_asks_for_no_library_that_the_lock_does_not_hold():
    import tomllib

    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {normal(Requirement(text).name) for text in asked} <= set(locked("requirements.lock"))


def test_every_proof_that_the_pages_of_security_and_operation_cite_is_there():
    missing = []
    for page in ("docs/security.md", "docs/operasi.md"):
        text = (ROOT / page).read_text()
        for path, name in re.findall(r"`((?:tests|deploy|docs|src)/[\w./-]+)(?:::(\w+))?[^`]*`", text):
            found = ROOT / path
            if not found.exists() or (name and f"def {name}(" not in found.read_text()):
                missing.append((page, path, name))
        for path in re.findall(r"`((?:web|core|store|actions|api|documents|rulebook|cli)/[\w./-]*)`", text):
            if not (ROOT / "src" / "selaras" / path).exists():
                missing.append((page, path, ""))
    assert missing == []


def test_an_error_of_the_database_shows_no_row(inside, log):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        tables.User.objects.create(username="ani", name=NIP)
        tables.User.objects.create(username="ani", name=NIP)
    assert NIP not in log.getvalue()
    assert connection.vendor
    assert caches["default"]
