"""What the pages of issuing share: how states look, the tabs, the way back to the record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.issuing.codes import shown
from selaras.core.issuing.orders import Signer
from selaras.core.issuing.refusals import next_of
from selaras.core.issuing.stages import IssuedState, SignatureState
from selaras.rulebook.issuing import load_orders
from selaras.store.issuing import signers_of
from selaras.store.models import IssuedDocument, IssuedSignature
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest
from selaras.web.templatetags.ui import Look

LOOKS: dict[str, Look] = {
    IssuedState.WAITING.value: Look(gettext_lazy("Menunggu tanda tangan"), "info", "clock"),
    IssuedState.SIGNING.value: Look(gettext_lazy("Ditandatangani sebagian"), "warn", "sign"),
    IssuedState.ISSUED.value: Look(gettext_lazy("Terbit"), "good", "check-circle"),
    IssuedState.REPLACED.value: Look(gettext_lazy("Diganti versi baru"), "none", "history"),
    IssuedState.WITHDRAWN.value: Look(gettext_lazy("Ditarik"), "bad", "return"),
}
OVERTAKEN = Look(gettext_lazy("Terbit, sudah ada edisi baru"), "warn", "history")
SIGNED: dict[str, Look] = {
    SignatureState.WAITING.value: Look(gettext_lazy("Menunggu"), "outline", "clock"),
    SignatureState.SIGNED.value: Look(gettext_lazy("Ditandatangani"), "good", "check"),
    SignatureState.REFUSED.value: Look(gettext_lazy("Ditolak"), "bad", "return"),
}


def address(request: InsideRequest, name: str, *rest: object) -> str:
    """An address of this stage in the agency and year of the page."""
    return reverse(f"issuing:{name}", args=(request.place.code, request.place.year, *rest))


def issue_address(agency: str, year: int, kind: str, key: object) -> str:
    """Where a record is issued: for links on the pages of other stages."""
    return reverse("issuing:new", args=(agency, year, kind, key))


def tabs(request: InsideRequest, current: str) -> dict[str, Any]:
    """The tabs of the stage, those of the proofs among them."""
    names = {"listing": _("Dokumen terbit"), "minutes": _("Berita acara")}
    if request.place.can["KEEP_KEYS"]:
        names["keys"] = _("Kunci")
    found = [(name, title, address(request, name)) for name, title in names.items()]
    if request.place.can["AUDIT"]:
        proofs = {"register": _("Register"), "anchors": _("Jangkar jejak audit"), "roots": _("Akar tepercaya")}
        found += [
            (name, title, reverse(f"verification:{name}", args=(request.place.code, request.place.year)))
            for name, title in proofs.items()
        ]
    return {"tabs": [{"title": title, "url": url, "current": name == current} for name, title, url in found]}


def look_of(row: IssuedDocument, newer: Collection[int]) -> Look:
    """How the state of a document looks; `newer`: those that a later edition has overtaken."""
    return OVERTAKEN if row.pk in newer else LOOKS[row.state]


def line_of(request: InsideRequest, row: IssuedDocument, newer: Collection[int]) -> dict[str, Any]:
    """One document as the list shows it; `newer`: those that a later edition has overtaken."""
    signers = signers_of(row.signatures.all())
    turn = next_of(signers) if row.state in {IssuedState.WAITING.value, IssuedState.SIGNING.value} else None
    signed = sum(one.state is SignatureState.SIGNED for one in signers if one.required)
    return {
        "row": row, "title": row.title, "kind": kind_name(row.kind), "look": look_of(row, newer), "code": shown(row.code),
        "url": address(request, "document", row.pk), "progress": f"{signed} / {sum(one.required for one in signers)}",
        "waits": waits_for(turn), "on": format_date(localtime(row.made_at).date()),
    }  # fmt: skip


def kind_name(kind: str) -> str:
    """The name of a kind of document."""
    found = load_orders().get(kind)
    return found.title if found else kind


def waits_for(turn: Signer | None) -> str:
    """For whom a document waits, in words."""
    return "" if turn is None else turn.holder or turn.office


def moment(value: Any) -> str:
    """A moment in words; empty for none."""
    if value is None:
        return ""
    local = localtime(value)
    return f"{format_date(local.date())} {local:%H.%M}"


def steps_of(row: IssuedDocument, signatures: list[IssuedSignature]) -> list[dict[str, str]]:
    """The order as steps."""
    turn = next_of(signers_of(signatures))
    is_open = row.state in {IssuedState.WAITING.value, IssuedState.SIGNING.value}
    states = {SignatureState.SIGNED.value: "done", SignatureState.REFUSED.value: "returned"}
    return [
        {
            "title": one.holder or one.office,
            "state": states.get(one.state) or ("current" if is_open and turn and turn.order == one.order else "next"),
            "who": one.role, "when": moment(one.signed_at),
        }
        for one in signatures
    ]  # fmt: skip
