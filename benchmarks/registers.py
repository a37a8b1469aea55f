"""A counting rule over a million records beside hand-written SQL and plain Python; a hundred thousand records imported.

Each database runs in a child process with a workspace of its own: SQLite always, PostgreSQL with `--postgres`. The peers
get the same rows: the SQL is what somebody who knows the columns would write for this one rule, the Python a bare loop
over tuples that are in memory already.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from measure import peak_mib, table, timed
from postgres_server import postgres

IMPORTED = 100_000
MILLION = 1_000_000
CODE, PPID, SECOND = "DINAS", "permohonan_informasi", "permohonan_kedua"
FIRST = date(2024, 1, 2)
HEADS = ["Nomor", "Tanggal masuk", "Keadaan", "Tanggal Diproses", "Tanggal Dijawab", "Nama pemohon", "Jenis pemohon",
         "Informasi yang diminta", "Tujuan penggunaan informasi", "Cara permohonan masuk", "Keputusan", "Biaya",
         "Cara pembayaran"]  # fmt: skip
BY_HAND = """
    SELECT COUNT(*) FILTER (WHERE ended IS NOT NULL AND ended <= due),
           COUNT(*) FILTER (WHERE ended IS NOT NULL OR due < '2026-06-30')
    FROM store_registerrecord
    WHERE definition_id = %s AND opened BETWEEN '2024-01-01' AND '2024-12-31' AND state <> 'dibatalkan'
      AND standing = 'berbatas'
"""
DAY = date(2026, 6, 30)


def main():
    """SQLite, then PostgreSQL if it is wanted, each with its peers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=MILLION)
    parser.add_argument("--imported", type=int, default=IMPORTED)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        inside(Path(args.inside), args.records, args.imported)
        return
    with tempfile.TemporaryDirectory(prefix="selaras-registers-") as folder:
        home = Path(folder)
        run(home / "sqlite", args, "")
        if args.postgres:
            home.chmod(0o755)
            with postgres(home / "pg") as server:
                run(home / "work", args, server.url)


def run(data, args, url):
    """One database in a process of its own, and what it printed."""
    data.mkdir()
    environment = os.environ | {
        "SELARAS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "selaras.store.settings",
        "SELARAS_SECRET_KEY": "only-for-a-benchmark-0123456789-0123456789-0123456789",
    }  # fmt: skip
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, __file__, "--inside", str(data)]
    command += ["--records", str(args.records), "--imported", str(args.imported)]
    subprocess.run(command, check=True, env=environment)


def inside(data, records, most):
    """Tables, an import, the records multiplied, the rule and its peers."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    actor, held = office()
    name = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    rows = written(data / "lama.csv", min(most, records))
    before = peak_mib()
    amount = min(most, records)
    told = [imported(actor, "CSV", PPID, rows, amount, bare_rows(rows), before)]
    book = as_workbook(rows, data / "lama.xlsx")
    told.append(imported(actor, "XLSX", SECOND, book, amount, bare_cells(book), before))
    multiply(held, records)
    told += counted(held, records)
    table(f"{name}, {records:,} records", told)


def imported(actor, kind, register, path, amount, bare, before):
    """How many records a second are taken in, beside reading the same file with nothing else."""
    from selaras.actions.register_files import import_records

    started, worked = time.perf_counter(), time.process_time()
    import_records(actor, agency=CODE, register=register, path=path)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    return (
        f"import of {amount:,} records ({kind}, checked, one transaction)", f"{amount / seconds:,.0f}/s",
        f"{seconds:.1f} s ({worked:.1f} s of the processor), reading the file bare {bare:.1f} s; peak {peak_mib():.0f} MiB ({before:.0f} before); "
        "aim: 3,000/s",
    )  # fmt: skip


def office():
    """An agency with two registers of one kind."""
    from selaras.actions.registers import take_preset
    from selaras.core.access import operator
    from selaras.store import models as tables
    from selaras.store.register_access import find_register

    actor = operator("pengukuran")
    tables.Agency.objects.create(code=CODE, name="Dinas Contoh", kind="perangkat daerah")
    take_preset(actor, agency=CODE, preset_code=PPID)
    take_preset(actor, agency=CODE, preset_code=PPID, code=SECOND, name="Permohonan informasi kedua")
    return actor, find_register(CODE, PPID)


def written(path, amount):
    """A file of requests over one year, most of them answered."""
    dice = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADS)
        for number in range(amount):
            opened = FIRST + timedelta(days=dice.randrange(360))
            state = dice.choices(("Dijawab", "Diproses", "Dibatalkan"), (90, 7, 3))[0]
            taken = opened + timedelta(days=dice.randrange(4))
            answered = taken + timedelta(days=dice.randrange(20)) if state == "Dijawab" else ""
            cost = dice.choice(("", "", "15000"))
            writer.writerow([
                f"L-{number}", opened.isoformat(), state, taken.isoformat() if state != "Dibatalkan" else "",
                answered and answered.isoformat(), "Warga Rekaan", "perorangan", "Salinan laporan", "Penelitian",
                dice.choice(("loket", "surat", "laman")), "dikabulkan seluruhnya" if answered else "", cost,
                "tunai" if cost else "",
            ] if state != "Dibatalkan" else [
                f"L-{number}", opened.isoformat(), "Diproses", taken.isoformat(), "", "Warga Rekaan", "perorangan",
                "Salinan laporan", "Penelitian", "loket", "", "", "",
            ])  # fmt: skip
    return path


def bare_rows(path):
    """Seconds of reading the file with nothing but the csv module."""
    started = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file, delimiter=";")) > 1
    return time.perf_counter() - started


def as_workbook(rows, path):
    """The same table as XLSX, dates as dates."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Rekaman")
    with rows.open(encoding="utf-8", newline="") as file:
        for at, cells in enumerate(csv.reader(file, delimiter=";")):
            for column, cell in enumerate(cells):
                if at and column in {1, 3, 4} and cell:
                    sheet.write_datetime(at, column, datetime.fromisoformat(cell))
                elif cell:
                    sheet.write_string(at, column, cell)
    book.close()
    return path


def bare_cells(path):
    """Seconds of reading the workbook with nothing but openpyxl."""
    import openpyxl

    started = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) > 1
    book.close()
    return time.perf_counter() - started


def multiply(held, records):
    """The same rows again and again under other numbers, until there are enough."""
    from django.db import connection

    from selaras.store import models as tables

    rows = tables.RegisterRecord.objects.filter(definition=held.pk)
    names = [
        field.column for field in tables.RegisterRecord._meta.concrete_fields if field.column not in {"id", "number"}
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    top = rows.order_by("-pk").values_list("pk", flat=True)[0]
    copy = 0
    with connection.cursor() as cursor:
        while (missing := records - rows.count()) > 0:
            copy += 1
            cursor.execute(
                f"INSERT INTO store_registerrecord (number, {columns}) SELECT number || %s, {columns} "
                "FROM store_registerrecord WHERE id <= %s ORDER BY id LIMIT %s",
                [f"/{copy}", top, missing],
            )
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM store_registerrecord")


def counted(held, records):
    """The rule by Selaras, by hand and by a loop; all three must say the same."""
    from django.db import connection

    from selaras.core.period import Period
    from selaras.store import models as tables
    from selaras.store.register_counts import Counting

    rule, period = held.register.rule("sesuai_sop"), Period(2024)
    ours, found = timed(lambda: Counting(held.pk, held.register, held.row.body, DAY).rule(rule, period))

    def by_hand():
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND, [held.pk])
            return cursor.fetchone()

    peer, told = timed(by_hand)
    figure = found.figure
    assert tuple(map(int, told)) == (figure.numerator, figure.denominator), (told, figure.told())
    listed = list(
        tables.RegisterRecord.objects.filter(definition=held.pk).order_by()
        .values_list("opened", "state", "standing", "due", "ended").iterator(chunk_size=20_000)
    )  # fmt: skip
    loop, result = timed(lambda: looped(listed), runs=3)
    assert result == tuple(map(int, told))
    page, numbers = timed(
        lambda: Counting(held.pk, held.register, held.row.body, DAY).behind(rule, period, "missed", start=0, most=50)
    )
    assert len(numbers) == min(50, found.missed)
    filtered, same = timed(lambda: content_rule(held, period), runs=3)
    slow, wanted = timed(lambda: content_rule(held, period, plain=True), runs=1)
    assert same == wanted
    aim = "aim: under 1 s for a million"
    return [
        (f"“{rule.name[:44]}…” by Selaras", f"{ours * 1000:,.0f} ms", f"{figure.told()}; {aim}"),
        ("the same by hand-written SQL", f"{peer * 1000:,.0f} ms", f"Selaras takes {ours / peer:.2f} × as long"),
        (
            "a bare Python loop over tuples in memory",
            f"{loop * 1000:,.0f} ms",
            f"Selaras takes {ours / loop:.2f} × as long",
        ),
        ("the first 50 records behind it", f"{page * 1000:,.0f} ms", ""),
        ("a rule over a field whose content is JSON", f"{filtered * 1000:,.0f} ms", "by the column that repeats it"),
        ("the same read out of JSON", f"{slow * 1000:,.0f} ms", f"{slow / filtered:.1f} × as long"),
    ]


def content_rule(held, period, *, plain=False):
    """A rule whose filters ask about contents only; `plain` without the columns that repeat them."""
    from selaras.store.register_counts import Counting

    counting = Counting(held.pk, held.register, held.row.body, DAY)
    if plain:
        counting.slots = {}
    return counting.rule(held.register.rule("dikabulkan"), period)


def looped(rows):
    """What a person would write in Python for this one rule."""
    met = whole = 0
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    for opened, state, standing, due, ended in rows:
        if first <= opened <= last and state != "dibatalkan" and standing == "berbatas":
            if ended is not None:
                whole += 1
                met += ended <= due
            elif due < DAY:
                whole += 1
    return met, whole


if __name__ == "__main__":
    main()
