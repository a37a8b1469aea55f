"""The files that an operator copies: every command in them exists, every setting is one of ours, and programs can read them."""

import re
import shutil
import subprocess

import pytest

from selaras.cli.main import build_parser
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_every_command_of_a_unit_is_one_that_selaras_knows(unit):
    commands = re.findall(r"/bin/selaras ([^'\n]+)", unit.read_text())
    assert commands
    for command in commands:
        words = [word for word in command.split() if not word.startswith(("$", "/"))]
        build_parser().parse_args(words)


def test_every_unit_runs_without_rights_and_every_timer_has_its_unit():
    for unit in UNITS:
        text = unit.read_text()
        for line in (
            "User=selaras",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "CapabilityBoundingSet=\n",
            "UMask=0077",
        ):
            assert line in text, (unit.name, line)
    timers = {path.stem for path in (DEPLOY / "systemd").glob("*.timer")}
    assert timers == {unit.stem for unit in UNITS} - {"selaras"}
    manual = (ROOT / "docs" / "operasi.md").read_text()
    assert [timer for timer in timers if timer.removeprefix("selaras-") not in manual] == []


def test_the_example_of_the_environment_names_settings_of_ours():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    names = re.findall(r"^([A-Z_]+)=", (DEPLOY / "environment.example").read_text(), re.MULTILINE)
    assert len(names) > 10
    assert [name for name in names if f"`{name}`" not in page] == []


def test_the_proxy_overwrites_what_a_visitor_says_of_the_own_address():
    for name in ("nginx.conf", "Caddyfile"):
        text = (DEPLOY / name).read_text()
        for header in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Request-ID", "Forwarded", "X-Real-IP"):
            assert header in text, (name, header)
        assert "/metrics" in text


@pytest.mark.slow
def test_nginx_reads_its_example(tmp_path):
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed (Debian: nginx-light)")
    (tmp_path / "ssl").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "ssl/privkey.pem", "-out",
         tmp_path / "ssl/fullchain.pem", "-days", "2", "-subj", "/CN=x"], check=True, capture_output=True,
    )  # fmt: skip
    site = (
        (DEPLOY / "nginx.conf")
        .read_text()
        .replace("/etc/ssl/selaras", f"{tmp_path}/ssl")
        .replace("/var/log/nginx", str(tmp_path))
    )
    (tmp_path / "site.conf").write_text(site)
    paths = " ".join(
        f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {paths} include {tmp_path}/site.conf; }}"
    )
    done = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_caddy_reads_its_example():
    if not shutil.which("caddy"):
        pytest.skip("caddy is not installed (Debian: caddy)")
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_systemd_reads_the_units():
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    files = sorted((DEPLOY / "systemd").iterdir())
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    told = [
        line
        for line in (done.stdout + done.stderr).splitlines()
        if "is not executable" not in line and "selaras" in line
    ]
    assert told == []
