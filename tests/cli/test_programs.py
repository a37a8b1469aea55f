"""What an operator does for programs: keys, webhooks, the package for the ministry."""

import json
import zipfile

import pytest
from tests.cli.test_operator import ready, run  # noqa: F401 (fixtures)
from tests.store.workspace import own_database

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["own_database"]


def test_a_token_for_somebody_is_made_listed_and_revoked(ready, run, client):  # noqa: F811
    status, out, _ = run("token", "create", "kepala", "--name", "Dasbor", "--scope", "baca", "--format", "json")
    made = json.loads(out)
    assert status == 0
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert client.get("/api/v1/me", headers=headers, HTTP_HOST="localhost").json()["login"] == "kepala"
    assert "Dasbor" in run("token", "list", "kepala")[1]
    assert made["token"] not in run("token", "list", "--format", "json")[1]
    assert run("token", "revoke", "--id", made["id"])[0] == 0
    assert client.get("/api/v1/me", headers=headers, HTTP_HOST="localhost").status_code == 401
    assert run("token", "revoke", "--id", made["id"])[0] == 2


def test_a_token_needs_somebody_a_purpose_and_a_scope(ready, run):  # noqa: F811
    assert run("token", "create")[0] == 2
    assert run("token", "create", "tidak-ada", "--name", "x", "--scope", "baca")[0] == 2
    status, _, err = run("token", "create", "kepala")
    assert status == 1
    assert "nama token kosong" in err


def test_webhooks_are_managed_and_delivered(ready, run):  # noqa: F811
    status, out, _ = run("webhooks", "add", "https://contoh.invalid/", "--agency", "BIRO-ORG", "--format", "json")
    assert (status, json.loads(out)["secret"][:6]) == (0, "whsec_")
    assert run("webhooks", "deliver") == (0, "0 diterima, 0 akan dicoba lagi, 0 tidak dicoba lagi.\n", "")
    status, out, _ = run("webhooks", "ping", "--agency", "BIRO-ORG", "--id", json.loads(out)["id"])
    assert (status, out) == (1, "0 diterima, 1 akan dicoba lagi, 0 tidak dicoba lagi.\n")
    assert "nama situs tidak ditemukan" in run("webhooks", "list", "--agency", "BIRO-ORG")[1]
    status, _, err = run("webhooks", "add", "http://127.0.0.1/", "--agency", "BIRO-ORG")
    assert status == 1
    assert "https" in err


def test_the_package_for_the_ministry_is_written(ready, run, tmp_path):  # noqa: F811
    path = tmp_path / "paket.zip"
    at = ("esr", "--agency", "BIRO-ORG", "--year", "2024", "--output", path)
    assert run(*at)[0] == 1
    assert run(*at, "--drafts", "--type-id", "lkj=17")[0] == 0
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("manifest.json"))
    assert told["documents"][0]["upload"]["dokumen_id"] == "17"
