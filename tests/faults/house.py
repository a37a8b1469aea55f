"""What the fault tests share: an installation on either database, our command as a program, a server of our own."""

from __future__ import annotations

import getpass
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from tests.store import postgres as pg

ROOT = Path(__file__).parents[2]
FULL = os.environ.get("SELARAS_FAULTS") == "full"
BIRO = "BIRO-ORG"
BOOK = ROOT / "examples" / "biro-organisasi-2024.xlsx"


def environment(url="", **more):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SELARAS_", "DATABASE_", "DJANGO_"))}
    kept["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    return kept | ({"DATABASE_URL": url} if url else {}) | more


def selaras(*words, url="", prefix=(), **more):
    return subprocess.run(
        [*prefix, sys.executable, "-m", "selaras.cli.main", *map(str, words)],
        env=environment(url, **more), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def told(done):
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def program(name, *words, url="", **more):
    """A program of this folder, to be used as a context."""
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.{name}", *map(str, words)],
        env=environment(url, **more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def finished(name, *words, url="", **more):
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{name}", *map(str, words)],
        env=environment(url, **more), capture_output=True, text=True, check=False, cwd=ROOT, timeout=580,
    )  # fmt: skip
    return told(done)


class Postgres:
    """A server with the settings it comes with (fsync on), that can be killed and started again."""

    def __init__(self):
        self.programs = pg.programs()
        if self.programs is None or (os.geteuid() == 0 and not shutil.which("runuser")):
            assert not os.environ.get("CI"), "PostgreSQL 15 or later and runuser must be installed"
            pytest.skip("PostgreSQL 15 or later is not installed (Debian: postgresql)")
        self.owner = "postgres" if os.geteuid() == 0 else getpass.getuser()
        self.home = Path(tempfile.mkdtemp(prefix="selaras-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")
        pg.run(self.programs / "initdb", "-D", self.home / "data", "-U", self.owner, "--auth=trust", "-E", "UTF8",
               "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.start()

    def start(self):
        options = f"-c listen_addresses= -c unix_socket_directories={self.home} -c max_connections=120 -c recovery_init_sync_method=syncfs"
        pg.run(
            self.programs / "pg_ctl", "-D", self.home / "data", "-w", "-l", self.home / "log", "-o", options, "start"
        )

    def kill(self):
        pg.run(self.programs / "pg_ctl", "-D", self.home / "data", "-m", "immediate", "-w", "stop")

    def database(self, name, template="template1"):
        pg.run(self.programs / "createdb", "-h", self.home, "-U", self.owner, "-T", template, name)
        return f"postgres://{self.owner}@/{name}?host={self.home}"

    def end(self):
        with suppress(BaseException):
            self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


@contextmanager
def served(data, url="", *, threads=8, workers=2, **more):
    """The application as `selaras serve` runs it, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = [sys.executable, "-m", "selaras.cli.main", "serve", "--port", str(port), "--data", str(data)]
    log = data / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*given, "--workers", str(workers)], env=environment(url, **more), stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(lambda: listens(port), 40)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def listens(port):
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(thing, seconds):
    until = time.monotonic() + seconds
    while not thing():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def asked(port, method, path, *, cookie="", token="", form=None, json_=False, timeout=60):
    """One request as a browser sends it: status, headers, text."""
    from urllib.parse import urlencode

    cookies = "; ".join(filter(None, (cookie, f"selaras_csrf={token}" if token else "")))
    headers = {"Host": "localhost"} | ({"Cookie": cookies} if cookies else {})
    body = None
    if form is not None:
        body = urlencode(form)
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": token,
            "Origin": "http://localhost",
        }
    if json_:
        headers["Accept"] = "application/json"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)) as line:
        line.request(method, path, body, headers)
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")
