"""Displays of a study as tables for a page: heads, rows, cells with voice and passages; the empty ones as well."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from selaras.core.culture.coding import Stance
from selaras.core.culture.displays import accounting_log, coverage, negative_cases
from selaras.core.culture.saturation import Curve, curve, runs
from selaras.core.culture.sources import Method, accounts
from selaras.core.numerals import format_number
from selaras.store.culture import StudyFile, rules_on
from selaras.store.culture_displays import display_data, quotable
from selaras.store.culture_rows import values_of
from selaras.store.models.culture import DisplayKind
from selaras.web.culture.frame import address, place_url
from selaras.web.culture.words import METHODS, STANCES, STRENGTHS, look
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest

Table = dict[str, Any]
MOST_QUOTES = 200
MOST_A_SIDE = 10


def table_of(
    request: InsideRequest, file: StudyFile, kind: DisplayKind, construct: str, data: Table | None = None
) -> Table:
    """One of the displays that can be kept, live or (with `data`) as it was frozen: {"heads", "rows", "empty", "note"}."""
    found = display_data(file, kind, construct) if data is None else data
    ways: dict[DisplayKind, Callable[[Any], Table]] = {
        DisplayKind.BY_SOURCE: _voice, DisplayKind.BY_METHOD: _voice, DisplayKind.BY_ROLE: _role,
        DisplayKind.CLUSTERED: _cluster, DisplayKind.CHECKLIST: _support, DisplayKind.EFFECTS: _effect,
    }  # fmt: skip
    made = ways[kind]
    names = row_names(file, kind)
    rows = [
        {"key": key, "name": names.get(key, ""), "url": _row_url(request, file, kind, key),
         "cells": [made(cell) | {"column": column} for column, cell in zip(found["columns"], cells, strict=False)]}
        for key, cells in zip(found["rows"], found["cells"], strict=False)
    ]  # fmt: skip
    empty = sum(cell["is_empty"] for row in rows for cell in row["cells"])
    return {
        "heads": [_head(file, kind, column, names) for column in found["columns"]], "rows": rows, "empty": empty,
        "all": sum(len(row["cells"]) for row in rows),
    }  # fmt: skip


def row_names(file: StudyFile, kind: DisplayKind) -> dict[str, str]:
    """What the rows of a display are called, by their keys."""
    if kind in {DisplayKind.BY_SOURCE, DisplayKind.BY_METHOD}:
        return {item.code: item.statement for item in file.conclusions}
    if kind is DisplayKind.CLUSTERED:
        return {source.code: str(METHODS[source.method]) for source in file.material.sources}
    return {code.code: code.name for code in file.material.codes} | {
        node.code: node.name for node in file.framework.nodes
    }  # fmt: skip


def _head(file: StudyFile, kind: DisplayKind, column: str, names: dict[str, str]) -> str:
    if kind is DisplayKind.EFFECTS:
        return f"{column} {names.get(column, '')}".strip()
    if kind is DisplayKind.CLUSTERED:
        return next((node.name for node in file.framework.constructs() if node.code == column), column)
    if kind is DisplayKind.BY_METHOD and column in set(Method):
        return str(METHODS[Method(column)])
    return _("Kekuatan bukti") if kind is DisplayKind.CHECKLIST else column


def _row_url(request: InsideRequest, file: StudyFile, kind: DisplayKind, key: str) -> str:
    name = {DisplayKind.BY_SOURCE: "conclusion", DisplayKind.BY_METHOD: "conclusion", DisplayKind.CLUSTERED: "source"}
    return address(request, name.get(kind, "code"), file.row.code, key)


def _voice(cell: Table) -> Table:
    return {"plus": cell["plus"], "minus": cell["minus"], "is_empty": not (cell["plus"] or cell["minus"])}


def _effect(cell: Table) -> Table:
    return _voice(cell) | {"by": cell["accounts"]}


def _role(cell: Table) -> Table:
    signs = [("+", cell["plus"]), ("−", cell["minus"]), ("0", cell["neither"])]
    return {"count": cell["segments"], "signs": [(sign, n) for sign, n in signs if n], "is_empty": not cell["segments"]}


def _cluster(cell: list[str]) -> Table:
    return {"segments": cell, "is_empty": not cell}


def _support(cell: Table) -> Table:
    return {
        "look": look(STRENGTHS, cell["support"]),
        "is_empty": cell["support"] == "tidak ada bukti",
        "note": cell["construct"],
    }


def quotes(request: InsideRequest, file: StudyFile, segments: list[str], most: int = MOST_QUOTES) -> list[Table]:
    """Passages with their place and the way to it; words only where they may be quoted."""
    material, allowed = file.material, quotable(file.material, demo=bool(file.row.demo))
    made = []
    for code in list(dict.fromkeys(segments))[:most]:
        segment = material.by_segment[code]
        people = ", ".join(material.by_source[segment.source].informants)
        made.append({
            "segment": code, "source": segment.source, "place": f"{segment.start}–{segment.end}", "people": people,
            "text": material.quote(code) if segment.source in allowed else "",
            "url": place_url(request, file.me, file.row.code, segment.source, code),
        })  # fmt: skip
    return made


def against(request: InsideRequest, file: StudyFile) -> list[Table]:
    """Codes with experience against them, each with both sides."""
    touched = {code: [item.code for item in file.conclusions if code in item.codes] for code in file.material.by_code}
    return [
        {
            "code": row.code, "name": file.material.by_code[row.code].name, "label": look(STRENGTHS, row.label.value),
            "url": address(request, "code", file.row.code, row.code), "conclusions": touched[row.code],
            "minus": quotes(request, file, list(row.minus), MOST_A_SIDE),
            "plus": quotes(request, file, list(row.plus), MOST_A_SIDE),
            "more": max(len(row.minus), len(row.plus)) > MOST_A_SIDE,
        }
        for row in negative_cases(file.support)
    ]  # fmt: skip


def log(request: InsideRequest, file: StudyFile) -> list[Table]:
    """The data accounting log: every source with method, date, accounts, passages and the explained gap."""
    material = file.material
    held = accounts(material.sources)
    return [
        {
            "code": code, "method": METHODS[method], "when": format_date(day) if day else "", "passages": count, "gap": gap,
            "informants": material.by_source[code].informants, "accounts": len(held.get(code, ())),
            "joint": material.by_source[code].joint, "url": address(request, "source", file.row.code, code),
            "has_text": bool(material.by_source[code].text),
        }
        for code, method, day, count, gap in accounting_log(material)
    ]  # fmt: skip


def saturated(file: StudyFile, *, inductive: bool) -> Table:
    """The curve of new codes with its runs, as figures, as lines of a chart, and in a sentence."""
    found, rule = curve(file.material, inductive_only=inductive), rules_on(file.row.created_at.date()).saturation
    known = runs(found, base=rule.base, length=rule.run)
    limit = f"{format_number(Decimal(100 * rule.threshold.numerator) / rule.threshold.denominator)}%"
    reached = next((run for run in known if run.reached(rule.threshold)), None)
    return {
        "labels": list(found.order), "series": _series(found), "rows": _curve_rows(found), "undated": found.undated,
        "runs": [
            {"at": run.at, "ratio": percent(run.ratio.numerator, run.ratio.denominator), "new": int(run.ratio * run.base_codes),
             "base": run.base_codes, "reached": run.reached(rule.threshold)}
            for run in known
        ],
        "told": _saturation_told(found, reached, rule.base, rule.run, limit),
    }  # fmt: skip


def _series(found: Curve) -> list[Table]:
    named = ((_("Kode kumulatif"), found.cumulative), (_("Kode baru"), found.new))
    return [
        {"name": name, "values": list(values), "figures": [str(value) for value in values]} for name, values in named
    ]


def _curve_rows(found: Curve) -> list[list[str]]:
    triples = zip(found.order, found.new, found.cumulative, strict=True)
    return [[name, str(new), str(total)] for name, new, total in triples]


def _saturation_told(found: Curve, reached: Any, base: int, run: int, limit: str) -> str:
    if not found.order:
        return _("Belum ada wawancara yang disandi.")
    if len(found.order) < base + run:
        told = _("Baru %(n)d akun; kejenuhan baru dapat dihitung mulai %(least)d akun.")
        return told % {"n": len(found.order), "least": base + run}
    if reached is None:
        return _("Belum jenuh: kode baru masih lebih dari %(limit)s dari kode %(base)d akun pertama.") % {
            "limit": limit,
            "base": base,
        }
    told = _("Jenuh pada %(base)d+%(more)d akun: kode baru paling banyak %(limit)s.")
    return told % {"base": base, "more": reached.at - base, "limit": limit}


def percent(numerator: int, denominator: int) -> str:
    """A share as printed, two decimals at most."""
    return f"{format_number(Decimal(numerator) * 100 / Decimal(denominator), places=2)}%"


def values(file: StudyFile) -> list[Table]:
    """How much of the material speaks of each core value."""
    return [
        {"name": item.name, "segments": len(item.segments), "accounts": len(item.accounts), "against": item.against,
         "is_empty": not item.segments}
        for item in coverage(file.material, dict(values_of(file.row)))
    ]  # fmt: skip


def quoted(request: InsideRequest, file: StudyFile, code: str) -> list[Table]:
    """The passages of one code, or of all, with every code that they carry and its stance."""
    marks: dict[str, list[tuple[str, str, str]]] = {}
    for item in file.material.codings:
        told = (item.code, STANCES[Stance(item.stance)][1], item.kind.value)
        marks.setdefault(item.segment, []).append(told)
    wanted = [
        segment.code for segment in file.material.segments
        if segment.code in marks and (not code or any(mark[0] == code for mark in marks[segment.code]))
    ]  # fmt: skip
    return [item | {"marks": list(dict.fromkeys(marks[item["segment"]]))} for item in quotes(request, file, wanted)]
