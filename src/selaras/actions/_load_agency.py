"""The agency itself, stored from the first sheet of a workbook or from the setup page."""

from __future__ import annotations

from selaras.actions._naming import header_of, sheet_name
from selaras.actions.results import Change, SheetCount
from selaras.core.org import Agency
from selaras.store.rows import agency_table, shown


def load_agency(agency: Agency) -> tuple[int, SheetCount, list[Change]]:
    """Store the agency itself; returns its key, the count and the changes."""
    table = agency_table()
    row = {
        name: value
        for part in table.fields
        for name, value in zip(part.columns, part.pack(getattr(agency, part.name)), strict=True)
    }
    sheet = sheet_name(table)
    old = table.rows.filter(code=agency.code).values("pk", *table.columns).first()
    if old is None:
        created = table.rows.create(**row)
        return created.pk, SheetCount(sheet, created=1), [Change(sheet, agency.code, "", "", "baru", agency.place)]
    changes = [
        Change(sheet, agency.code, header_of(table, name), shown(old[name]), shown(row[name]), agency.place)
        for name in table.columns
        if old[name] != row[name]
    ]
    if changes:
        table.rows.filter(pk=old["pk"]).update(**row)
    return old["pk"], SheetCount(sheet, changed=int(bool(changes)), unchanged=int(not changes)), changes
