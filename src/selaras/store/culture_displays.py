"""Displays of a study as data for pages and for frozen copies: matrices with their empty cells, quotes with their place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from selaras.core.culture.coding import Material
from selaras.core.culture.conclusions import Conclusion
from selaras.core.culture.displays import Matrix, by_method, by_role, by_source, checklist, clustered, effects
from selaras.core.culture.sources import accounts
from selaras.core.culture.support import role_groups
from selaras.store.culture import StudyFile
from selaras.store.culture_rows import rule_of
from selaras.store.models.culture import DisplayKind

MOST_QUOTES = 200


def quotable(material: Material, *, demo: bool) -> frozenset[str]:
    """The sources that may be quoted: no informant behind them without a standing consent to it. Demo texts always may."""
    allowed = {
        person.code
        for person in material.informants
        if demo or (person.consent is not None and person.consent.stands and person.consent.quote)
    }
    return frozenset(source.code for source in material.sources if set(source.informants) <= allowed)


def quotes_of(file: StudyFile, segments: Iterable[str]) -> list[dict[str, Any]]:
    """Passages with their place, as they may be quoted: {"segment", "source", "start", "end", "text"}."""
    material = file.material
    allowed = quotable(material, demo=bool(file.row.demo))
    made = []
    for code in list(dict.fromkeys(segments))[:MOST_QUOTES]:
        segment = material.by_segment[code]
        if segment.source in allowed:
            made.append(
                {"segment": code, "source": segment.source, "start": segment.start, "end": segment.end,
                 "text": material.quote(code)}
            )  # fmt: skip
    return made


def matrix_data(found: Matrix) -> dict[str, Any]:
    """A matrix as plain data: rows, columns, and per row the cells with voice and segments."""
    return {
        "rows": list(found.rows), "columns": list(found.columns),
        "cells": [
            [{"voice": cell.voice.value, "plus": list(cell.plus), "minus": list(cell.minus)} for cell in found.row(row)]
            for row in found.rows
        ],
    }  # fmt: skip


def display_data(file: StudyFile, kind: DisplayKind, construct: str = "") -> dict[str, Any]:
    """A display as plain data, whole or for one construct (its code): what is frozen when it is kept.

    Always {"rows", "columns", "cells"}, and "quotes" of the segments that stand in the cells.
    """
    if kind in {DisplayKind.BY_SOURCE, DisplayKind.BY_METHOD}:
        chosen = _chosen(file, construct)
        make = by_source if kind is DisplayKind.BY_SOURCE else by_method
        data = matrix_data(make(file.material, chosen))
        segments = [code for row in data["cells"] for cell in row for code in (*cell["plus"], *cell["minus"])]
    elif kind is DisplayKind.BY_ROLE:
        data, segments = _roles(file, construct)
    elif kind is DisplayKind.EFFECTS:
        data, segments = _effects(file, construct)
    elif kind is DisplayKind.CLUSTERED:
        data, segments = _clusters(file, construct)
    else:
        data, segments = _checks(file, construct)
    return {**data, "quotes": quotes_of(file, segments)}


def conclusion_data(file: StudyFile, conclusion: Conclusion) -> dict[str, Any]:
    """Everything that a conclusion was written on, as plain data: verdict, line, both matrices, quotes for and against."""
    found = file.strengths[conclusion.code]
    rows = {row.code: row for row in file.support}
    own = [rows[code] for code in conclusion.codes if code in rows]
    segments = [code for row in own for code in (*row.plus, *row.minus)]
    return {
        "verdict": found.verdict, "line": found.line, "accounts": found.accounts, "groups": found.groups,
        "by_code": [[code, label.value] for code, label in found.by_code],
        "methods": {method.value: count for method, count in found.methods.items()},
        "banner": file.banners.get(conclusion.code, ""), "rule": rule_of(file.row).sentence(),
        "by_source": matrix_data(by_source(file.material, [conclusion])),
        "by_method": matrix_data(by_method(file.material, [conclusion])), "quotes": quotes_of(file, segments),
    }  # fmt: skip


def _chosen(file: StudyFile, construct: str) -> list[Conclusion]:
    if not construct:
        return list(file.conclusions)
    name = file.framework.node(construct).name
    return [item for item in file.conclusions if item.construct in {construct, name}]


def _codes(file: StudyFile, construct: str) -> list[str]:
    if not construct:
        return [code.code for code in file.material.codes if not code.merged_into]
    nodes = {node.code for node in file.framework.leaves(construct)}
    return [code.code for code in file.material.codes if code.node in nodes and not code.merged_into]


def _roles(file: StudyFile, construct: str) -> tuple[dict[str, Any], list[str]]:
    cells, roles, codes = by_role(file.material), role_groups(file.material), _codes(file, construct)
    table = [
        [
            {"segments": cell.segments, "plus": cell.plus, "neither": cell.neither, "minus": cell.minus}
            for cell in (cells[code, role] for role in roles)
        ]
        for code in codes
    ]
    held = {row.code: row.segments for row in file.support}
    return {"rows": codes, "columns": list(roles), "cells": table}, [item for code in codes for item in held[code]]


def _effects(file: StudyFile, construct: str) -> tuple[dict[str, Any], list[str]]:
    found, chosen = effects(file.material, file.framework), set(_codes(file, construct))
    if construct:
        is_outcome = bool(chosen & set(found.columns))
        rows = found.rows if is_outcome else tuple(row for row in found.rows if row in chosen)
        columns = tuple(code for code in found.columns if code in chosen) if is_outcome else found.columns
        found = Matrix(rows, columns, found.cells)
    data, held = matrix_data(found), accounts(file.material.sources)
    by_segment = file.material.by_segment
    for row in data["cells"]:
        for cell in row:
            sources = {by_segment[code].source for code in (*cell["plus"], *cell["minus"])}
            cell["accounts"] = len(set().union(*(held.get(source, ()) for source in sources)))
    return data, [code for row in data["cells"] for cell in row for code in (*cell["plus"], *cell["minus"])]


def _clusters(file: StudyFile, construct: str) -> tuple[dict[str, Any], list[str]]:
    cells = clustered(file.material, file.framework)
    heads = [node.code for node in file.framework.constructs() if construct in {"", node.code}]
    rows = [source.code for source in file.material.sources if source.evidence]
    table = [[list(cells[row, head]) for head in heads] for row in rows]
    return {"rows": rows, "columns": heads, "cells": table}, [code for row in table for cell in row for code in cell]


def _checks(file: StudyFile, construct: str) -> tuple[dict[str, Any], list[str]]:
    name = file.framework.node(construct).name if construct else ""
    listed = [item for item in checklist(file.framework, file.support) if not name or item[0] == name]
    held = {row.code: row for row in file.support}
    table = [[{"construct": above, "support": label.value}] for above, _, label in listed]
    segments = [item for _, code, _ in listed if code in held for item in held[code].segments]
    return {"rows": [code for _, code, _ in listed], "columns": ["bukti"], "cells": table}, segments
