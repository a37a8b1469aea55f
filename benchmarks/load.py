"""The day before the deadline: 500 people in 40 agencies work at once, against PostgreSQL and the server of `selaras serve`.

They open their duties and the grid, save cells, upload evidence, compose drafts, freeze data, have a report reviewed, and
strangers read the public pages; each thinks in between. In the second half one agency sends ten times as much. Then, alone
on the server, a few people of one agency open light pages, and once more while forty of another flood it with the same.

Printed are errors by kind (there must be none: a conflict, an unchanged edition and a told place in the queue are answers;
who is told to come back later, 429, does so: counted apart, neither an error nor in the times of what was done),
p50, p95 and p99 by action, the p95 of the quiet agencies before and while one is loud, by agency, the memory and number of
the server's processes, and, asked in the same run as the limit, the bare page `/health/live`.

`--minutes 10` is the full run; PostgreSQL must be installed, and 2 cores are what the figures are meant for.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path

from load_parts import TOLD, Client, Watch, prepared, served
from postgres_server import postgres

LOUD, QUIET = "BEN-1", "BEN-2"
AGAIN = 2
"""Seconds after which a browser comes back that was told to."""
FLOOD, FEW = 40, 4
"""People who flood without thinking, and people of another agency meanwhile."""
WEIGHTS = {
    "buka beranda": 26, "buka pengukuran": 12, "simpan sel": 28, "unggah bukti": 8, "halaman publik": 18,
    "pratinjau": 3, "unduh draf PDF": 1.2, "bekukan edisi": 0.6, "reviu laporan": 0.5,
}  # fmt: skip


def main() -> None:
    """Prepare, serve, work, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=2, help="how long (full: 10)")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--agencies", type=int, default=40)
    parser.add_argument("--indicators", type=int, default=60, help="of each agency")
    parser.add_argument("--think", type=float, default=40, help="seconds between two acts of a person, on average")
    parser.add_argument("--workers", type=int, default=2, help="of the server")
    parser.add_argument("--flood", type=float, default=15, help="seconds of light pages alone, and again under a flood")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="selaras-load-") as name:
        data = Path(name)
        data.chmod(0o755)
        with postgres(data / "pg") as database:
            os.environ["DATABASE_URL"] = database.url
            os.environ["SELARAS_SESSION_IDLE"] = "600"
            people = prepared(data / "data", args.agencies, args.indicators, args.people)
            with served(data / "data", args.workers) as (port, process):
                ping = limit(port)
                watch = Watch(process, database.process)
                done = work(port, people, args, watch)
                watch.end()
                light = flooded(port, people, args.flood)
            wrong = report(done, watch, ping, args)
            wrong += floods(*light)
        sys.exit(1 if wrong else 0)


def limit(port: int) -> tuple[float, float, float]:
    """The bare page with eight clients for five seconds: p50 and p95 in milliseconds, requests a second."""
    for _ in range(40):  # both workers have loaded their modules
        Client(port, "", "", random.Random(0)).ping()
    times: list[float] = []
    until = time.perf_counter() + 5

    def ask() -> None:
        client = Client(port, "", "", random.Random(1))
        while time.perf_counter() < until:
            times.append(client.ping())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = statistics.quantiles(times, n=20, method="inclusive")
    return statistics.median(times), ordered[18], len(times) / 5


def work(port: int, people: list[tuple[str, str]], args: argparse.Namespace, watch: Watch) -> list[tuple]:
    """Everybody works until the time is over; what was done: action, agency, second, milliseconds, outcome."""
    done: list[tuple] = []
    begun, seconds = time.monotonic(), args.minutes * 60
    half = begun + seconds / 2

    def person(number: int, agency: str, cookie: str) -> None:
        dice = random.Random(number)
        client = Client(port, agency, cookie, dice)
        time.sleep(dice.uniform(0, min(args.think, seconds / 3)))
        while time.monotonic() < begun + seconds:
            action = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            outcome = str(TOLD)
            while outcome == str(TOLD) and time.monotonic() < begun + seconds:
                started = time.monotonic()
                outcome = client.do(action, until=begun + seconds + 120)
                done.append((action, agency, started - begun, (time.monotonic() - started) * 1000, outcome))
                time.sleep(AGAIN if outcome == str(TOLD) else 0)
            faster = 10 if agency == LOUD and time.monotonic() > half else 1
            time.sleep(min(dice.uniform(0.5, 1.5) * args.think / faster, max(0.0, begun + seconds - time.monotonic())))

    def pinger() -> None:
        client = Client(port, "", "", random.Random(2))
        while time.monotonic() < begun + seconds:
            started = time.monotonic()
            done.append(("halaman kosong (batas)", "", started - begun, client.ping(), "200"))
            time.sleep(0.5)

    threads = [threading.Thread(target=person, args=(number, *one)) for number, one in enumerate(people)]
    threads.append(threading.Thread(target=pinger))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    del watch
    return done


def report(done: list[tuple], watch: Watch, ping: tuple[float, float, float], args: argparse.Namespace) -> int:
    """Print what came of it; how many errors there were."""
    good = {"200", "302", "409", "tetap"}
    seconds = args.minutes * 60
    sent_away = [item for item in done if item[4] == str(TOLD)]
    done = [item for item in done if item[4] != str(TOLD)]
    wrong = Counter((action, outcome) for action, _, _, _, outcome in done if outcome not in good)
    acts = [item for item in done if item[1]]
    print(f"\n{len(acts)} acts of {args.people} people in {args.agencies} agencies in {seconds:.0f} s "
          f"({len(acts) / seconds:.1f} a second); load of the machine {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"errors: {dict(wrong) or 'none'}")
    told = Counter(outcome for _, _, _, _, outcome in done if outcome in {"409", "tetap"})
    print(f"told: conflicts {told['409']}, nothing new to freeze {told['tetap']}; "
          f"waited in the queue {Client.waited} times, at most in place {Client.place}")  # fmt: skip
    loud = sum(agency == LOUD for _, agency, *_ in sent_away)
    print(f"told to come back later (429): {len(sent_away)}, of them {loud} of {LOUD}")
    print(f"\n| action | times | p50 ms | p95 ms | p99 ms | against the bare page |\n|{'---|' * 6}")
    by_action = defaultdict(list)
    for action, _, _, took, _ in done:
        by_action[action].append(took)
    base = statistics.median(by_action["halaman kosong (batas)"])
    for action in [*WEIGHTS, "halaman kosong (batas)"]:
        times = by_action[action]
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=100, method="inclusive")
            print(
                f"| {action} | {len(times)} | {cuts[49]:.0f} | {cuts[94]:.0f} | {cuts[98]:.0f} | {cuts[49] / base:.1f} × |"
            )
    print(f"\nbare page alone, eight clients: p50 {ping[0]:.0f} ms, p95 {ping[1]:.0f} ms, {ping[2]:.0f} requests/s")
    fairness(acts, seconds / 2)
    print(f"server: {watch.workers} workers, at most {watch.most} processes in all (children at once: {watch.children}), "
          f"memory of workers at most {watch.memory:.0f} MB together, of children {watch.child_memory:.0f} MB; "
          f"database {watch.database_memory:.0f} MB")  # fmt: skip
    return wrong.total()


def flooded(port: int, people: list[tuple[str, str]], seconds: float) -> tuple[list[tuple], list[tuple]]:
    """What a few people of one agency get from light pages, alone, and while another agency floods: phase, loud, status, ms."""
    loud = [cookie for agency, cookie in people if agency == LOUD]
    quiet = [cookie for agency, cookie in people if agency == QUIET]
    done: list[tuple] = []
    phase, over = ["alone"], threading.Event()

    def ask(agency: str, cookie: str, think: float) -> None:
        dice = random.Random(cookie)
        client = Client(port, agency, cookie, dice)
        while not over.is_set():
            started, during = time.perf_counter(), phase[0]
            outcome = client.do(dice.choice(["buka beranda", "buka pengukuran"]), until=time.monotonic() + 60)
            done.append((during, agency, outcome, (time.perf_counter() - started) * 1000))
            time.sleep(think)

    few = [threading.Thread(target=ask, args=(QUIET, quiet[number % len(quiet)], 0.3)) for number in range(FEW)]
    many = [threading.Thread(target=ask, args=(LOUD, loud[number % len(loud)], 0)) for number in range(FLOOD)]
    for thread in few:
        thread.start()
    time.sleep(seconds)
    phase[0] = "flood"
    for thread in many:
        thread.start()
    time.sleep(seconds)
    over.set()
    for thread in few + many:
        thread.join()
    return [item for item in done if item[1] == QUIET], [item for item in done if item[1] == LOUD]


def floods(quiet: list[tuple], loud: list[tuple]) -> int:
    """Print what the few got before and under the flood of light pages; how many errors there were."""
    print(f"\nlight pages: {FEW} people of {QUIET}, and {FLOOD} of {LOUD} who flood")
    for phase in ("alone", "flood"):
        times = [took for during, _, outcome, took in quiet if during == phase and outcome == "200"]
        told = Counter(outcome for during, _, outcome, _ in quiet if during == phase)
        if len(times) > 1:
            print(f"  {QUIET} {phase}: {dict(told)}, p50 {statistics.median(times):.0f} ms, p95 {_p95(times):.0f} ms")
    print(f"  {LOUD} meanwhile: {dict(Counter(outcome for _, _, outcome, _ in loud))}")
    return sum(outcome not in {"200", str(TOLD)} for _, _, outcome, _ in quiet + loud)


def fairness(acts: list[tuple], half: float) -> None:
    """What the quiet agencies feel of the loud one, light and heavy work apart."""
    heavy = {"unduh draf PDF", "bekukan edisi", "reviu laporan"}
    for title, chosen in (
        ("light work", lambda action: action not in heavy),
        ("heavy work", lambda action: action in heavy),
    ):
        quiet = [item for item in acts if item[1] != LOUD and chosen(item[0])]
        before = [took for _, _, at, took, _ in quiet if at < half]
        after = [took for _, _, at, took, _ in quiet if at >= half]
        if len(before) > 20 and len(after) > 20:
            first, second = _p95(before), _p95(after)
            print(f"{title}: p95 of the quiet agencies {first:.0f} ms, {second:.0f} ms while {LOUD} sends ten times as much "
                  f"(ratio {second / first:.2f})")  # fmt: skip
        loud = [took for _, agency, at, took, _ in acts if agency == LOUD and at >= half and chosen(_)]
        if len(loud) > 20:
            print(f"  of {LOUD} itself meanwhile: p95 {_p95(loud):.0f} ms")
    by_agency = defaultdict(list)
    for action, agency, at, took, _ in acts:
        if at >= half and agency != LOUD and action not in heavy:
            by_agency[agency].append(took)
    each = [_p95(times) for times in by_agency.values() if len(times) > 20]
    if each:
        print(
            f"p95 by quiet agency then: between {min(each):.0f} and {max(each):.0f} ms, median {statistics.median(each):.0f}"
        )


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[18]


if __name__ == "__main__":
    main()
