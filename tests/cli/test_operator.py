"""What an operator does at the terminal: accounts, the check-up, the trail, the digest."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.conftest import ROOT
from tests.store.workspace import own_database
from tests.web.accounts.mailbox import Mailbox, use

from selaras.cli.main import build_parser, main

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kuda-laut-biru-77"
__all__ = ["own_database"]


@pytest.fixture
def run(tmp_path, capsys, monkeypatch, own_database, settings, empty_workspace):
    """Runs one command in a workspace of its own; gives status, standard output and standard error."""
    shutil.copytree(empty_workspace, tmp_path / "data")
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def call(*words, typed=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        status = main([*map(str, words), "--data", str(tmp_path / "data")])
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


@pytest.fixture
def ready(run):
    run("import", ROOT / "examples" / "biro-organisasi-2024.xlsx")
    added = run(
        "user",
        "add",
        "kepala",
        "--name",
        "Kepala Contoh",
        "--role",
        "administrator",
        "--password-stdin",
        typed=PASSWORD,
    )
    assert added[0] == 0, added
    return run


def test_an_account_is_made_with_a_password_and_a_role(ready):
    status, out, _ = ready("user", "list", "--format", "json")
    assert status == 0
    (row,) = json.loads(out)
    assert (row["user"], row["active"], row["roles"]) == ("kepala", True, ["administrator pada semua instansi"])
    assert "Kepala Contoh" in ready("user", "list")[1]


def test_without_a_password_there_is_a_link(ready):
    status, out, _ = ready("user", "add", "ani", "--name", "Ani", "--role", "perencana", "--agency", "BIRO-ORG")
    assert status == 0
    assert re.search(r"http://localhost:\d+/akun/password/reset/key/\S+/", out)
    assert re.search(r"http\S+/akun/password/reset/key/\S+/", ready("user", "password", "ani")[1])


def test_a_weak_password_and_an_unknown_agency_make_no_account(ready):
    assert ready("user", "add", "ani", "--password-stdin", typed="pendek\n")[0] == 1
    assert ready("user", "add", "ani", "--role", "perencana", "--agency", "TIDAK-ADA")[0] == 2
    assert len(json.loads(ready("user", "list", "--format", "json")[1])) == 1


def test_roles_come_and_go(ready):
    ready("user", "add", "ani", "--name", "Ani")
    assert ready("user", "grant", "ani", "--role", "pereviu", "--agency", "BIRO-ORG", "--until", "2030-12-31")[0] == 0
    assert "pereviu (APIP) pada BIRO-ORG (… sampai 2030-12-31)" in ready("user", "list")[1]
    assert ready("user", "revoke", "ani", "--role", "pereviu", "--agency", "BIRO-ORG", "--reason", "selesai")[0] == 0
    assert ready("user", "revoke", "ani", "--role", "pereviu", "--agency", "BIRO-ORG")[0] == 2
    assert ready("user", "revoke", "kepala", "--role", "administrator")[0] == 1, "the last one stays"
    assert ready("user", "grant", "ani")[0] == 2
    assert ready("user", "disable")[0] == 2


def test_an_account_is_switched_off_on_and_its_password_set(ready):
    ready("user", "add", "ani", "--name", "Ani")
    assert ready("user", "disable", "ani", "--reason", "pindah")[0] == 0
    assert "nonaktif" in ready("user", "list")[1]
    assert ready("user", "enable", "ani")[0] == 0
    assert ready("user", "password", "ani", "--password-stdin", typed=PASSWORD)[0] == 0
    assert ready("user", "password", "ani", "--reset-second-factor")[0] == 1
    assert ready("user", "password", "siapa", "--password-stdin", typed=PASSWORD)[0] == 2


def points(run, *words):
    status, out, _ = run("doctor", "--format", "json", *words)
    return status, {item["name"]: item for item in json.loads(out)}


def test_a_sound_installation_has_no_problem(ready):
    status, found = points(ready)
    assert status == 0
    assert {name for name, item in found.items() if item["state"] == "masalah"} == set()
    assert found["Surel"]["state"] == "peringatan"
    assert "utuh" in found["Jejak audit"]["seen"]
    assert "✓ Basis data" in ready("doctor")[1]


def test_the_doctor_makes_no_installation_where_none_is(run, tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    shutil.rmtree(tmp_path / "data")
    status, _, told = run("doctor")
    assert status == 2
    assert "Tidak ada instalasi di folder" in told
    assert not (tmp_path / "data").exists()


def test_the_doctor_migrates_nothing(run, tmp_path):
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/selaras.sqlite3").touch()
    status, found = points(run)
    assert status == 1
    assert "migrasi belum dijalankan" in found["Basis data"]["seen"]
    assert points(run)[0] == 1


def test_lost_and_changed_evidence_is_named(ready, tmp_path):
    from selaras.store.evidence import folder
    from selaras.store.models import Evidence, Indicator

    file = tmp_path / "rapat.pdf"
    file.write_bytes(b"isi yang benar")
    name = json.loads(ready("evidence", "BIRO-ORG", file, "--format", "json")[1])[0]["stored"]
    indicator = Indicator.objects.filter(agency__code="BIRO-ORG").first()
    Evidence.objects.create(
        agency=indicator.agency,
        indicator=indicator,
        year=2024,
        span="tahun",
        index=1,
        kind="berkas",
        title="Rapat",
        target=name,
    )
    assert points(ready)[1]["Berkas bukti"]["state"] == "baik"
    (folder("BIRO-ORG") / name).write_bytes(b"isi yang lain")
    status, found = points(ready)
    assert status == 1
    assert "berubah isinya" in found["Berkas bukti"]["seen"]
    (folder("BIRO-ORG") / name).unlink()
    assert "1 hilang" in points(ready)[1]["Berkas bukti"]["seen"]


def test_a_clock_before_the_last_record_is_a_problem(ready):
    from selaras.store.models import AuditRecord

    last = AuditRecord.objects.order_by("-pk").first()
    AuditRecord.objects.filter(pk=last.pk).update(at=timezone.now() + timedelta(days=1))
    status, found = points(ready)
    assert status == 1
    assert found["Jam"]["state"] == "masalah"
    assert found["Jejak audit"]["state"] == "masalah"


def test_webhooks_that_wait_hosts_and_mail_are_looked_at(ready, settings):
    from selaras.store.models import Webhook, WebhookDelivery

    hook = Webhook.objects.create(url="https://x.example", secret="x")
    row = WebhookDelivery.objects.create(webhook=hook, event="x", payload={})
    WebhookDelivery.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(hours=2))
    settings.ALLOWED_HOSTS = ["selaras.example"]
    with Mailbox() as mailbox:
        use(settings, mailbox)
        status, found = points(ready, "--mail")
    assert status == 1
    assert found["Webhook"]["state"] == "peringatan"
    assert found["HTTPS"]["state"] == "masalah"
    assert found["Surel"]["state"] == "peringatan", "links would lead to this machine only"
    assert points(ready, "--mail")[1]["Surel"]["state"] == "masalah", "the server is gone"


def test_a_readable_key_and_a_closed_folder_are_problems(ready, tmp_path):
    (tmp_path / "data" / "secret.key").chmod(0o644)
    assert points(ready)[1]["Kunci rahasia"]["state"] == "masalah"


def test_the_trail_is_verified_and_listed(ready):
    status, out, _ = ready("audit", "verify")
    assert status == 0
    head = out.strip().splitlines()[-1]
    assert ready("audit", "verify", "--head", head)[0] == 0
    listed = json.loads(ready("audit", "list", "--format", "json", "--last", "2")[1])
    assert listed[-1]["hash"] == head
    assert "memberi peran" in ready("audit", "list", "--actor", listed[-1]["actor"])[1]
    assert json.loads(ready("audit", "list", "--format", "json", "--agency", "TIDAK-ADA")[1]) == []


def test_a_changed_trail_is_said_so_with_its_record(ready):
    from selaras.store.models import AuditRecord

    last = AuditRecord.objects.order_by("-pk").first()
    AuditRecord.objects.filter(pk=last.pk).update(actor="orang lain")
    status, out, _ = ready("audit", "verify")
    assert status == 1
    assert f"Catatan {last.pk} " in out
    status, out, _ = ready("audit", "verify", "--format", "json", "--head", "0" * 64)
    assert status == 1
    assert {item["breach"] for item in json.loads(out)["breaks"]} == {"diubah", "terpotong"}


def test_the_digest_goes_out_or_says_why_not(ready, settings):
    from selaras.store.models import Notice, User

    user = User.objects.get(username="kepala")
    User.objects.filter(pk=user.pk).update(email="kepala@contoh.example")
    Notice.objects.create(user=user, text="Laporan menunggu.")
    assert ready("notify", "--no-mail")[0] == 0
    assert ready("notify")[0] == 2
    with Mailbox() as mailbox:
        use(settings, mailbox)
        status, out, _ = ready("notify")
    assert (status, len(mailbox.messages)) == (0, 1)
    assert "1 pemberitahuan dikirim kepada 1 orang" in out


@pytest.mark.slow
def test_deployment_checks_are_clean_behind_https(tmp_path):
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "PYTHONPATH"}}
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "selaras.web.settings", "SELARAS_DATA": str(tmp_path), "SELARAS_HTTPS": "1",
        "SELARAS_SECRET_KEY": "x7" * 40 + "abcdefgh", "SELARAS_ALLOWED_HOSTS": "selaras.example",
    }  # fmt: skip
    command = [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_workspace_of_the_environment_is_the_default_and_the_option_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("SELARAS_DATA", str(tmp_path / "lingkungan"))
    assert build_parser().parse_args(["agencies"]).data == tmp_path / "lingkungan"
    assert build_parser().parse_args(["agencies", "--data", "lain"]).data == Path("lain")
    monkeypatch.delenv("SELARAS_DATA")
    assert build_parser().parse_args(["agencies"]).data == Path("selaras-data")
