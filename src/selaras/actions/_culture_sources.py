"""What the ways to add a source to a study share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from selaras.actions._culture import (
    LONGEST_LINE,
    Held,
    code_word,
    next_order,
    store_columns,
    words,
)
from selaras.actions.audit import Trace
from selaras.core.access import Actor
from selaras.core.culture.sources import Method, cleaned
from selaras.core.culture.studies import Stage
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables

SOURCE = "StudySource"
LONGEST_TEXT = 2_000_000


def add_text(
    trace: Trace, held: Held, by: Actor, *, title: str, method: Method, held_on: date, text: str, evidence: str,
    code: str = "",
) -> str:  # fmt: skip
    """Add a text that the system made itself, with what it was made from; inside the act on the study."""
    given = _details(title, method, held_on, "", "", joint=False, gap="") | {"evidence": evidence}
    return _added(trace, held, by, given, text, (), code)


def _details(
    title: str, method: Method, held: date | None, place: str, collector: str, joint: bool, gap: str
) -> dict[str, Any]:
    if method is Method.SURVEY:
        raise Refusal("Sumber tidak disimpan.", Fault("survei bukan sumber teks", read=method, remedy="Buka survei."))
    return {
        "title": words(title, "judul", empty=False, most=LONGEST_LINE), "method": method.value, "held": held,
        "place": words(place, "tempat", most=LONGEST_LINE), "collector": words(collector, "pengumpul", most=LONGEST_LINE),
        "joint": joint, "gap": words(gap, "alasan kekosongan", most=2000),
    }  # fmt: skip


def _added(
    trace: Trace, held: Held, by: Actor, columns: dict[str, Any], text: str, informants: Iterable[str], code: str
) -> str:
    rows = tables.StudySource.objects.filter(study=held.row)
    name = code_word(code, "sumber") if code else _free(rows)
    if rows.filter(code=name).exists():
        raise Refusal("Sumber tidak disimpan.", Fault("kode sumber sudah dipakai", read=name))
    made = _text(name, text)
    if not made.strip() and not columns["gap"] and held.stage is not Stage.DESIGN:
        raise Refusal(
            "Sumber tidak disimpan.",
            Fault("sumber kosong tanpa keterangan", expected="teks, atau alasan kekosongannya"),
        )
    row = tables.StudySource(
        study=held.row, code=name, order=next_order(rows), text=made, length=len(made), added_by=by.name
    )
    store_columns(trace, row, f"{held.row.code} {name}", columns, kind=SOURCE)
    _link(trace, held, row, informants)
    trace["source"] = name
    return name


def _free(rows: Any) -> str:
    taken = set(rows.values_list("code", flat=True))
    return next(f"S{number}" for number in range(len(taken) + 1, 2 * len(taken) + 3) if f"S{number}" not in taken)


def _text(source: str, text: str) -> str:
    made = cleaned(text).replace("\x00", "")
    if len(made) > LONGEST_TEXT:
        raise Refusal(
            "Sumber tidak disimpan.",
            Fault("teks terlalu panjang", Place(record=source), str(len(made)), f"paling panjang {LONGEST_TEXT} huruf"),
        )
    return made


def _link(trace: Trace, held: Held, row: tables.StudySource, informants: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(informants))
    people = {item.code: item for item in tables.StudyInformant.objects.filter(study=held.row, code__in=wanted)}
    if missing := [code for code in wanted if code not in people]:
        raise NotFound(f"Informan {', '.join(missing)} tidak ditemukan.")
    gone = [code for code in wanted if people[code].withdrawn is not None]
    if gone:
        raise Refusal("Sumber tidak disimpan.", Fault("persetujuan sudah ditarik", read=", ".join(gone)))
    before = sorted(row.informants.values_list("code", flat=True))
    if before != sorted(wanted):
        row.informants.set(people.values())
        trace.changed(SOURCE, f"{held.row.code} {row.code}", "Informan", ", ".join(before), ", ".join(wanted))
