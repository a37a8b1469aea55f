"""Writers that do real work and are killed at random moments, again and again: `killing DATA ACKS WRITES SEED`.

Each writer is a child of its own that opens the database, does one verb after the other and, after each, writes a line to
ACKS: what it was told is done. The parent kills a writer after a random while and starts the next, until so many are
told. Prints how many were killed.
"""

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.faults.house import BIRO

from selaras.cli.options import open_web_workspace

DATA, ACKS, WRITES, SEED = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
open_web_workspace(DATA)

from django.db import InterfaceError, OperationalError, connection  # noqa: E402

from selaras.actions import register_records  # noqa: E402
from selaras.actions.evidence import Upload, upload_evidence  # noqa: E402
from selaras.actions.measurement import record_realisation  # noqa: E402
from selaras.actions.records import save_record  # noqa: E402
from selaras.core.access import operator  # noqa: E402
from selaras.core.errors import CannotRun  # noqa: E402
from selaras.core.org import Unit  # noqa: E402
from selaras.core.period import quarter  # noqa: E402
from selaras.core.value import number as plain  # noqa: E402

INDICATORS = ("IT-1", "IT-2", "IT-3", "ISK-I.A.1", "ISK-I.A.2", "ISK-I.A.3")
ASKED = {
    "nama": "Warga Rekaan", "jenis_pemohon": "perorangan", "alamat": "Jalan Rekaan 7", "surel": "warga@contoh.example",
    "informasi": "Salinan laporan kinerja", "tujuan": "Penelitian pribadi",
}  # fmt: skip
BY = operator("penulis")


def unit(name, number, _draft):
    code = f"W-{name}-{number}"
    save_record(BY, agency=BIRO, record=Unit(code, f"Unit {code}"))
    return {"kind": "unit", "code": code}


def value(name, number, _draft):
    at = {"indicator": INDICATORS[number % len(INDICATORS)], "period": quarter(2024, 1 + number % 4)}
    given = Decimal(100_000 * (int(name) + 1) + number)
    record_realisation(BY, agency=BIRO, **at, value=plain(given))
    return {"kind": "value", "indicator": at["indicator"], "index": at["period"].index, "value": str(given)}


def evidence(name, number, draft):
    words = f"Notulen rapat {name} nomor {number}. " * 500
    draft.write_text(words)
    kept = upload_evidence(
        BY,
        agency=BIRO,
        indicator="IKU-1",
        period=quarter(2024, 1),
        upload=Upload(draft, f"notulen-{name}-{number}.txt"),
    )
    return {"kind": "evidence", "title": kept.title, "file": kept.target, "sha256": kept.sha256}


def request(name, number, _draft):
    told = register_records.open_record(
        BY,
        agency=BIRO,
        register="permohonan_informasi",
        texts=ASKED | {"nama": f"Warga {name} {number}"},
        on=date(2024, 5, 2),
    )
    return {"kind": "request", "number": told, "name": f"Warga {name} {number}"}


WORK = (unit, value, evidence, request)


def write(name):
    """One writer: works until it is killed."""
    out = os.open(ACKS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    draft = DATA.parent / f"draf-{name}.txt"
    number, parent = 0, os.getppid()
    while os.getppid() == parent:  # who starts and kills us may be ended, too
        number += 1
        try:
            done = WORK[number % len(WORK)](name, number, draft)
        except (OperationalError, InterfaceError, CannotRun):
            connection.close()  # the database has gone: nothing was told as done
            time.sleep(0.1)
            continue
        os.write(out, (json.dumps(done) + "\n").encode())


def told_so_far():
    with suppress(FileNotFoundError):
        return ACKS.read_bytes().count(b"\n")
    return 0


def born(name):
    pid = os.fork()
    if pid == 0:
        try:
            write(name)
        finally:
            os._exit(1)
    return pid


connection.close()
dice = random.Random(SEED)
shortest, longest = (0.1, 0.9) if WRITES < 2000 else (0.2, 2.0)
killed, names, writers = 0, 0, {}
while told_so_far() < WRITES:
    while len(writers) < 2:
        writers[born(f"{names:04d}")] = time.monotonic() + dice.uniform(shortest, longest)
        names += 1
    time.sleep(0.005)
    for pid, until in list(writers.items()):
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            raise SystemExit(f"a writer ended by itself: {status}")
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            del writers[pid]
            killed += 1
for pid in writers:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
sys.stdout.write(json.dumps({"killed": killed + len(writers), "told": told_so_far()}))
