"""One installation of 20,000 employees: what the pages of the SKP read, how many queries, and the load of the register.

`--people` sets how many. The peer of the list is the bare query for one page of employees.
"""

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

from measure import peak_mib, table

from selaras.core.access import Actor, Grant, Role
from selaras.store import setup

YEAR = 2024
BATCH = 2000


def main():
    """Fill a fresh database, then read every list page once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        setup(Path(folder))
        rows = [loaded(Path(folder), people)]
        plans(people)
        rows += pages(people)
    rows.append(("peak memory", f"{peak_mib():.0f} MiB", ""))
    table(f"SKP pages with {people:,} employees", rows)


def loaded(folder, people):
    """The register out of a spreadsheet."""
    from selaras.actions.staff import load_staff
    from selaras.documents.write.listing import grid
    from selaras.store import models as tables

    agency = tables.Agency.objects.create(code="A", name="Kota Contoh", short_name="Kota", kind="pemerintah daerah")
    tables.Unit.objects.bulk_create(
        tables.Unit(agency=agency, code=f"U{number}", name=f"Unit {number}", kind="unit", sequence=number)
        for number in range(people // 50)
    )
    path = folder / "pegawai.xlsx"
    listed = (
        (f"Pegawai {number:06}", nip(number), "Penata (III/c)", "Analis", f"U{number // 50 % (people // 50)}", "PNS")
        for number in range(people)
    )
    path.write_bytes(grid("Pegawai", ["Nama", "NIP", "Pangkat", "Jabatan", "Unit", "Status"], listed))
    start = time.perf_counter()
    made = load_staff(Actor("Ukur", (Grant(Role.ADMINISTRATOR),)), agency="A", path=path)
    seconds = time.perf_counter() - start
    return (f"{len(made.new):,} rows of the register", f"{people / seconds:,.0f}/s", f"{seconds:.1f} s, all or nothing")


def nip(number):
    """An invented number that can be one: twelve thousand birth dates, then the serial."""
    day, serial = divmod(number, 900)
    return f"{1970 + day % 30}{day // 30 % 12 + 1:02}{day % 28 + 1:02}2015031{serial + 1:03}"


def plans(people):
    """A plan and a rating for everybody, in batches."""
    from selaras.store import models as tables

    agency = tables.Agency.objects.get()
    units = dict(tables.Unit.objects.values_list("pk", "code"))
    head = tables.Position.objects.create(agency=agency, code="KEPALA", title="Kepala")
    place = tables.Position.objects.create(agency=agency, code="ANALIS", title="Analis", superior=head)
    staff = tables.Employee.objects.order_by("pk").values_list("pk", "unit_id")
    for start in range(0, people, BATCH):
        made = tables.SkpPlan.objects.bulk_create(
            tables.SkpPlan(
                agency=agency, code=f"S{pk}", year=YEAR, position=place, employee_id=pk, form="JA dan JF",
                assessor=head if pk % 1000 == 0 else None, method="kuantitatif", since=date(YEAR, 1, 1),
                until=date(YEAR, 12, 31), capacity="definitif", cycle="triwulan", unit=units[unit], state="dinilai",
            )
            for pk, unit in staff[start : start + BATCH]
        )  # fmt: skip
        tables.SkpRow.objects.bulk_create(
            tables.SkpRow(
                plan=plan, order=1, section="utama", result="Laporan tersusun", measure="Jumlah laporan", origin="isian sendiri",
            )
            for plan in made
        )  # fmt: skip
        tables.SkpAssessment.objects.bulk_create(
            tables.SkpAssessment(
                plan=plan, year=YEAR, span="tahun", index=1, results="sesuai ekspektasi", behaviour="di atas ekspektasi",
                assessor="KEPALA", on=date(YEAR, 12, 31),
            )
            for plan in made
        )  # fmt: skip


def pages(people):
    """Every list: seconds and queries."""
    from selaras.store import models as tables
    from selaras.store.people_duties import people_items
    from selaras.store.people_parts import alignment_part, cascade_part, extent_of, unit_counts, unplanned
    from selaras.store.people_reports import alignment_of, cascade_of, distribution_of, staff_page
    from selaras.store.people_team import subordinates
    from selaras.store.searching import search

    office = Actor("Kepegawaian", (Grant(Role.STAFFING, "A"),), "kepegawaian")
    head = Actor("Kepala", (Grant(Role.LEADER, "A"),), "kepala", frozenset({("A", "KEPALA")}))
    asked = {
        "peer: one page of employees": lambda: list(tables.Employee.objects.order_by("name", "pk")[:50]),
        "list of staff, first page": lambda: staff_page(office, "A", YEAR),
        "list of staff, last page": lambda: staff_page(office, "A", YEAR, page=people // 50),
        "list of staff, searched": lambda: staff_page(office, "A", YEAR, search="Pegawai 0001"),
        "subordinates of one superior": lambda: subordinates(head, "A", YEAR),
        "what waits for one superior": lambda: people_items(head, "A", YEAR, date(YEAR + 1, 3, 1)),
        "search of a superior": lambda: search(head, "pegawai 0001", first="A"),
        "distribution of every unit": lambda: distribution_of(head, "A", YEAR),
        "page: units of the alignment": lambda: (extent_of("A", YEAR), unit_counts("A", YEAR), unplanned("A", YEAR)),
        "page: alignment of a unit": lambda: (unit_counts("A", YEAR), alignment_part("A", YEAR, "U7", 2)),
        "page: top of the cascade": lambda: (extent_of("A", YEAR), cascade_part("A", YEAR, page=3)),
        "page: cascade of one position": lambda: (extent_of("A", YEAR), cascade_part("A", YEAR, "ANALIS", page=400)),
        "file: PK, SKP and Renstra of everybody": lambda: alignment_of("A", YEAR),
        "file: cascade of everybody": lambda: cascade_of("A", YEAR),
    }
    return [measured(name, call) for name, call in asked.items()]


def measured(name, call):
    """The faster of two runs, and the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        call()
    start = time.perf_counter()
    call()
    return (name, f"{(time.perf_counter() - start) * 1000:,.0f} ms", f"{len(queries)} queries")


if __name__ == "__main__":
    main()
