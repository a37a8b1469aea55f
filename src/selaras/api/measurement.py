"""Realisations: written, submitted, verified, returned, locked."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Header, Router, Schema

from selaras.actions import measurement
from selaras.api.door import ApiRequest, once
from selaras.api.records import ERRORS
from selaras.api.schemas import MODELS, data_of
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period
from selaras.core.value import Value

router = Router(tags=["measurement"])
Step = Literal["submit", "verify", "return", "lock"]


class Entry(Schema):
    """A realised value, or its numerator and denominator."""

    period: Period
    value: Value | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = Field("", max_length=4000)
    seen: str | None = Field(None, description="Yang terlihat sebelum diubah; bila sudah lain, jawabannya 409.")
    reason: str = Field("", max_length=2000)


class Move(Schema):
    """Which period, and why."""

    period: Period
    note: str = Field("", max_length=4000)


@router.put(
    "/agencies/{agency}/indicators/{indicator}/realisation",
    response={200: MODELS[Realisation], **ERRORS}, operation_id="recordRealisation",
)  # fmt: skip
@once
def record(
    request: ApiRequest, agency: str, indicator: str, given: Entry,
    key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Any:  # fmt: skip
    """Tulis realisasi sebagai draf."""
    del key
    stored = measurement.record_realisation(
        request.actor, agency=agency, indicator=indicator, period=given.period, value=given.value,
        numerator=given.numerator, denominator=given.denominator, note=given.note, seen=given.seen, reason=given.reason,
    )  # fmt: skip
    return MODELS[Realisation](**data_of(stored)).model_dump(mode="json")


@router.post(
    "/agencies/{agency}/indicators/{indicator}/realisation/{step}",
    response={200: MODELS[Realisation], **ERRORS}, operation_id="moveRealisation",
)  # fmt: skip
def move(request: ApiRequest, agency: str, indicator: str, step: Step, given: Move) -> Any:
    """Ajukan, verifikasi, kembalikan (dengan catatan), atau kunci realisasi."""
    at = {"agency": agency, "indicator": indicator, "period": given.period}
    if step == "return":
        return data_of(measurement.return_realisation(request.actor, **at, note=given.note))  # type: ignore[arg-type]
    verbs = {
        "submit": measurement.submit_realisation,
        "verify": measurement.verify_realisation,
        "lock": measurement.lock_realisation,
    }
    if given.note:
        raise Refusal("Catatan hanya untuk pengembalian.", Fault("catatan tidak dipakai", read=given.note))
    return data_of(verbs[step](request.actor, **at))  # type: ignore[arg-type]
