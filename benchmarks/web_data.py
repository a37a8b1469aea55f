"""The installation that `web.py` asks: one agency made in bulk by the models, the others copied from it by the database."""

from __future__ import annotations

import time

BATCH = 2000
FIRST = "BEN-1"


def generate(agencies: int, years: tuple[int, ...], units: int = 40, indicators: int = 500) -> str:
    """Fill the empty tables; says what there is and how long it took."""
    from selaras.core.access import Role
    from selaras.store import models as tables

    started = time.perf_counter()
    one_agency(1, years, units, indicators)
    copy_first(agencies)
    user = tables.User.objects.create_user("pengukur", name="Pengukur")
    place = tables.Agency.objects.get(code=FIRST)
    for role in (Role.PLANNER, Role.REPORTER, Role.TREASURER, Role.ADMINISTRATOR):
        tables.RoleGrant.objects.create(user=user, role=role.value, agency=place)
    return f"{counted()}; generated in {time.perf_counter() - started:.0f} s"


def counted() -> str:
    """How many rows there are, in words."""
    from selaras.store import models as tables

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
    from selaras.actions.audit import append

    with transaction.atomic():
        for place in range(300):
            append(operator("uji"), action="menyimpan target", agency=agency.code, details={"key": f"IND-{place}"})


def copy_first(agencies: int) -> None:
    """Copy the first agency until there are so many, inside the database, each with codes and keys of its own.

    The keys of the first agency run from 1 in every table, so those of a copy are the same plus as many as there are.
    """
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from selaras.store import models as t

    copied = (t.Agency, t.Unit, t.Position, t.Tenure, t.StrategicPlan, t.Node, t.Indicator, t.Target, t.Realisation,
              t.BudgetVersion, t.BudgetLine, t.Spending)  # fmt: skip
    rows = {model: model._default_manager.count() for model in copied}
    statements = [statement(model, rows) for model in copied]
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(1, agencies):
            for text, steps in statements:
                cursor.execute(text, [*(number * step for step in steps), *([str(number + 1)] * text.count("REPLACE"))])
        for text in connection.ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(text)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")  # what its own housekeeper does within minutes of a large load


def statement(model, rows):
    """The statement that copies a table's first agency, and how far each of its shifted columns moves per copy."""
    from selaras.store import models as t

    shifted, named, plain = {}, [], []
    for field in model._meta.concrete_fields:
        target = model if field.primary_key else field.related_model
        if target in rows:
            shifted[field.column] = rows[target]
        elif model is t.Agency and field.column in {"code", "name", "short_name"}:
            named.append(field.column)
        else:
            plain.append(field.column)
    wanted = [*(f'"{name}" + %s' for name in shifted), *(f"REPLACE(\"{name}\", '1', %s)" for name in named),
              *(f'"{name}"' for name in plain)]  # fmt: skip
    into = ", ".join(f'"{name}"' for name in (*shifted, *named, *plain))
    table, key = model._meta.db_table, model._meta.pk.column
    text = f'INSERT INTO "{table}" ({into}) SELECT {", ".join(wanted)} FROM "{table}" WHERE "{key}" <= {rows[model]}'
    return text, list(shifted.values())
