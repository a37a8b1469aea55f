"""One study: where it stands and what its gates ask for, what it says of itself, its team, publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture import (
    publish_study,
    remove_study,
    renew_framework,
    save_study,
    set_member,
    step_study,
)
from selaras.core.access import Act, Role
from selaras.core.culture.displays import counts, coverage
from selaras.core.culture.sources import EVIDENCE, Method, accounts
from selaras.core.culture.studies import Stage
from selaras.core.culture.support import tally
from selaras.core.errors import NotAllowed, NotFound
from selaras.store.culture import StudyFile, members_of, steps_of, study_at, study_file
from selaras.store.culture_rows import rule_of, values_of
from selaras.store.models import RoleGrant, Study
from selaras.store.models.culture import StudyRole
from selaras.web.culture import fields
from selaras.web.culture.fields import chosen, lines_of, perhaps_date, perhaps_whole, ticked
from selaras.web.culture.frame import ORDER, address, course, head_of
from selaras.web.culture.typed import shown_again
from selaras.web.culture.words import LEVELS, METHODS, ROLES, STAGES, STRENGTHS, look, options
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside

TEXTS = {
    "judul": "title", "lingkup": "subject", "pertanyaan": "question", "rancangan": "design", "sampling": "sampling",
    "analisis": "analysis", "tempat": "places", "dasar": "legal_basis", "asal": "source", "catatan": "note",
}  # fmt: skip
NUMBERS = {
    "k_screen": "Ambang di layar", "k_publish": "Ambang terbitan", "strong_accounts": "Akun untuk kuat",
    "strong_groups": "Kelompok peran untuk kuat", "fair_accounts": "Akun untuk cukup",
}  # fmt: skip


@inside(Act.READ_STUDY)
def page(request: InsideRequest, study: str) -> HttpResponse:
    """Where the study stands, what keeps it there, and what a reader should know before believing it."""
    file = study_file(request.actor, request.place.code, study)
    row = file.row
    at = ORDER.index(file.stage)
    ahead = ORDER[at + 1] if file.stage not in {Stage.CONCLUSION, Stage.PUBLISHED} else None
    return render(request, "culture/study.html", {
        **head_of(request, row, file.me, "study"), "file": file, "steps": course(row), "gates": _gates(file),
        "flags": file.flags, "tiles": _tiles(request, file), "rule": rule_of(row).sentence(),
        "labels": [(look(STRENGTHS, label.value), count) for label, count in tally(file.support).items()],
        "claims": _named(request, file, file.claims),
        "values": [
            {"name": item.name, "segments": len(item.segments), "accounts": len(item.accounts), "against": item.against}
            for item in coverage(file.material, dict(values_of(row)))
        ],
        "levels": [(LEVELS[level], count) for level, count in counts(file.framework).items() if count],
        "people": _people(row),
        "next_stage": look(STAGES, ahead) if ahead else None, "missing": len(file.gate()),
        "back_stages": [(item.value, STAGES[item][0]) for item in ORDER[:at]] if file.me.leads else [],
        "history": [_step(item) for item in steps_of(row.pk)],
        "may_publish": file.me.publishes and file.stage is Stage.CONCLUSION,
        "urls": {name: address(request, f"study-{name}", study)
                 for name in ("settings", "step", "publish", "team", "renew", "remove")},
        "facts": _facts(row), "may_renew": file.stage is Stage.DESIGN,
        "framework_url": address(request, "framework", row.framework),
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def settings(request: InsideRequest, study: str) -> HttpResponse:
    """What the study says of itself: question, method, places, thresholds, rule of support."""
    row, me = study_at(request.actor, request.place.code, study)
    if request.method == "POST":
        save_study(request.actor, agency=request.place.code, study=study, fields=_sent(request))
        messages.success(request, _("Studi disimpan."))
        return redirect(address(request, "study", study))
    if not me.leads:
        raise NotAllowed(_("Hanya ketua yang mengubah keterangan studi."))
    return render(request, "culture/form_study.html", {
        **head_of(request, row, me, "study", (_("Keterangan studi"), "")), "submit": _("Simpan keterangan"),
        "title": _("Keterangan studi"), "cancel_url": address(request, "study", study), "fields": _form(row),
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def step(request: InsideRequest, study: str) -> HttpResponse:
    """One stage on, or back with a reason."""
    to = chosen(Stage, request.POST, "ke", _("Tahap"))
    step_study(
        request.actor, agency=request.place.code, study=study, to=to, reason=request.POST.get("alasan", "")
    )  # fmt: skip
    messages.success(request, _("Studi kini dalam tahap %(stage)s.") % {"stage": STAGES[to][0]})
    return redirect(address(request, "study", study))


@inside(Act.PUBLISH_STUDY, methods=("POST",))
@shown_again(page)
def publish(request: InsideRequest, study: str) -> HttpResponse:
    """Sign the study off."""
    publish_study(request.actor, agency=request.place.code, study=study, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Studi diterbitkan."))
    return redirect(address(request, "study", study))


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def team(request: InsideRequest, study: str) -> HttpResponse:
    """Who works on the study; a person's place in it, or none."""
    if request.method == "POST":
        given = request.POST
        role = chosen(StudyRole, given, "peran", _("Peran")) if given.get("peran") else None
        set_member(request.actor, agency=request.place.code, study=study, login=given.get("akun", ""), role=role)
        messages.success(request, _("Tim disimpan."))
        return redirect(address(request, "study-team", study))
    row, me = study_at(request.actor, request.place.code, study)
    return render(request, "culture/team.html", {
        **head_of(request, row, me, "study", (_("Tim"), "")), "people": _people(row),
        "fields": [
            fields.choice("akun", _("Orang"), _candidates(request.place.code), width="two-thirds"),
            fields.choice("peran", _("Peran"), options(ROLES), StudyRole.CODER.value, width="third"),
        ] if me.leads else [],
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def renew(request: InsideRequest, study: str) -> HttpResponse:
    """Take the framework as it stands now."""
    renew_framework(request.actor, agency=request.place.code, study=study)
    messages.success(request, _("Kerangka studi diperbarui."))
    return redirect(address(request, "study", study))


@inside(Act.STUDY, methods=("POST",))
@shown_again(settings)
def remove(request: InsideRequest, study: str) -> HttpResponse:
    """Remove a study that was never published."""
    remove_study(request.actor, agency=request.place.code, study=study, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Studi dihapus."))
    return redirect(address(request, "studies"))


def _gates(file: StudyFile) -> list[dict[str, Any]]:
    """Every stage with what would keep the study in it; those behind are kept in sight, for the model is cyclic."""
    at = ORDER.index(file.stage)
    return [
        {
            "stage": look(STAGES, stage), "faults": faults, "open": index == at and bool(faults),
            "place": "done" if index < at else "current" if index == at else "next",
        }
        for index, (stage, faults) in enumerate(file.gates().items())
    ]  # fmt: skip


def _tiles(request: InsideRequest, file: StudyFile) -> list[dict[str, Any]]:
    code, material = file.row.code, file.material
    shown = [source for source in material.sources if source.evidence]
    held = accounts(shown)
    voices: frozenset[str] = frozenset().union(*held.values()) if held else frozenset()
    filled = {source.code for source in shown if source.text}
    speaking: frozenset[str] = frozenset().union(*(held[name] for name in filled)) if filled else frozenset()
    return [
        {"label": _("Informan"), "value": len(material.informants), "url": address(request, "informants", code),
         "icon": "people", "note": _("%(n)d akun mandiri berbicara") % {"n": len(speaking & voices)}},
        {"label": _("Sumber"), "value": len(material.sources), "url": address(request, "sources", code), "icon": "file",
         "note": _("%(n)d tanpa isi") % {"n": len(material.sources) - sum(bool(item.text) for item in material.sources)}},
        {"label": _("Kode"), "value": len([item for item in material.codes if not item.merged_into]), "icon": "book",
         "url": address(request, "codebook", code),
         "note": _("%(n)d induktif") % {"n": sum(item.inductive for item in material.codes)}},
        {"label": _("Penggalan"), "value": len(material.segments), "url": address(request, "sources", code), "icon": "edit",
         "note": _("%(n)d penyandian") % {"n": len(material.codings)}},
        {"label": _("Simpulan"), "value": len(file.conclusions), "url": address(request, "conclusions", code),
         "icon": "target", "note": _("%(n)d tindak lanjut") % {"n": len(file.advice)}},
    ]  # fmt: skip


def _named(request: InsideRequest, file: StudyFile, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    labels = {row.code: row.label for row in file.support}
    return [
        {"code": code, "name": file.material.by_code[code].name, "url": address(request, "code", file.row.code, code),
         "label": look(STRENGTHS, labels[code].value)}
        for code in codes if code in file.material.by_code
    ]  # fmt: skip


def _people(row: Study) -> list[dict[str, Any]]:
    return [
        {"name": item.user.name or item.user.username, "login": item.user.username, "role": ROLES[StudyRole(item.role)]}
        for item in members_of(row.pk)
    ]  # fmt: skip


def _candidates(agency: str) -> list[tuple[str, str]]:
    """Who may be taken into a team: the people of the agency who assess culture or administer. One query."""
    able = (Role.CULTURE.value, Role.ADMINISTRATOR.value)
    rows = RoleGrant.objects.filter(agency__code=agency, role__in=able, user__is_active=True)
    found = rows.order_by("user__name").values_list("user__username", "user__name").distinct()
    return [(login, f"{name or login} ({login})") for login, name in found]


def _step(item: Any) -> dict[str, Any]:
    return {
        "when": format_date(item.at.date()), "iso": item.at.date().isoformat(), "who": item.by,
        "did": _("memindahkan studi ke tahap %(stage)s") % {"stage": STAGES[Stage(item.after)][0]}, "why": item.reason,
        "icon": "arrow-right",
    }  # fmt: skip


def _facts(row: Study) -> list[tuple[Any, str]]:
    named = [
        (_("Pertanyaan"), row.question), (_("Organisasi yang diteliti"), row.subject), (_("Rancangan"), row.design),
        (_("Pemilihan informan"), row.sampling), (_("Analisis"), row.analysis),
        (_("Metode yang dinyatakan"), ", ".join(str(METHODS[Method(item)]) for item in row.methods)),
        (_("Keabsahan yang dinyatakan"), ", ".join(row.validity)), (_("Tidak dilaporkan"), ", ".join(row.not_reported)),
        (_("Tempat"), row.places), (_("Dasar hukum"), row.legal_basis), (_("Asal"), row.source), (_("Catatan"), row.note),
        (_("Identitas disimpan sampai"), format_date(row.retention_until) if row.retention_until else ""),
        (_("Indikator"), row.indicator.statement if row.indicator else ""),
    ]  # fmt: skip
    return [(name, value) for name, value in named if value]


def _form(row: Study) -> list[fields.Field]:
    values = "\n".join(f"{name}: {', '.join(codes)}" for name, codes in row.values)
    evident = [(method.value, METHODS[method]) for method in EVIDENCE]
    return [
        fields.text("judul", _("Judul"), row.title, required=True),
        fields.text("lingkup", _("Organisasi yang diteliti"), row.subject),
        fields.area("pertanyaan", _("Pertanyaan penelitian"), row.question),
        fields.text("rancangan", _("Rancangan penelitian"), row.design, width="half", most=2000),
        fields.text("analisis", _("Cara analisis"), row.analysis, width="half", most=2000),
        fields.area("sampling", _("Pemilihan informan"), row.sampling, rows=2),
        fields.checks("metode", _("Metode yang dinyatakan"), evident, row.methods,
                      help=_("Metode yang dinyatakan dan tidak berbukti akan ditandai.")),
        fields.area("keabsahan", _("Keabsahan yang dinyatakan"), "\n".join(row.validity), rows=2, width="half",
                    help=_("Satu butir setiap baris.")),
        fields.area("tidak-dilaporkan", _("Yang tidak dilaporkan"), "\n".join(row.not_reported), rows=2, width="half",
                    help=_("Satu butir setiap baris.")),
        fields.check("pengaruh", _("Studi menyimpulkan pengaruh"), row.claims_influence),
        fields.check("uji", _("Pengaruh itu diuji"), row.tested),
        fields.text("tempat", _("Tempat"), row.places, width="half", most=2000),
        fields.text("dasar", _("Dasar hukum"), row.legal_basis, width="half", most=4000),
        fields.day("lapangan", _("Mulai pengumpulan data"), row.fieldwork, width="third"),
        fields.day("dilaporkan", _("Tanggal terbit laporan"), row.reported_on, width="third"),
        fields.day("simpan-sampai", _("Identitas disimpan sampai"), row.retention_until, width="third"),
        *(fields.number(name, label, getattr(row, name), width="third", required=True) for name, label in _rule_labels()),
        fields.area("nilai", _("Nilai dasar dan kodenya"), values,
                    help=_("Satu nilai setiap baris, misalnya Kolaboratif: BX.SAMA, KX.KOL.")),
        fields.text("indikator", _("Kode indikator yang dilaporkan"), row.indicator.code if row.indicator else "",
                    width="half"),
        fields.text("asal", _("Asal atau rujukan"), row.source, most=2000, width="half"),
        fields.area("catatan", _("Catatan"), row.note),
    ]  # fmt: skip


def _rule_labels() -> list[tuple[str, str]]:
    return [
        ("k_screen", _("Ambang penyajian di layar (n)")), ("k_publish", _("Ambang terbitan (n)")),
        ("strong_accounts", _("Akun mandiri untuk “kuat”")), ("strong_groups", _("Kelompok peran untuk “kuat”")),
        ("fair_accounts", _("Akun mandiri untuk “cukup”")),
    ]  # fmt: skip


def _sent(request: InsideRequest) -> dict[str, Any]:
    given = request.POST
    made: dict[str, Any] = {column: given[name] for name, column in TEXTS.items() if name in given}
    for name, label in NUMBERS.items():
        if (value := perhaps_whole(given, name, label)) is not None:
            made[name] = value
    if given.get("lengkap"):
        unknown = [name for name in given.getlist("metode") if name not in set(Method)]
        if unknown:
            raise NotFound(_("Metode %(name)s tidak dikenal.") % {"name": unknown[0]})
        made |= {
            "methods": given.getlist("metode"), "validity": lines_of(given.get("keabsahan", "")),
            "not_reported": lines_of(given.get("tidak-dilaporkan", "")), "claims_influence": ticked(given, "pengaruh"),
            "tested": ticked(given, "uji"), "fieldwork": perhaps_date(given, "lapangan"),
            "reported_on": perhaps_date(given, "dilaporkan"), "retention_until": perhaps_date(given, "simpan-sampai"),
            "values": _values(given.get("nilai", "")), "indicator": given.get("indikator", "").strip(),
        }  # fmt: skip
    return made


def _values(sent: str) -> list[tuple[str, list[str]]]:
    made = []
    for line in lines_of(sent):
        name, _gap, codes = line.partition(":")
        made.append((name.strip(), [code.strip() for code in codes.split(",") if code.strip()]))
    return made
