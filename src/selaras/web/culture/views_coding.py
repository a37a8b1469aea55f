"""The coding desk: one source with its passages, the codes beside it; each act answers with what it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture_coding import (
    code_segment,
    mark,
    recode_segment,
    remove_segment,
    reread_coding,
    save_code,
    save_memo,
    uncode,
    undo_change,
)
from selaras.core.access import Act
from selaras.core.culture.coding import Coding, Kind, MemoKind, Stance, to_utf16
from selaras.core.culture.studies import Stage
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store.culture_coding import CodeLine, Desk, Passage, desk_of, last_change
from selaras.web.culture.fields import chosen, whole_of
from selaras.web.culture.frame import address, head_of, reads_texts
from selaras.web.culture.underlines import drawn
from selaras.web.culture.words import KINDS, MEMO_KINDS, STANCES, options
from selaras.web.gate import InsideRequest, inside


@dataclass(frozen=True, slots=True)
class Done:
    """What an act left to look at: a passage, a code on it, words for the one who did it."""

    told: str
    segment: str = ""
    code: str = ""


@inside(Act.READ_STUDY)
def desk(request: InsideRequest, study: str, source: str) -> HttpResponse:
    """The text with its passages, and the codes."""
    held = desk_of(request.actor, request.place.code, study, source)
    if not reads_texts(held.me):
        raise NotAllowed(_("Teks sumber hanya dibaca oleh tim studi."))
    crumbs = ((_("Sumber"), address(request, "sources", study)), (f"{source} {held.source.title}", ""))
    before, after = (address(request, "desk", study, code) if code else "" for code in held.neighbours)
    return render(request, "culture/desk.html", {
        **head_of(request, held.study, held.me, "sources", *crumbs), **_parts(held, Done("")),
        "heading": f"{source} {held.source.title}", "subtitle": held.study.title,
        "source": held.source, "before_url": before, "after_url": after, "round": held.round,
        "stances": [(stance.value, sign, word) for stance, (word, sign) in STANCES.items()],
        "kinds": [(number, kind.value, word) for number, (kind, word) in enumerate(KINDS.items(), 1)],
        "memo_kinds": options(MEMO_KINDS), "act_url": address(request, "desk-act", study, source, "tandai").removesuffix("tandai/"),
        "source_url": address(request, "source", study, source), "wanted": request.GET.get("penggalan", ""),
        "families": sorted({line.code.family for line in held.codebook if line.code.family}),
    })  # fmt: skip


@inside(Act.CODE_STUDY, methods=("POST",))
def act(request: InsideRequest, study: str, source: str, verb: str) -> HttpResponse:
    """One act on the desk, answered with the parts of the page that it touches."""
    if verb not in VERBS:
        raise NotFound(_("Tindakan %(name)s tidak ada.") % {"name": verb})
    done = VERBS[verb](request, study, source)
    if not request.htmx:
        return redirect(f"{address(request, 'desk', study, source)}?penggalan={done.segment}")
    held = desk_of(request.actor, request.place.code, study, source)
    return render(request, "culture/part_desk.html", {
        **_parts(held, done), "study": held.study, "may_code": held.me.codes and not _is_published(held),
    })  # fmt: skip


def _mark(request: InsideRequest, study: str, source: str) -> Done:
    given = request.POST
    made = mark(
        request.actor, agency=request.place.code, study=study, source=source, start=whole_of(given, "awal", _("Awal")),
        end=whole_of(given, "akhir", _("Akhir")), code=given.get("kode", ""), utf16=True, **_reading(request),
    )  # fmt: skip
    return Done(_told(made.coding), made.segment, made.coding.code)


def _add(request: InsideRequest, study: str, _source: str) -> Done:
    made = code_segment(request.actor, **_place(request, study), **_reading(request))
    return Done(_told(made.coding), made.segment, made.coding.code)


def _take_off(request: InsideRequest, study: str, _source: str) -> Done:
    at = _place(request, study)
    uncode(request.actor, **at, coder=request.POST.get("penyandi", ""))
    return Done(_("Kode %(code)s dilepas dari penggalan %(segment)s.") % at, at["segment"])


def _reread(request: InsideRequest, study: str, _source: str) -> Done:
    given, at = request.POST, _place(request, study)
    stance = chosen(Stance, given, "arah", _("Arah")) if given.get("arah") else None
    kind = chosen(Kind, given, "jenis", _("Jenis")) if given.get("jenis") else None
    reread_coding(request.actor, **at, stance=stance, kind=kind, coder=given.get("penyandi", ""))
    words = " ".join(filter(None, [str(STANCES[stance][0]) if stance else "", str(KINDS[kind]) if kind else ""]))
    return Done(
        _("%(code)s pada penggalan %(segment)s: %(words)s.") % (at | {"words": words}), at["segment"], at["code"]
    )


def _recode(request: InsideRequest, study: str, _source: str) -> Done:
    at, to = _place(request, study), request.POST.get("menjadi", "")
    recode_segment(request.actor, **at, to=to, coder=request.POST.get("penyandi", ""))
    return Done(_("Penggalan %(segment)s: %(code)s menjadi %(to)s.") % (at | {"to": to}), at["segment"], to)


def _memo(request: InsideRequest, study: str, source: str) -> Done:
    given = request.POST
    about = given.get("penggalan", "") or source
    save_memo(
        request.actor, agency=request.place.code, study=study, about=about, text=given.get("memo", ""),
        kind=chosen(MemoKind, given, "jenis-memo", _("Jenis memo")),
    )  # fmt: skip
    return Done(_("Memo disimpan."), given.get("penggalan", ""), given.get("kode", ""))


def _undo(request: InsideRequest, study: str, _source: str) -> Done:
    last = last_change(request.actor, request.place.code, study)
    if last is None:
        raise Refusal(_("Tidak ada perubahan Anda yang dapat dibatalkan."))
    undo_change(request.actor, agency=request.place.code, study=study, change=last.pk)
    return Done(_("Dibatalkan: %(sentence)s") % {"sentence": last.sentence}, request.POST.get("penggalan", ""))


def _new_code(request: InsideRequest, study: str, source: str) -> Done:
    """An inductive code on the fly, put on the passage that is selected, if one is."""
    given = request.POST
    made = save_code(
        request.actor, agency=request.place.code, study=study, code=given.get("kode", ""), name=given.get("nama", ""),
        family=given.get("keluarga", ""), definition=given.get("definisi", ""), new=True,
    )  # fmt: skip
    if given.get("awal"):
        return _mark(request, study, source)
    if given.get("penggalan"):
        return _add(request, study, source)
    return Done(_("Kode %(code)s ditambahkan.") % {"code": made.code}, "", made.code)


def _drop(request: InsideRequest, study: str, _source: str) -> Done:
    segment = request.POST.get("penggalan", "")
    remove_segment(request.actor, agency=request.place.code, study=study, segment=segment)
    return Done(_("Penggalan %(segment)s dihapus.") % {"segment": segment})


VERBS: dict[str, Callable[[InsideRequest, str, str], Done]] = {
    "tandai": _mark, "tambah": _add, "lepas": _take_off, "baca": _reread, "ganti": _recode, "memo": _memo,
    "batal": _undo, "kode-baru": _new_code, "buang": _drop,
}  # fmt: skip


def _place(request: InsideRequest, study: str) -> dict[str, Any]:
    given = request.POST
    return {
        "agency": request.place.code, "study": study, "segment": given.get("penggalan", ""), "code": given.get("kode", ""),
    }  # fmt: skip


def _reading(request: InsideRequest) -> dict[str, Any]:
    given = request.POST
    return {"stance": chosen(Stance, given, "arah", _("Arah")), "kind": chosen(Kind, given, "jenis", _("Jenis"))}


def _told(coding: Coding) -> str:
    told = _("%(code)s pada penggalan %(segment)s: %(stance)s, %(kind)s.")
    return told % {
        "code": coding.code, "segment": coding.segment, "stance": STANCES[coding.stance][0], "kind": KINDS[coding.kind],
    }  # fmt: skip


def _parts(held: Desk, done: Done) -> dict[str, Any]:
    """What the desk and the answers of its acts are drawn from."""
    names = {line.code.code: line for line in held.codebook}
    memos: dict[str, list[Any]] = {}
    for memo in held.memos:
        for word in {memo.about, *memo.about.split()}:
            memos.setdefault(word, []).append(memo)
    spans = [(item.row.code, item.row.start, item.row.end) for item in held.passages]
    return {
        "desk": held, "text": drawn(held.source.text, spans), "done": done, "groups": _groups(held.codebook),
        "passages": [_passage(item, names, held, memos) for item in held.passages],
        "source_memos": memos.get(held.source.code, []), "caret": _caret(held, done),
    }  # fmt: skip


def _caret(held: Desk, done: Done) -> str:
    """Where the caret belongs after an act: the end of the passage, as a browser counts."""
    end = next((item.row.end for item in held.passages if item.row.code == done.segment), None)
    return "" if end is None else str(to_utf16(held.source.text, end))


def _groups(lines: tuple[CodeLine, ...]) -> list[dict[str, Any]]:
    """The codes that can be used, by family."""
    found: dict[str, list[CodeLine]] = {}
    for line in lines:
        if not line.code.merged_into:
            found.setdefault(line.code.family or _("Tanpa keluarga"), []).append(line)
    return [{"name": name, "lines": own} for name, own in found.items()]


def _passage(
    item: Passage, names: dict[str, CodeLine], held: Desk, memos: dict[str, list[Any]]
) -> dict[str, Any]:  # fmt: skip
    return {
        "code": item.row.code, "quote": item.quote, "memos": memos.get(item.row.code, []),
        "codings": [
            {
                "code": coding.code, "name": names[coding.code].code.name if coding.code in names else "",
                "stance": coding.stance.value, "sign": STANCES[coding.stance][1], "stance_word": STANCES[coding.stance][0],
                "kind": coding.kind.value, "kind_word": KINDS[coding.kind], "coder": coding.coder, "layer": coding.layer,
                "mine": coding.coder == held.me.coder, "current": coding.layer == held.layer,
            }
            for coding in item.codings
        ],
    }  # fmt: skip


def _is_published(held: Desk) -> bool:
    return held.study.stage == Stage.PUBLISHED.value
