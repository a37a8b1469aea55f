"""Realisations: written, submitted, verified, returned, locked."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Header, Router

from selaras.actions import measurement
from selaras.api.door import ApiRequest, once
from selaras.api.intake import AgencyCode, Given, IndicatorCode
from selaras.api.records import WRITES
from selaras.api.schemas import MODELS, data_of
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period
from selaras.core.value import Value

router = Router(tags=["measurement"])
Step = Literal["submit", "verify", "return", "lock"]


class Entry(Given):
    """Nilai realisasi, atau pembilang dan penyebutnya."""

    period: Period
    value: Value | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = Field("", max_length=4000)
    seen: str | None = Field(None, description="Yang terlihat sebelum diubah; bila sudah lain, jawabannya 409.")
    reason: str = Field("", max_length=2000)


class Move(Given):
    """Periode mana, dan mengapa."""

    period: Period
    note: str = Field("", max_length=4000)


@router.put(
    "/agencies/{agency}/indicators/{indicator}/realisation",
    response={200: MODELS[Realisation], **WRITES}, operation_id="recordRealisation",
)  # fmt: skip
@once
def record(
    request: ApiRequest, agency: AgencyCode, indicator: IndicatorCode, given: Entry,
    key: Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")] = "",
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
    response={200: MODELS[Realisation], **WRITES}, operation_id="moveRealisation",
)  # fmt: skip
@once
def move(
    request: ApiRequest, agency: AgencyCode, indicator: IndicatorCode, step: Step, given: Move,
    key: Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")] = "",
) -> Any:  # fmt: skip
    """Ajukan, verifikasi, kembalikan (dengan catatan), atau kunci realisasi."""
    del key
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
