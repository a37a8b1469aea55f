"""Every finding on the plan, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from selaras.core.finding import Severity
from selaras.core.planning import Support
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.findings import findings_of, linked
from selaras.web.planning.frame import MEASURED, facts, paged, tabs

HEADS = ("Tingkat", "Kode", "Temuan", "Tertulis", "Seharusnya", "Letak", "Saran")


@inside()
def page(request: InsideRequest) -> HttpResponse:
    """All findings; `tingkat` shows those of one severity, `kode` those of one check."""
    figures = facts(request, (*MEASURED, Support))
    everything = findings_of(figures)
    wanted, code = request.GET.get("tingkat", ""), request.GET.get("kode", "")
    found = [
        item for item in everything if (not wanted or item.severity.word == wanted) and (not code or item.code == code)
    ]
    if wants_xlsx(request):
        rows = [
            [item.severity.word, item.code, item.message, item.stated, item.expected,
             "; ".join(place.sentence() for place in item.places), item.suggestion]
            for item in found
        ]  # fmt: skip
        return exported(request, "Pemeriksaan rencana", HEADS, rows)
    counts = {level.word: sum(item.severity is level for item in everything) for level in Severity}
    codes: dict[str, int] = {}
    for item in everything:
        codes[item.code] = codes.get(item.code, 0) + 1
    part = paged(request, found)
    return render(request, "planning/checks.html", tabs(request, "checks") | {
        "findings": linked(request, figures, part.object_list), "page": part, "counts": counts, "codes": codes, "wanted": wanted,
        "code": code, "all": len(everything),
    })  # fmt: skip
