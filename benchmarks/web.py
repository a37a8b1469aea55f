"""The web application under load: its main pages, one and eight clients, beside a bare Django page with as many rows.

An installation is generated (by default 20 agencies with 10,000 indicators and two years; `--full` makes 200 agencies,
8,000 units, 100,000 indicators, five years), served by gunicorn with two workers on this machine, and asked by threads.
`--postgres` starts a PostgreSQL server of its own for it, `--database URL` takes a database that runs already; else
SQLite. `--data DIR` keeps the installation there, or takes the one that an earlier run has left there.

Printed are p50 and p95 in milliseconds, requests a second, queries and kilobytes of a page; the processor time for one page
(of the workers and of the database server), which other work on the machine changes least; the load of the machine; memory
of the workers; and the ratio to the bare page: one query, one template, as many rows as the agency has indicators, no
session, no rights. "Floor" is what eight clients must wait in the middle if both processors do nothing else: four times the
processor time of worker, database and client. What a worker keeps of an agency's facts is good until the next act on
that agency: "after a change" is the time of a page that is asked for right after one, when nothing that was kept is good
any more.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from postgres_server import postgres
from web_data import FIRST, counted, generate
from web_load import WARM, after_a_change, both, busy, load, memory, spent

YEARS = (2024, 2023, 2022, 2021, 2020)
HEADS = ("page", "queries", "kB", "p50, 1 client", "p95", "after a change", "p50, 8 clients", "p95", "requests/s",
         "CPU", "CPU of the database", "floor", "load", "against bare")  # fmt: skip
PAGES = (
    ("beranda", "home:overview", {}), ("organisasi", "org:overview", {}), ("pohon kinerja", "planning:overview", {}),
    ("RKT", "planning:rkt", {}), ("daftar indikator", "planning:indicators", {}),
    ("lembar indikator", "planning:indicator", {"indicator": "IND-7"}), ("pengukuran", "measurement:grid", {}),
    ("anggaran", "budget:overview", {}), ("laporan", "reporting:overview", {}),
    ("data target", "records:index", {"kind": "target"}), ("jejak audit", "audit:trail", {}),
    ("daftar publik", "public:agencies", None),
)  # fmt: skip
BARE = """
from selaras.store.settings import *
ROOT_URLCONF = "bare"
MIDDLEWARE = []
"""
BARE_URLS = """
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path
from selaras.store.models import Indicator
PAGE = Engine().from_string("<table>{% for row in rows %}<tr><td>{{ row.0 }}<td>{{ row.1 }}<td>{{ row.2 }}</tr>{% endfor %}</table>")
def page(request):
    rows = Indicator.objects.filter(agency__code="BEN-1").order_by("sequence").values_list("code", "name", "unit")
    return HttpResponse(PAGE.render(Context({"rows": rows})))
urlpatterns = [path("bare", page)]
"""


def main() -> None:
    """Generate, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="200 agencies, 100,000 indicators, five years")
    parser.add_argument("--agencies", type=int, help="so many agencies instead")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server that is started for it")
    parser.add_argument("--database", default="", metavar="URL", help="on a PostgreSQL database that runs already")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the installation there and use it again")
    parser.add_argument("--only-load", action="store_true", help="generate, and measure another time")
    parser.add_argument("--requests", type=int, default=40, help="requests per page and number of clients")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    args = parser.parse_args()
    with ExitStack() as stack:
        data = args.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="selaras-bench-")))
        data.mkdir(parents=True, exist_ok=True)
        server = stack.enter_context(postgres(data / "pg")) if args.postgres else None
        if server or args.database:
            os.environ["DATABASE_URL"] = server.url if server else args.database
        os.environ["SELARAS_SESSION_IDLE"] = "600"
        print(installed(data, args), flush=True)
        if not args.only_load:
            measure(data, args, server.process if server else 0)


def installed(data: Path, args: argparse.Namespace) -> str:
    """Make the installation, unless it stands there; says what there is."""
    from selaras.cli.options import open_web_workspace

    open_web_workspace(data)
    from django.db import connection

    from selaras.store.models import User

    if User.objects.filter(username="pengukur").exists():
        told = f"{counted()}; as an earlier run left it"
    else:
        agencies, years = (200, YEARS) if args.full else (20, YEARS[:2])
        told = generate(args.agencies or agencies, years)
    told += f"; {connection.vendor}"
    connection.close()
    return told


def measure(data: Path, args: argparse.Namespace, database: int) -> None:
    """Serve and ask every page, with queries and size from a client inside this process."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from selaras.store.models import User

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username="pengukur"), backend=settings.AUTHENTICATION_BACKENDS[0])
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    known = []
    for label, name, given in PAGES:
        if args.only and args.only not in label:
            continue
        address = reverse(name, kwargs={} if given is None else {"agency": FIRST, "year": YEARS[0]} | given)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{label}: {answer.status_code}")
        known.append((label, address, len(asked), len(answer.content)))
    connection.close()
    bare = served(data, "bare", lambda port, _parent: both(port, "/bare", "", args.requests))
    print(
        f"\nbare Django page, 500 rows: p50 {bare[1][0]:.0f} / {bare[8][0]:.0f} ms with 1 / 8 clients, {bare[8][2]:.0f} requests/s\n"
    )
    print(f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")

    def ask(port, parent):
        for label, address, queries, size in known:
            load(port, address, cookie, 8, WARM)  # modules and templates are loaded by the first requests
            before, before_database, before_clients = busy(parent), busy(database), spent()
            found = both(port, address, cookie, args.requests)
            times = 2 * args.requests + WARM
            each, query = (busy(parent) - before) / times, (busy(database) - before_database) / times
            floor = 4 * (each + query + (spent() - before_clients) / times)
            one, eight, anew = found[1], found[8], after_a_change(port, address, cookie)
            shown = (queries, size / 1000, one[0], one[1], anew, eight[0], eight[1], eight[2], each, query, floor)
            print(f"| {label} | {' | '.join(f'{figure:.0f}' for figure in shown)} | {os.getloadavg()[0]:.1f} "
                  f"| {one[0] / bare[1][0]:.1f} × |", flush=True)  # fmt: skip

    served(data, "selaras", ask)


def served(data: Path, kind: str, work):
    """What `work(port, process)` gives while gunicorn serves; prints the memory of its workers at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"SELARAS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "selaras.web.settings"}
    target = "selaras.web.wsgi:application"
    if kind == "bare":
        (data / "bare_settings.py").write_text(BARE)
        (data / "bare.py").write_text(BARE_URLS)
        environment |= {"DJANGO_SETTINGS_MODULE": "bare_settings", "PYTHONPATH": str(data)}
        target = "django.core.wsgi:get_wsgi_application()"
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--log-level", "error"]
    with running([sys.executable, *command, target], environment) as process:
        wait(port)
        found = work(port, process.pid)
        print(f"\nmemory of the workers ({kind}): {', '.join(f'{size:.0f} MB' for size in memory(process.pid))}")
        return found


@contextmanager
def running(command, environment):
    """A process that is ended with its children afterwards."""
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def wait(port: int) -> None:
    """Until the server answers."""
    for _ in range(300):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
