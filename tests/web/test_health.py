"""The health page, served for real by the command."""

import json
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def server(tmp_path):
    """`selaras serve` on a free port of this machine."""
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
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def ask(address, accept="text/html"):
    for _ in range(400):
        try:
            request = urllib.request.Request(address, headers={"Accept": accept})
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except OSError:  # not listening yet, or its worker is still starting
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.mark.slow
def test_the_server_says_that_it_and_its_database_are_well(server):
    status, body = ask(f"{server}/health", "application/json")
    assert status == 200
    assert json.loads(body)["database"] == "siap"
    assert "Aplikasi berjalan" in ask(f"{server}/health")[1]
    assert "Kode penyiapan" in ask(server)[1], "an installation without accounts leads to its setup"


def test_a_watcher_may_ask_by_head_alone(client, db):
    assert client.head("/health").status_code == 200
    assert client.head("/").status_code in {200, 302}
