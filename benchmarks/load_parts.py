"""What `load.py` works with: the installation, the server as `selaras serve` runs it, a person, and the eyes on processes."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

from web_data import generate

YEAR = 2024
TOKEN = "a" * 32
QUARTER = "triwulan-4"
FAILED = "gagal"
TOLD = 429
"""The answer to who asks beyond the share of the agency or the pace: nothing was done, come back."""


def prepared(data: Path, agencies: int, indicators: int, people: int) -> list[tuple[str, str]]:
    """Fill the installation; each person's agency and cookie."""
    from selaras.cli.options import open_web_workspace

    open_web_workspace(data)
    from django.conf import settings
    from django.db import connection
    from django.test import Client as Browser

    from selaras.core.access import Role, operator
    from selaras.store import models as t

    print(generate(agencies, (YEAR,), 12, indicators), flush=True)
    settings.ALLOWED_HOSTS = ["*"]
    t.Realisation.objects.filter(span="triwulan", index=4).delete()
    places = list(t.Agency.objects.order_by("pk"))
    from selaras.actions.records import save_record
    from selaras.core.snapshot import ReportSettings

    for place in places:
        with suppress(Exception):
            save_record(operator("uji"), agency=place.code, record=ReportSettings(YEAR))
    known = []
    for number in range(people):
        user = t.User.objects.create_user(f"orang-{number}", name=f"Orang {number}")
        place = places[number % len(places)]
        for role in (Role.PLANNER, Role.REPORTER, Role.REVIEWER):
            t.RoleGrant.objects.create(user=user, role=role.value, agency=place)
        browser = Browser()
        browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        known.append(
            (place.code, f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}")
        )
    from selaras.actions.editions import freeze, publish
    from selaras.actions.reports import compose

    Client.public_places = tuple(place.code for place in places[-2:])
    for code in Client.public_places:
        edition = freeze(operator("uji"), agency=code, year=YEAR, kind="lkjip")
        t.ReportEdition.objects.filter(pk=edition.pk).update(state="disetujui")
        publish(operator("uji"), agency=code, edition=edition.pk)
    with tempfile.TemporaryDirectory() as folder:
        (path,) = compose(
            operator("uji"), agency=places[-1].code, year=YEAR, kind="lkjip", formats=["pdf"], output=Path(folder)
        )
        Client.paper = path.read_bytes()
    connection.close()
    return known


@contextmanager
def served(data: Path, workers: int):
    """The server as the command runs it: its port and process."""
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
        "--data",
        str(data),
        "--workers",
        str(workers),
    ]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    with (data / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        for _ in range(600):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(90)
        words = (data / "server.log").read_text()[-3000:]
        if "Traceback" in words:
            print(f"the server's log ends with:\n{words}")


class Client:
    """One person at a browser."""

    paper = b""
    public_places: tuple[str, ...] = ()
    waited = 0
    place = 0

    def __init__(self, port: int, agency: str, cookie: str, dice: random.Random) -> None:
        self.port, self.agency, self.cookie, self.dice = port, agency, cookie, dice
        self.seen: dict[str, str] = {}
        self.at = f"/i/{agency}/{YEAR}"

    def ping(self) -> float:
        """The bare page, in milliseconds."""
        started = time.perf_counter()
        status, *_ = self.ask("GET", "/health/live")
        if status != 200:
            raise SystemExit(f"/health/live: {status}")
        return (time.perf_counter() - started) * 1000

    def do(self, action: str, until: float) -> str:
        """One act; its outcome as a status, or what went wrong."""
        try:
            return str(getattr(self, ACTS[action])(until))
        except (OSError, http.client.HTTPException) as error:
            return f"{type(error).__name__}: {error}"

    def duties(self, _until: float) -> int:
        return self.ask("GET", f"{self.at}/beranda/")[0]

    def grid(self, _until: float) -> int:
        return self.ask("GET", f"{self.at}/pengukuran/")[0]

    def cell(self, _until: float) -> int:
        number = self.dice.randrange(60)
        code = f"IND-{number}"
        given = {
            "indikator": code,
            "periode": QUARTER,
            "nilai": f"{self.dice.randrange(1, 99)}",
            "terlihat": self.seen.get(code, ""),
        }
        status, _, text = self.ask("POST", f"{self.at}/pengukuran/sel/", given)
        if status in {200, 409}:
            told = json.loads(text)
            self.seen[code] = told["seen"] if status == 200 else told["stands"]["seen"]
        return status

    def evidence(self, _until: float) -> int:
        code = f"IND-{self.dice.randrange(60)}"
        content = f"Notulen rapat {self.dice.random()}. ".encode() * 3000
        return self.ask(
            "POST", f"{self.at}/pengukuran/{code}/triwulan/4/bukti/", files={"bukti": ("notulen.txt", content)}
        )[0]

    def public(self, _until: float) -> int:
        place = self.dice.choice(Client.public_places)
        return self.ask(
            "GET", self.dice.choice(["/publik/", f"/publik/{place}/", f"/publik/{place}/{YEAR}/"]), anonymous=True
        )[0]

    def preview(self, _until: float) -> int:
        return self.ask("GET", f"{self.at}/laporan/pratinjau/dokumen/")[0]

    def draft(self, until: float) -> int | str:
        return self.in_turn(f"{self.at}/laporan/pratinjau/unduh/", {"dokumen": "lkjip:", "format": "pdf"}, until)

    def freeze(self, until: float) -> int | str:
        return self.in_turn(f"{self.at}/laporan/bekukan/", {"dokumen": "lkjip:"}, until)

    def review(self, until: float) -> int | str:
        status, headers, text = self.ask(
            "POST", f"{self.at}/reviu/baru/",
            files={"laporan": ("laporan.pdf", self.paper + f"\n%{self.dice.random()}\n".encode())}, form={"judul": "Laporan"},
        )  # fmt: skip
        if status != 302:
            return status if status == TOLD else f"{status} {_words(text)}"
        case = headers["Location"]
        while time.monotonic() < until:
            status, headers, text = self.ask("GET", f"{case}keadaan")
            if status == TOLD:
                time.sleep(float(headers["Retry-After"]))
                continue
            if status != 200 or "every 2s" not in text:
                is_read = "HX-Refresh" in headers and "tidak dapat dibaca" not in text
                return status if is_read else f"{FAILED} {status} {_words(text)}"
            if place := re.search(r"Antrean ke-(\d+)", text):
                Client.place = max(Client.place, int(place[1]))
            time.sleep(2)
        return "never read"

    def in_turn(self, path: str, form: dict[str, str], until: float) -> int | str:
        """An act that may have to wait for its turn: the page of the queue sends it again by itself."""
        at = path
        while time.monotonic() < until:
            status, headers, text = self.ask("POST", at, form)
            if status != 503 or "X-Selaras-Turn" not in headers:
                if status == 422 and "Data tidak berubah" in text:
                    return "tetap"
                return status if status in {200, 302, TOLD} else f"{status} {_words(text)}"
            Client.waited += 1
            if place := re.search(r"Antrean ke-(\d+)", text):
                Client.place = max(Client.place, int(place[1]))
            at = f"{path}?{urlencode({'giliran': headers['X-Selaras-Turn']})}"
            time.sleep(float(headers["Retry-After"]))
        return "waited too long"

    def ask(self, method: str, path: str, form=None, *, files=None, anonymous=False):
        """One request: status, headers, text."""
        headers = {"Host": "localhost"}
        if self.cookie and not anonymous:
            headers["Cookie"] = f"{self.cookie}; selaras_csrf={TOKEN}"
        body = None
        if method == "POST":
            headers |= {"X-CSRFToken": TOKEN, "Origin": "http://localhost"}
            if files:
                body, kind = multipart(form or {}, files)
            else:
                body, kind = urlencode(form or {}).encode(), "application/x-www-form-urlencoded"
            headers["Content-Type"] = kind
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")


ACTS = {
    "buka beranda": "duties", "buka pengukuran": "grid", "simpan sel": "cell", "unggah bukti": "evidence",
    "halaman publik": "public", "pratinjau": "preview", "unduh draf PDF": "draft", "bekukan edisi": "freeze",
    "reviu laporan": "review",
}  # fmt: skip


def multipart(form: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """A form with files as a browser sends it, and its content type."""
    edge = "----selaras"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    for name, (title, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{title}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def _words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())[-160:]


class Watch:
    """Looks once a second at the processes of the server and of the database."""

    def __init__(self, server: int, database: int) -> None:
        self.server, self.database = server, database
        self.most = self.children = self.workers = 0
        self.memory = self.child_memory = self.database_memory = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(1):
            tree = _processes()
            workers = [pid for pid, (parent, _) in tree.items() if parent == self.server]
            below = _below(tree, set(workers))
            self.workers = max(self.workers, len(workers))
            self.children = max(self.children, len(below))
            self.most = max(self.most, 1 + len(workers) + len(below))
            self.memory = max(self.memory, sum(tree[pid][1] for pid in workers))
            self.child_memory = max(self.child_memory, sum(tree[pid][1] for pid in below))
            own = [size for parent, size in tree.values() if parent == self.database]
            self.database_memory = max(self.database_memory, sum(own))


def _below(tree: dict[int, tuple[int, float]], above: set[int]) -> set[int]:
    found: set[int] = set()
    while more := {pid for pid, (parent, _) in tree.items() if parent in above | found} - found:
        found |= more
    return found


def _processes() -> dict[int, tuple[int, float]]:
    """The parent and the resident megabytes of every process; what processes share counts in each."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError, ValueError, KeyError):
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            found[int(status.parent.name)] = (int(told["PPid"]), int(told.get("VmRSS", "0 kB").split()[0]) / 1000)
    return found
