"""Puts records into the tables the way the loading verb does, without a file."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.db import transaction
from tests.store.example import AGENCY

from selaras.actions._load_agency import load_agency
from selaras.actions._loading import Loading
from selaras.core.errors import Refusal
from selaras.core.org import Agency
from selaras.core.place import NOWHERE
from selaras.documents.workbook.schema import REFERRED
from selaras.store.rows import all_tables


def fill(records: dict[type[Any], list[Any]], agency: Agency = AGENCY, years: tuple[int, ...] = (2024,)) -> Loading:
    with transaction.atomic():
        pk, count, _ = load_agency(agency)
        load = Loading(pk, years=set(years), counts=[count])
        for item in (*load.stored(), *(item for record in REFERRED for item in records.get(record, []))):
            load.checker.learn(item)
        for table in all_tables().values():
            load.take(table, records.get(table.record, []))
        if load.faults:
            raise Refusal("not loaded", *load.faults)
    return load


def bare(items: Any) -> list[Any]:
    """Records without their places, to compare what was saved with what was loaded."""
    return [dataclasses.replace(item, place=NOWHERE) for item in items]
