"""The web application under load: ten main pages, one and eight clients, beside a bare Django page with as many rows.

An installation is generated (by default 20 agencies with 10,000 indicators and two years; `--full` makes 200 agencies,
8,000 units, 100,000 indicators, five years), served by gunicorn with two workers on this machine, and asked by threads.
Printed: p50 and p95 in milliseconds, requests a second, queries and kilobytes of a page, the processor time of the workers
for one page (which other work on the machine changes least), memory of the workers, and the
ratio to the bare page: one query, one template, as many rows as the agency has indicators, no session, no rights. What a
worker keeps of an agency's facts is good until the next act on that agency: "after a change" is the time of a page that is
asked for right after one, when nothing that was kept is good any more.
`--database URL` names an empty PostgreSQL database; else SQLite.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

YEARS = (2024, 2023, 2022, 2021, 2020)
BATCH = 2000
WARM = 24
"""Requests before those that are measured."""
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="200 agencies, 100,000 indicators, five years")
    parser.add_argument("--agencies", type=int, help="so many agencies instead")
    parser.add_argument("--database", default="", metavar="URL", help="an empty PostgreSQL database; else SQLite")
    parser.add_argument("--requests", type=int, default=40, help="requests per page and number of clients")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    args = parser.parse_args()
    agencies, years = (200, YEARS) if args.full else (20, YEARS[:2])
    with tempfile.TemporaryDirectory(prefix="selaras-bench-") as name:
        data = Path(name)
        if args.database:
            os.environ["DATABASE_URL"] = args.database
        os.environ["SELARAS_SESSION_IDLE"] = "600"
        _open(data)
        started = time.perf_counter()
        counts = generate(args.agencies or agencies, years)
        print(f"{counts}; generated in {time.perf_counter() - started:.0f} s", flush=True)
        measure(data, args)


def _open(data: Path) -> None:
    from selaras.cli.options import open_web_workspace

    open_web_workspace(data)


def generate(agencies: int, years: tuple[int, ...], units: int = 40, indicators: int = 500) -> str:
    """Fill the tables in bulk, agency by agency; says what there is."""
    from selaras.core.access import Role
    from selaras.store import models as tables

    for number in range(1, agencies + 1):
        one_agency(number, years, units, indicators)
    user = tables.User.objects.create_user("pengukur", name="Pengukur")
    place = tables.Agency.objects.get(code="BEN-1")
    for role in (Role.PLANNER, Role.REPORTER, Role.TREASURER, Role.ADMINISTRATOR):
        tables.RoleGrant.objects.create(user=user, role=role.value, agency=place)
    shown = (tables.Agency, tables.Unit, tables.Node, tables.Indicator, tables.Target, tables.Realisation)
    return ", ".join(f"{table.objects.count():,} {table._meta.verbose_name}" for table in shown)


def one_agency(number: int, years: tuple[int, ...], units: int, indicators: int) -> None:
    """One agency: a tree of units, of the plan, indicators with targets by document and values by quarter, a budget."""
    from decimal import Decimal

    from django.db import transaction

    from selaras.core.access import operator
    from selaras.store import models as t

    def many(table, rows):
        made = [table(agency=agency, sequence=place, **row) for place, row in enumerate(rows)]
        return table.objects.bulk_create(made, batch_size=BATCH)

    with transaction.atomic():
        agency = t.Agency.objects.create(
            code=f"BEN-{number}", name=f"Dinas Contoh {number}", short_name=f"Dinas {number}", kind="perangkat daerah"
        )
        root = many(t.Unit, [{"code": "U-0", "name": f"Dinas Contoh {number}", "kind": "unit"}])[0]
        below = many(t.Unit, [
            {"code": f"U-{place}", "name": f"Bidang {place}", "kind": "unit", "parent": root, "order": place}
            for place in range(1, units)
        ])  # fmt: skip
        head = many(t.Position, [{"code": "J-0", "title": "Kepala Dinas", "unit": root}])[0]
        posts = many(t.Position, [
            {"code": f"J-{place}", "title": f"Kepala Bidang {place}", "unit": unit, "superior": head, "order": place}
            for place, unit in enumerate(below, 1)
        ])  # fmt: skip
        many(t.Tenure, [
            {"position": post, "name": f"Pejabat Contoh {place}", "capacity": "definitif"} for place, post in enumerate([head, *posts])
        ])  # fmt: skip
        many(t.StrategicPlan, [{"code": "R", "name": "Renstra", "first_year": min(years), "last_year": max(years)}])
        goal = many(t.Node, [{"code": "T", "level": "tujuan", "title": "Tujuan", "owner": root}])[0]
        aims = many(t.Node, [
            {"code": f"S-{place}", "level": "sasaran", "title": f"Sasaran {place}", "parent": goal, "owner": unit, "order": place}
            for place, unit in enumerate(below, 1)
        ])  # fmt: skip
        programmes = many(t.Node, [
            {"code": f"P-{place}", "level": "program", "title": f"Program {place}", "parent": aim, "owner": aim.owner, "order": place}
            for place, aim in enumerate(aims, 1)
        ])  # fmt: skip
        made = many(t.Indicator, [
            {"code": f"IND-{place}", "node": aims[place % len(aims)], "name": f"Persentase layanan {place} yang tepat waktu",
             "level": "indikator sasaran", "kind": "hasil", "unit": "persen", "value_kind": "persen", "polarity": "naik",
             "formula": "nilai langsung", "aggregation": "terakhir", "iku": place % 10 == 0, "order": place,
             "responsible": posts[place % len(posts)]}
            for place in range(indicators)
        ])  # fmt: skip
        year_of = {"span": "tahun", "index": 1, "value_kind": "persen"}
        many(t.Target, [
            {"indicator": item, "year": year, "document": document, "value_amount": Decimal(60 + place % 40), **year_of}
            for year in years for document in ("Renstra", "RKT") for place, item in enumerate(made)
        ])  # fmt: skip
        spans = [("tahun", 1), *(("triwulan", quarter) for quarter in range(1, 5))]
        many(t.Realisation, [
            {"indicator": item, "year": year, "span": span, "index": index, "value_kind": "persen",
             "value_amount": Decimal(50 + (place * 7 + index) % 50), "status": "terverifikasi", "entered_by": "Ani", "verified_by": "Budi"}
            for year in years for span, index in spans for place, item in enumerate(made)
        ])  # fmt: skip
        for year in years:
            version = many(t.BudgetVersion, [{"code": "DPA", "year": year, "name": "DPA"}])[0]
            many(t.BudgetLine, [
                {"version": version, "year": year, "node": node, "amount": Decimal(100_000_000), "source": "APBD"} for node in programmes
            ])  # fmt: skip
            many(t.Spending, [
                {"node": node, "year": year, "month": month, "amount": Decimal(8_000_000)} for node in programmes for month in range(1, 13)
            ])  # fmt: skip
    if number == 1:
        from selaras.actions.audit import append

        with transaction.atomic():
            for place in range(300):
                append(operator("uji"), action="menyimpan target", agency=agency.code, details={"key": f"IND-{place}"})


def measure(data: Path, args: argparse.Namespace) -> None:
    """Serve and ask every page, with queries and size from a client inside this process."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import NoReverseMatch, reverse

    from selaras.store.models import User

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username="pengukur"), backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    known = []
    for label, name, given in PAGES:
        if args.only and args.only not in label:
            continue
        try:
            address = reverse(name, kwargs={} if given is None else {"agency": "BEN-1", "year": YEARS[0]} | given)
        except NoReverseMatch:
            print(f"{label}: no such page yet")
            continue
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(address)
        if answer.status_code != 200:
            print(f"{label}: {answer.status_code}")
            continue
        known.append((label, address, len(asked), len(answer.content)))
    connection.close()
    bare = served(data, "bare", lambda port, _parent: both(port, "/bare", "", args.requests)[0])
    print(
        f"\nbare Django page, 500 rows: p50 {bare[1][0]:.0f} / {bare[8][0]:.0f} ms with 1 / 8 clients, {bare[8][2]:.0f} requests/s\n"
    )
    print(
        "| page | queries | kB | p50, 1 client | p95 | after a change | p50, 8 clients | p95 | requests/s | CPU | against bare |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")

    def ask(port, parent):
        for label, address, queries, size in known:
            cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
            load(port, address, cookie, 8, WARM)  # modules and templates are loaded by the first requests
            before = busy(parent)
            found, _ = both(port, address, cookie, args.requests)
            each = (busy(parent) - before) / (2 * args.requests + WARM)
            one, eight, anew = found[1], found[8], after_a_change(port, address, cookie)
            print(f"| {label} | {queries} | {size / 1000:.0f} | {one[0]:.0f} | {one[1]:.0f} | {anew:.0f} "
                  f"| {eight[0]:.0f} | {eight[1]:.0f} "
                  f"| {eight[2]:.0f} | {each:.0f} | {one[0] / bare[1][0]:.1f} × |", flush=True)  # fmt: skip

    served(data, "selaras", ask)


def served(data: Path, kind: str, work):
    """What `work(port, process)` gives while gunicorn serves; prints the memory of its workers at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"SELARAS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "selaras.web.settings"}
    if kind == "bare":
        (data / "bare_settings.py").write_text(BARE)
        (data / "bare.py").write_text(BARE_URLS)
        environment |= {"DJANGO_SETTINGS_MODULE": "bare_settings", "PYTHONPATH": str(data)}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--log-level",
        "error",
    ]
    target = "django.core.wsgi:get_wsgi_application()" if kind == "bare" else "selaras.web.wsgi:application"
    with running([*command, target], environment) as process:
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


def memory(parent: int) -> list[float]:
    """The resident megabytes of the children of a process, where the system tells."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(told["PPid"]) == parent and "VmRSS" in told:
            sizes.append(int(told["VmRSS"].split()[0]) / 1000)
    return sizes


def busy(parent: int) -> float:
    """The milliseconds of processor time that the children of a process have taken so far, where the system tells."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[1]) == parent:
            ticks += int(told[11]) + int(told[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def both(port: int, address: str, cookie: str, requests: int):
    """(p50, p95, requests a second) with one and with eight clients, and the size of a page."""
    load(port, address, cookie, 8, WARM)  # both workers are warm
    return {clients: load(port, address, cookie, clients, requests) for clients in (1, 8)}, address


def after_a_change(port: int, address: str, cookie: str, times: int = 9) -> float:
    """The median time of a page that is asked for right after an act on its agency."""
    from django.db import connection, transaction

    from selaras.actions.audit import append
    from selaras.core.access import operator

    found = []
    for _ in range(times):
        with transaction.atomic():
            append(operator("uji"), action="menyimpan target", agency="BEN-1", details={})
        found.append(once(port, address, cookie))
    connection.close()
    return statistics.median(found)


def once(port: int, address: str, cookie: str) -> float:
    """One request, in milliseconds."""
    headers = {"Cookie": cookie, "Host": "localhost"} if cookie else {"Host": "localhost"}
    started = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as asked:
        asked.request("GET", address, headers=headers)
        answer = asked.getresponse()
        answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")
    return (time.perf_counter() - started) * 1000


def load(port: int, address: str, cookie: str, clients: int, requests: int) -> tuple[float, float, float]:
    """So many requests by so many clients at once: p50 and p95 in milliseconds, requests a second."""
    times: list[float] = []
    left = iter(range(requests))
    lock = threading.Lock()

    def client() -> None:
        while True:
            with lock:
                if next(left, None) is None:
                    return
            times.append(once(port, address, cookie))

    began = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) != requests:
        raise SystemExit(f"{address}: only {len(times)} of {requests} requests were answered")
    ordered = statistics.quantiles(times, n=20, method="inclusive")
    return statistics.median(times), ordered[18], requests / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
