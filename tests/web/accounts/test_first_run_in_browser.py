"""A fresh installation in a real browser: setup with the code of the terminal, samples, a passkey, signing in with it."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
PASSWORD = "kuda-laut-biru-77"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's Chromium")]


@pytest.fixture
def fresh(tmp_path):
    """`selaras serve` on an empty folder; gives its address and what the terminal shows."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "selaras.cli.main",
        "serve",
        "--port",
        str(port),
        "--workers",
        "1",
        "--data",
        str(tmp_path),
    ]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SELARAS_")}
    process = subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    told = ""
    while "berjalan di" not in told:
        told += process.stdout.readline()
    yield f"http://localhost:{port}", told
    process.terminate()
    process.wait(15)
    process.stdout.close()


@pytest.fixture
def page():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = browser.new_page()
        page.set_default_timeout(15000)
        key = page.context.new_cdp_session(page)
        key.send("WebAuthn.enable")
        key.send("WebAuthn.addVirtualAuthenticator", {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }})  # fmt: skip
        yield page
        browser.close()


def test_from_an_empty_folder_to_a_passkey(fresh, page):
    base, told = fresh
    refused = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(base)
    assert page.url == f"{base}/mulai/"
    page.goto(re.search(r"http://localhost:\d+/mulai/\?kode=\S+", told).group())
    for name, value in {"name": "Kepala Contoh", "username": "kepala", "password": PASSWORD, "again": PASSWORD}.items():
        page.fill(f"[name={name}]", value)
    page.click("text=Buat administrator")
    page.click("button:has-text('Muat instansi contoh')")
    page.wait_for_selector("text=contoh.perencana")
    page.goto(f"{base}/akun/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.click("text=Lanjutkan")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{base}/akun/logout/")
    page.click("main button:has-text('Keluar')")
    page.goto(f"{base}/akun/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda address: "/akun/" not in address)
    assert page.locator("text=Pilih instansi").count()
    assert not refused
