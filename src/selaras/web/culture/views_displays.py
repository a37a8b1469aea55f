"""The displays of a study: matrices with their empty cells, contrary cases, the log, saturation, quotations."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.store.culture import StudyFile, displays_of, study_file
from selaras.store.culture_rows import rule_of
from selaras.store.models.culture import DisplayKind
from selaras.web.culture import matrices
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import typed_of
from selaras.web.culture.words import DISPLAYS
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside

KEPT = {word: kind for kind, (word, _title) in DISPLAYS.items()}
ONLY_CONSTRUCTS = {"peran", "konstruk", "periksa", "sumber", "metode", "akibat"}


@inside(Act.READ_STUDY)
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """One display at a time, chosen by `?jenis=`, whole or for one construct."""
    file = study_file(request.actor, request.place.code, study)
    kind = _asked(request)
    ways = _ways()
    if kind not in dict(ways):
        raise NotFound(_("Sajian %(name)s tidak ada.") % {"name": kind})
    construct = request.GET.get("konstruk", "")
    constructs = [(node.code, node.name) for node in file.framework.constructs()]
    if construct and construct not in dict(constructs):
        raise NotFound(_("Konstruk %(code)s tidak ditemukan.") % {"code": construct})
    return render(request, "culture/displays.html", {
        **head_of(request, file.row, file.me, "displays"), "kind": kind, "title": dict(ways)[kind],
        "construct": construct, "constructs": constructs if kind in ONLY_CONSTRUCTS else [], "rule": rule_of(file.row).sentence(),
        "ways": [{"title": title, "url": f"?jenis={word}" + (f"&konstruk={construct}" if construct and word in KEPT else ""),
                  "current": word == kind} for word, title in ways],
        **_shown(request, file, kind, construct), "keep_url": address(request, "display-keep", study) if kind in KEPT else "",
        "kept": [{"row": item, "url": address(request, "display", study, item.pk), "when": format_date(item.at.date()),
                  "kind": DISPLAYS[DisplayKind(item.kind)][1]} for item in displays_of(file.row.pk)],
        "needed": len(constructs),
    })  # fmt: skip


def _asked(request: InsideRequest) -> str:
    """Which display: of the address, or the one that was to be kept and was refused."""
    typed = typed_of(request)
    tried = {kind.value: word for word, kind in KEPT.items()}.get(typed.get("jenis", "")) if typed is not None else None
    return tried or request.GET.get("jenis", "sumber")


def _ways() -> list[tuple[str, Any]]:
    return [
        *DISPLAYS.values(), ("negatif", _("Kasus negatif")), ("log", _("Log sumber")), ("kejenuhan", _("Kejenuhan")),
        ("nilai", _("Nilai dasar")), ("kutipan", _("Kutipan")),
    ]  # fmt: skip


def _shown(request: InsideRequest, file: StudyFile, kind: str, construct: str) -> dict[str, Any]:
    if kind in KEPT:
        banner = next(iter(file.banners.values()), "") if kind == "metode" else ""
        return {
            "table": matrices.table_of(request, file, KEPT[kind], construct),
            "banner": banner,
            "display_kind": KEPT[kind].value,
        }
    if kind == "negatif":
        return {"cases": matrices.against(request, file)}
    if kind == "log":
        return {"log": matrices.log(request, file)}
    if kind == "kejenuhan":
        inductive = request.GET.get("kode") == "induktif"
        return {"curve": matrices.saturated(file, inductive=inductive), "inductive": inductive}
    if kind == "nilai":
        return {"values": matrices.values(file)}
    return _quoted(request, file)


def _quoted(request: InsideRequest, file: StudyFile) -> dict[str, Any]:
    code = request.GET.get("kode", "")
    if code and code not in file.material.by_code:
        raise NotFound(_("Kode %(code)s tidak ditemukan.") % {"code": code})
    codes = [(item.code, f"{item.code} {item.name}") for item in file.material.codes if not item.merged_into]
    return {"quotes": matrices.quoted(request, file, code), "code": code, "codes": codes, "most": matrices.MOST_QUOTES}
