"""A running installation with an empty folder, and the people who sit at it, each with a browser of their own."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "kuda-laut-biru-77"
PATIENCE = 20_000
STARTING = 60


class Installation:
    """`selaras serve` in a child process, as somebody starts it after a fresh clone; on SQLite without `database`."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "selaras.cli.main", "serve", "--port", str(self.port), "--data", str(folder)]
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SELARAS_")}
        kept = kept | {"DATABASE_URL": database} if database else kept
        # the reviewers' readings run beside the pages; one worker is enough for one test
        self._process = subprocess.Popen(
            [*command, "--workers", "1"], env=kept, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.told = ""
        while "berjalan di" not in self.told:
            line = self._process.stdout.readline()
            assert line, f"the server ended: {self.told}"
            self.told += line
        self.address = f"http://localhost:{self.port}"
        self._wait()

    def _wait(self):
        """Until somebody listens: the server says where it will run before it does."""
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            with socket.socket() as asked:
                asked.settimeout(1)
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, f"the server ended: {self.told}"
            time.sleep(0.1)
        raise AssertionError("the server does not listen")

    @property
    def setup_address(self):
        """What the terminal says to open first."""
        return re.search(r"http://localhost:\d+/mulai/\?kode=\S+", self.told).group()

    def stop(self):
        self._process.terminate()
        self._process.wait(20)
        self._process.stdout.close()


class People:
    """The browsers of everybody who takes part; what any of them is told by the console is kept."""

    def __init__(self, chromium, address: str) -> None:
        self._chromium, self.address = chromium, address
        self._pages = {}
        self._last = None
        self.password = ""
        self.complaints: list[str] = []

    def somebody(self, size=None):
        """A browser that nobody has signed in with."""
        context = self._chromium.new_context(
            viewport=size or WIDE, base_url=self.address, locale="id-ID", color_scheme="light", reduced_motion="reduce"
        )
        page = self._last = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda told: self._keep(page, told.text) if told.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self._keep(page, str(error)))
        return page

    def __getitem__(self, word: str):
        """The browser of the sample person `contoh.<word>`, signed in once."""
        if word not in self._pages:
            page = self.somebody()
            page.goto("/")
            page.get_by_role("link", name="Masuk", exact=True).click()
            page.get_by_label("Nama pengguna").fill(f"contoh.{word}")
            page.get_by_label("Kata sandi").fill(self.password)
            page.get_by_role("button", name="Masuk", exact=True).click()
            page.wait_for_url(lambda url: "/akun/" not in url)
            self._pages[word] = page
        self._last = self._pages[word]
        return self._last

    def keep(self, word: str, page) -> None:
        """Remember the browser of somebody who is signed in already."""
        self._pages[word] = page

    def seen(self) -> str:
        """What stands on the page that was used last, for whoever has to find out why the walk stopped."""
        page = self._last
        return f"{page.url}\n{page.locator('main').inner_text()}" if page else ""

    def _keep(self, page, text: str) -> None:
        self.complaints.append(f"{page.url}: {text}")


@contextmanager
def peopled(folder, chromium, filler: str):
    """The people of an installation that the module `filler` of this folder has filled, in a child process of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SELARAS_", "DJANGO_"))}
    filling = [sys.executable, "-m", f"tests.web.browser.{filler}", str(folder)]
    subprocess.run(filling, cwd=ROOT, env=kept, check=True)
    installation = Installation(folder)
    people = People(chromium, installation.address)
    people.password = PASSWORD
    try:
        yield people
    finally:
        installation.stop()
