"""The clients that `web.py` asks with, and what the system tells about the server meanwhile."""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from contextlib import closing
from pathlib import Path

WARM = 24
"""Requests before those that are measured."""


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
    """The milliseconds of processor time that the children of a process have taken so far, where the system tells.

    Those that have ended count too: a database ends the process of a connection that is not used any more.
    """
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[1]) == parent:
            ticks += int(told[11]) + int(told[12])
        if stat.parent.name == str(parent):
            ticks += int(told[13]) + int(told[14])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def spent() -> float:
    """The milliseconds of processor time of this process, which plays the clients."""
    return time.process_time() * 1000


def both(port: int, address: str, cookie: str, requests: int):
    """(p50, p95, requests a second) by how many clients there are: one and eight."""
    load(port, address, cookie, 8, WARM)  # both workers are warm
    return {clients: load(port, address, cookie, clients, requests) for clients in (1, 8)}


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
