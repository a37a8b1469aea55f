"""Agreements that stand: once proposed, agreed or signed, no way of writing changes what is promised in them."""

from __future__ import annotations

from typing import Any

from selaras.core.agreements import Agreement
from selaras.core.errors import Fault
from selaras.core.place import NOWHERE, Place
from selaras.store.models.work import AgreementState

SIGNED = frozenset({AgreementState.SIGNED, AgreementState.SIGNED_BY_PROMISER})


def agreement_of(record: Any) -> str:
    """The code of the agreement that a record is or belongs to; empty for every other record."""
    return record.code if isinstance(record, Agreement) else getattr(record, "agreement", "")


def fault_of_closed(code: str, state: AgreementState, place: Place = NOWHERE) -> Fault:
    """Why the content of an agreement in this state does not change, and by which way it does."""
    remedy = (
        "Kembalikan isi semula, atau buat perubahan perjanjian (versi baru)."
        if state in SIGNED
        else "Tarik kembali perjanjiannya pada halaman Perjanjian, ubah isinya, lalu ajukan lagi."
    )
    return Fault(
        f"perjanjian {code} sudah {state.value} dan isinya tidak dapat diubah", place, state.value,
        f"{AgreementState.DRAFT.value} atau {AgreementState.RETURNED.value}", remedy,
    )  # fmt: skip
