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
import threading
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


class Starter:
    """Starts what is asked by forking (`tests.faults.starting`), so that the application is loaded once."""

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="selaras-fault-"))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.starting", str(self.home / "data")],
            env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, bufsize=1,
        )  # fmt: skip
        self.number, self.lock = 0, threading.Lock()

    def start(self, *words, env):
        with self.lock:  # one line at a time: a second one would be read with the first and wait there unseen
            self.number += 1
            home = self.home / str(self.number)
            home.mkdir()
            self.process.stdin.write(
                json.dumps({"words": list(map(str, words)), "home": str(home), "environment": env}) + "\n"
            )
            return Forked(int(self.process.stdout.readline()), home, words)

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()
        shutil.rmtree(self.home, ignore_errors=True)


class Forked:
    """A process of the starter, with the words of subprocess.Popen."""

    def __init__(self, pid, home, words):
        self.pid, self.home, self.words = pid, home, words

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.wait(120)

    def poll(self):
        path = self.home / "status"
        return int(path.read_text()) if path.exists() else None

    @property
    def returncode(self):
        return self.poll()

    def wait(self, timeout=120):
        until = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(list(self.words), timeout)
            time.sleep(0.005)
        return status

    def send_signal(self, number):
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def text(self, name):
        path = self.home / name
        return path.read_text(errors="replace") if path.exists() else ""

    def communicate(self, timeout=120):
        self.wait(timeout)
        return self.text("out"), self.text("err")

    def done(self, timeout):
        try:
            self.wait(timeout)
        except subprocess.TimeoutExpired:
            self.send_signal(signal.SIGKILL)
            raise
        return subprocess.CompletedProcess(list(self.words), self.poll(), self.text("out"), self.text("err"))


_starters = []


def starter():
    """The one that forks in the short form; None in the full form, which starts real commands."""
    if FULL:
        return None
    if not _starters:
        _starters.append(Starter())
    return _starters[0]


def end_starter():
    while _starters:
        _starters.pop().end()


def command(*words, url="", **more):
    """Our command, begun and not waited for."""
    forks = starter()
    if forks is not None:
        return forks.start("", *words, env=environment(url, **more))
    return subprocess.Popen(
        [sys.executable, "-m", "selaras.cli.main", *map(str, words)],
        env=environment(url, **more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def selaras(*words, url="", prefix=(), real=False, **more):
    """Our command, with what it told; `real`: as a command of the system in the short form, too."""
    forks = starter()
    if forks is not None and not prefix and not real:
        return forks.start("", *words, env=environment(url, **more)).done(120)
    return subprocess.run(
        [*prefix, sys.executable, "-m", "selaras.cli.main", *map(str, words)],
        env=environment(url, **more), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def told(done):
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def program(name, *words, url="", **more):
    """A program of this folder, to be used as a context."""
    forks = starter()
    if forks is not None:
        return forks.start(name, *words, env=environment(url, **more))
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.{name}", *map(str, words)],
        env=environment(url, **more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def finished(name, *words, url="", **more):
    forks = starter()
    if forks is not None:
        return told(forks.start(name, *words, env=environment(url, **more)).done(580))
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{name}", *map(str, words)],
        env=environment(url, **more), capture_output=True, text=True, check=False, cwd=ROOT, timeout=580,
    )  # fmt: skip
    return told(done)


def narrow(most, *words):
    """Our command where no file grows beyond so many bytes and the database does not grow (`tests.faults.narrow`)."""
    forks = starter()
    if forks is not None:
        return forks.start("narrow", most, *words, env=environment()).done(120)
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.narrow", *map(str, (most, *words))],
        env=environment(), capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip


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
        # PostgreSQL's usual copy of a database forgets, when the server is killed, how far sequences are.
        copy = ("--strategy=file_copy", "-T", template)
        pg.run(self.programs / "createdb", "-h", self.home, "-U", self.owner, *copy, name)
        return f"postgres://{self.owner}@/{name}?host={self.home}"

    def end(self):
        with suppress(BaseException):
            self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


@contextmanager
def served(data, url="", *, workers=2, preload="", **more):
    """The application as `selaras serve` runs it, on a port of its own; with `preload` always as a real command."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["serve", "--port", str(port), "--data", str(data), "--workers", str(workers)]
    forks = None if preload else starter()
    more |= {"LD_PRELOAD": preload} if preload else {}
    if forks is not None:
        process = forks.start("", *words, env=environment(url, **more))
    else:
        with (data / "server.log").open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "selaras.cli.main", *words], env=environment(url, **more), stdout=out, stderr=out,
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
        if forks is not None:
            (data / "server.log").write_text(process.text("out") + process.text("err"))


def listens(port):
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(thing, seconds):
    until = time.monotonic() + seconds
    while not thing():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def asked(port, method, path, *, cookie="", token="", form=None, json_=False, bearer="", timeout=60):
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
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)) as line:
        line.request(method, path, body, headers)
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")
