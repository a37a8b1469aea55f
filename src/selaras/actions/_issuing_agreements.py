"""An agreement that is signed electronically moves on its road too, so that both tell the same."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from selaras.actions._agreements import find_case, move
from selaras.actions.audit import Trace
from selaras.core.access import Actor
from selaras.core.agreements import Agreement
from selaras.core.issuing.orders import Signs
from selaras.store.models import Agreement as AgreementRow
from selaras.store.models import IssuedDocument, IssuedSignature
from selaras.store.models.work import AgreementState as State


def carry_on(by: Actor, row: IssuedDocument, place: IssuedSignature, trace: Trace, moment: datetime) -> None:
    """After an electronic signature on an agreement: its state, who signed, and at the end the day. Nothing for others."""
    if row.kind != "pk":
        return
    case = find_case(row.agency.code, row.key)
    details = dict(trace)
    if place.role == Signs.PROMISER.value and case.road.state is State.AGREED:
        state = State.SIGNED_BY_PROMISER if case.agreement.superior else State.SIGNED
        move(case, by, trace, state, sha256=case.seal, promiser_signed_at=moment, promiser_signed_by=place.signed_by)
    elif place.role == Signs.SUPERIOR.value and case.road.state is State.SIGNED_BY_PROMISER:
        move(
            case,
            by,
            trace,
            State.SIGNED,
            sha256=case.seal,
            superior_signed_at=moment,
            superior_signed_by=place.signed_by,
        )
    else:
        return
    trace |= details
    if find_case(row.agency.code, row.key).road.state is State.SIGNED and case.agreement.signed_on is None:
        day = localtime(row.made_at).date()  # the day that the signed document prints
        AgreementRow.objects.filter(pk=case.row).update(signed_on=day)
        trace.changed(Agreement.__name__, case.agreement.code, "Tanggal", "", f"{day:%d-%m-%Y}")
