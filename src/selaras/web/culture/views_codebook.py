"""The codebook with its counts; one code with its passages; merge, split, recode; memos; the log of every change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture_coding import (
    merge_codes,
    recode_segment,
    remove_code,
    remove_memo,
    save_code,
    save_memo,
    split_code,
    undo_change,
)
from selaras.core.access import Act
from selaras.core.culture.coding import FINAL, Code, Kind, MemoKind, Stance
from selaras.core.errors import NotFound
from selaras.store.culture import StudyFile, study_at, study_file
from selaras.store.culture_coding import changes_of, codebook_of, memos_of
from selaras.store.culture_displays import quotable
from selaras.store.culture_rows import framework_of
from selaras.web.culture import fields
from selaras.web.culture.fields import chosen, whole_of
from selaras.web.culture.frame import PER_PAGE, address, head_of, place_url
from selaras.web.culture.typed import shown_again, typed_of
from selaras.web.culture.words import KINDS, MEMO_KINDS, STANCES, STRENGTHS, look, options
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """Every code with its definition, how often and where it is used, and how well it is borne out."""
    if request.method == "POST":
        made = _saved(request, study, request.POST.get("kode", ""), new=True)
        messages.success(request, _("Kode %(code)s ditambahkan.") % {"code": made.code})
        return redirect(address(request, "codebook", study))
    file = study_file(request.actor, request.place.code, study)
    labels = {row.code: row for row in file.support}
    lines = [
        {
            "line": line, "url": address(request, "code", study, line.code.code), "merged": line.code.merged_into,
            "label": look(STRENGTHS, labels[line.code.code].label.value) if line.code.code in labels else None,
        }
        for line in codebook_of(file.row.pk)
    ]  # fmt: skip
    nodes = [(node.code, f"{node.code} {node.name}") for node in file.framework.nodes]
    return render(request, "culture/codebook.html", {
        **head_of(request, file.row, file.me, "codebook"), "groups": _by_family(lines), "count": len(lines),
        "memos_url": address(request, "memos", study), "fields": _form(nodes),
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def page(request: InsideRequest, study: str, code: str) -> HttpResponse:
    """One code: what it means, every passage that carries it with its place, and what can be done with it."""
    if request.method == "POST":
        _saved(request, study, code)
        messages.success(request, _("Kode disimpan."))
        return redirect(address(request, "code", study, code))
    file = study_file(request.actor, request.place.code, study)
    held = file.material.by_code.get(code)
    if held is None:
        raise NotFound(_("Kode %(code)s tidak ditemukan.") % {"code": code})
    support = next((row for row in file.support if row.code == code), None)
    quotes = _passages(request, file, code)
    pages = Paginator(quotes, PER_PAGE)
    crumbs = ((_("Buku kode"), address(request, "codebook", study)), (code, ""))
    others = [
        (item.code, f"{item.code} {item.name}")
        for item in file.material.codes
        if item.code != code and not item.merged_into
    ]
    nodes = [(node.code, f"{node.code} {node.name}") for node in framework_of(file.row).nodes]
    return render(request, "culture/code.html", {
        **head_of(request, file.row, file.me, "codebook", *crumbs), "code": held, "fields": _form(nodes, held),
        "label": look(STRENGTHS, support.label.value) if support else None, "support": support,
        "page": pages.get_page(request.GET.get("halaman")), "others": others,
        "memos": [memo for memo in file.material.memos if file.me.team and code in memo.about.split()],
        "picked": typed.getlist("pilih") if (typed := typed_of(request)) else [],
        "memo_kinds": options(MEMO_KINDS), "memos_url": address(request, "memos", study),
        "urls": {name: address(request, "code-act", study, code, word) for name, word in
                 (("merge", "gabung"), ("split", "pecah"), ("recode", "ganti"), ("remove", "hapus"))},
    })  # fmt: skip


@inside(Act.CODE_STUDY, methods=("POST",))
@shown_again(page)
def act(request: InsideRequest, study: str, code: str, verb: str) -> HttpResponse:
    """Merge, split, recode or remove a code."""
    verbs: dict[str, Callable[[InsideRequest, str, str], str]] = {
        "gabung": _merge, "pecah": _split, "ganti": _recode, "hapus": _remove,
    }  # fmt: skip
    if verb not in verbs:
        raise NotFound(_("Tindakan %(name)s tidak ada.") % {"name": verb})
    target = verbs[verb](request, study, code)
    return redirect(address(request, "code", study, target) if target else address(request, "codebook", study))


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def memos(request: InsideRequest, study: str) -> HttpResponse:
    """All memos in one place, with what each is about; written and taken away here too."""
    agency = request.place.code
    if request.method == "POST" and request.POST.get("hapus"):
        remove_memo(request.actor, agency=agency, study=study, memo=whole_of(request.POST, "hapus", _("Memo")))
        messages.success(request, _("Memo dihapus."))
        return redirect(address(request, "memos", study))
    if request.method == "POST":
        save_memo(
            request.actor, agency=agency, study=study, about=request.POST.get("tentang", ""), text=request.POST.get("memo", ""),
            kind=chosen(MemoKind, request.POST, "jenis", _("Jenis memo")),
        )  # fmt: skip
        messages.success(request, _("Memo disimpan."))
        return redirect(address(request, "memos", study))
    row, me, rows = memos_of(request.actor, agency, study)
    pages = Paginator(rows, PER_PAGE)
    return render(request, "culture/memos.html", {
        **head_of(request, row, me, "codebook", (_("Buku kode"), address(request, "codebook", study)), (_("Memo"), "")),
        "page": pages.get_page(request.GET.get("halaman")), "memo_kinds": options(MEMO_KINDS),
        "may_export": request.place.can["EXPORT"], "download_url": address(request, "papers-download", study),
        "words": {kind.value: word for kind, word in MEMO_KINDS.items()},
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
def changes(request: InsideRequest, study: str) -> HttpResponse:
    """Every change of codes and codings, the newest first; each can be taken back by who made it or the lead."""
    if request.method == "POST":
        undo_change(
            request.actor, agency=request.place.code, study=study, change=whole_of(request.POST, "perubahan", _("Perubahan"))
        )  # fmt: skip
        messages.success(request, _("Perubahan dibatalkan."))
        return redirect(address(request, "changes", study))
    row, me = study_at(request.actor, request.place.code, study)
    found = changes_of(request.actor, request.place.code, study)
    return render(request, "culture/changes.html", {
        **head_of(request, row, me, "changes"), "lines": [
            {
                "row": item, "when": format_date(item.at.date()), "iso": item.at.isoformat(), "undone": hasattr(item, "undone"),
                "may_undo": me.codes and not hasattr(item, "undone") and (item.by == me.coder or me.leads),
            }
            for item in found
        ],
    })  # fmt: skip


def _saved(request: InsideRequest, study: str, code: str, *, new: bool = False) -> Code:
    given = request.POST
    return save_code(
        request.actor, agency=request.place.code, study=study, code=code, name=given.get("nama", ""),
        node=given.get("simpul", ""), family=given.get("keluarga", ""), definition=given.get("definisi", ""),
        includes=given.get("termasuk", ""), excludes=given.get("bukan", ""), new=new,
    )  # fmt: skip


def _merge(request: InsideRequest, study: str, code: str) -> str:
    into = request.POST.get("ke", "")
    merge_codes(request.actor, agency=request.place.code, study=study, code=code, into=into)
    messages.success(
        request, _("%(code)s digabungkan ke %(into)s; dapat dibatalkan di Jejak.") % {"code": code, "into": into}
    )
    return into


def _split(request: InsideRequest, study: str, code: str) -> str:
    given = request.POST
    made = Code(
        given.get("kode", ""),
        given.get("nama", ""),
        family=given.get("keluarga", ""),
        definition=given.get("definisi", ""),
    )
    split_code(
        request.actor, agency=request.place.code, study=study, code=code, new=made, segments=given.getlist("pilih")
    )  # fmt: skip
    messages.success(request, _("Penggalan yang dipilih kini disandi %(code)s.") % {"code": made.code})
    return made.code.strip()


def _recode(request: InsideRequest, study: str, code: str) -> str:
    given = request.POST
    count = 0
    for segment in given.getlist("pilih"):
        recode_segment(
            request.actor, agency=request.place.code, study=study, segment=segment, code=code, to=given.get("ke", "")
        )
        count += 1
    messages.success(request, _("%(n)d penggalan disandi ulang.") % {"n": count})
    return code


def _remove(request: InsideRequest, study: str, code: str) -> str:
    remove_code(request.actor, agency=request.place.code, study=study, code=code)
    messages.success(request, _("Kode dihapus."))
    return ""


def _by_family(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        found.setdefault(line["line"].code.family or _("Tanpa keluarga"), []).append(line)
    return [{"name": name, "lines": own} for name, own in found.items()]


def _passages(request: InsideRequest, file: StudyFile, code: str) -> list[dict[str, Any]]:
    """The passages that carry a code, in the order of the study; words only where they may be quoted or coded."""
    material = file.material
    shown = quotable(material, demo=bool(file.row.demo))
    order = {segment.code: place for place, segment in enumerate(material.segments)}
    own = sorted((item for item in material.codings if item.code == code), key=lambda item: order[item.segment])
    made, offered = [], set[str]()
    for item in own:
        segment = material.by_segment[item.segment]
        made.append({
            "segment": segment.code, "source": segment.source, "place": f"{segment.start}–{segment.end}",
            "quote": material.quote(segment.code) if file.me.codes or segment.source in shown else "",
            "sign": STANCES[Stance(item.stance)][1], "stance": item.stance.value, "stance_word": STANCES[item.stance][0],
            "kind": KINDS[Kind(item.kind)], "coder": item.coder, "layer": item.layer, "is_final": item.layer == FINAL,
            "mine": item.coder == file.me.coder, "may_pick": segment.code not in offered,
            "url": place_url(request, file.me, file.row.code, segment.source, segment.code),
        })  # fmt: skip
        offered.add(segment.code)
    return made


def _form(nodes: list[tuple[str, str]], code: Code | None = None) -> list[fields.Field]:
    held = code or Code("", "")
    first = [] if code else [fields.text("kode", _("Kode"), required=True, width="third", most=80)]
    return [
        *first, fields.text("nama", _("Nama"), held.name, required=True, width="two-thirds" if not code else ""),
        fields.text("keluarga", _("Keluarga"), held.family, width="half"),
        fields.choice("simpul", _("Simpul kerangka"), nodes, held.node, width="half", empty=_("Tidak ada: kode induktif")),
        fields.area("definisi", _("Definisi"), held.definition, rows=2),
        fields.area("termasuk", _("Termasuk"), held.includes, rows=2, width="half"),
        fields.area("bukan", _("Tidak termasuk"), held.excludes, rows=2, width="half"),
    ]  # fmt: skip
