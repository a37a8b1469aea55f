"""The road of an agreement to its signatures: proposed, returned or agreed, signed by the promiser, then by the superior.

A signature here is the confirmation of the holder of the position, with a sign-in of some minutes ago, sealed by a
fingerprint of exactly what was shown. Certificates of electronic signatures are another matter.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from selaras.actions._agreements import (
    Case,
    check_drafter,
    check_gate,
    check_negotiator,
    check_seen,
    check_state,
    find_case,
    move,
    tell_holders,
    today,
)
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, check
from selaras.core.agreements import Agreement
from selaras.core.agreements.rights import holds
from selaras.core.calendar import format_date
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.org import Capacity
from selaras.store import models as tables
from selaras.store.agreements import capacity_of
from selaras.store.models.work import AgreementState as State

DAY = "Tanggal"
OUTSIDE = "di luar Selaras"


def propose_agreement(by: Actor, *, agency: str, agreement: str, note: str = "", seen: str = "", url: str = "") -> None:
    """Propose a draft to the superior; one that has no second party counts as agreed.

    `seen` is the seal of what the person saw, `url` the page for the notices. Raises Refusal for an agreement without
    lines, or one without second party that differs from the plan without a note; Conflict, NotAllowed, NotFound.
    """
    with traced(by, action="mengajukan perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_drafter(by, agency, case.unit, case.agreement.promiser)
        check_state(case, State.DRAFT, State.RETURNED)
        check_seen(case, seen)
        _demand_lines(case)
        if not case.agreement.superior:
            trace["differences"] = check_gate(case, note)
            move(case, by, trace, State.AGREED, note=note, sha256=case.seal)
            tell_holders(by, case, case.agreement.promiser, "siap ditandatangani.", url)
            return
        move(case, by, trace, State.PROPOSED, note=note, sha256=case.seal)
        tell_holders(by, case, case.agreement.superior, "diajukan dan menunggu putusan Anda.", url)


def withdraw_agreement(by: Actor, *, agency: str, agreement: str, note: str = "", url: str = "") -> None:
    """Take back what was proposed or agreed, as long as nobody has signed. Raises Refusal, NotAllowed, NotFound."""
    with traced(by, action="menarik perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_drafter(by, agency, case.unit, case.agreement.promiser)
        check_state(case, State.PROPOSED, State.AGREED)
        move(case, by, trace, State.DRAFT, note=note, sha256="")
        tell_holders(by, case, case.agreement.superior, f"ditarik kembali oleh {by.name}.", url)


def return_agreement(by: Actor, *, agency: str, agreement: str, note: str, url: str = "") -> None:
    """Give an agreement back with a note that says what should be otherwise; a signature of the promiser falls away.

    Raises Refusal for an empty note or another state, NotAllowed, NotFound.
    """
    with traced(by, action="mengembalikan perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_negotiator(by, case)
        check_state(case, State.PROPOSED, State.AGREED, State.SIGNED_BY_PROMISER)
        if not note.strip():
            raise Refusal("Pengembalian memerlukan catatan: tuliskan apa yang harus diperbaiki.")
        move(case, by, trace, State.RETURNED, note=note, sha256="", promiser_signed_at=None, promiser_signed_by="")
        words = f"dikembalikan oleh {by.name}: {note.strip()}"
        tell_holders(by, case, case.agreement.promiser, words, url, planners=True)


def agree_agreement(by: Actor, *, agency: str, agreement: str, note: str = "", seen: str = "", url: str = "") -> None:
    """Agree to what was proposed, as the superior. What contradicts the plan needs a note with the reason.

    Raises Refusal with every contradiction, Conflict if the content is not what was seen, NotAllowed, NotFound.
    """
    with traced(by, action="menyepakati perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_negotiator(by, case)
        check_state(case, State.PROPOSED)
        check_seen(case, seen)
        trace["differences"] = check_gate(case, note)
        move(case, by, trace, State.AGREED, note=note, sha256=case.seal)
        tell_holders(by, case, case.agreement.promiser, "disepakati dan siap ditandatangani.", url, planners=True)


def sign_agreement(by: Actor, *, agency: str, agreement: str, seen: str, url: str = "") -> None:
    """Sign for the party whose turn it is: first who promises, then the superior; only the holder of the position today.

    `seen` is the seal of exactly what the person was shown. The agreement counts as signed, with today's date, once
    every party has. Raises Refusal, Conflict if the content is another one, NotAllowed, NotFound.
    """
    with traced(by, action="menandatangani perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_state(case, State.AGREED, State.SIGNED_BY_PROMISER)
        check_seen(case, seen)
        now = timezone.now()
        if case.road.state is State.AGREED:
            name = _signer(by, case, case.agreement.promiser, "pihak pertama")
            last = not case.agreement.superior
            state = State.SIGNED if last else State.SIGNED_BY_PROMISER
            move(case, by, trace, state, sha256=case.seal, promiser_signed_at=now, promiser_signed_by=name)
        else:
            name = _signer(by, case, case.agreement.superior, "pihak kedua")
            _refuse_both_sides(by, case)
            last = True
            move(case, by, trace, State.SIGNED, sha256=case.seal, superior_signed_at=now, superior_signed_by=name)
        trace["signer"] = name
        if last:
            _date(case, trace, today())
            tell_holders(by, case, case.agreement.promiser, "sudah ditandatangani lengkap.", url, planners=True)
        else:
            words = "sudah ditandatangani pihak pertama dan menunggu tanda tangan Anda."
            tell_holders(by, case, case.agreement.superior, words, url)


def record_signed(
    by: Actor, *, agency: str, agreement: str, day: date, note: str, seen: str = "", url: str = ""
) -> None:
    """Note that an agreed agreement was signed outside: on paper, or with a certificate of another system.

    For a second party of another agency, who has no account here. `note` says where the signed document is kept.
    Raises Refusal for an empty note or a day to come, Conflict, NotAllowed, NotFound.
    """
    with traced(by, action="mencatat tanda tangan perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check(by, Act.DRAFT_AGREEMENT, agency, case.unit)
        check_state(case, State.AGREED, State.SIGNED_BY_PROMISER)
        check_seen(case, seen)
        faults = []
        if not note.strip():
            faults.append(Fault("tempat dokumen yang ditandatangani belum diisi", expected="nomor atau lokasi arsip"))
        if day > today():
            faults.append(Fault("tanggal tanda tangan", read=format_date(day), expected="paling lambat hari ini"))
        if faults:
            raise Refusal("Tanda tangan belum dicatat.", *faults)
        signed = f"{OUTSIDE}: {note.strip()}"
        both = {} if case.road.promiser.by else {"promiser_signed_by": signed}
        move(case, by, trace, State.SIGNED, note=note, sha256=case.seal, superior_signed_by=signed, **both)
        _date(case, trace, day)
        tell_holders(by, case, case.agreement.promiser, "dicatat sudah ditandatangani.", url, planners=True)


def _demand_lines(case: Case) -> None:
    if not any(line.agreement == case.agreement.code for line in case.snapshot.agreement_lines):
        raise Refusal(
            f"Perjanjian {case.agreement.code} belum berisi indikator.",
            Fault("baris indikator", expected="paling sedikit satu", remedy="Isi dari rencana, atau tambahkan baris."),
        )


def _signer(by: Actor, case: Case, position: str, party: str) -> str:
    """Who signs, with the capacity; refuses whoever does not hold the position today."""
    if not holds(by, case.agency, position):
        raise NotAllowed(f"{by.name} bukan pemegang jabatan {party} pada hari ini.")
    capacity = capacity_of(case.agency, position, by.login, today())
    return by.name if capacity in {None, Capacity.DEFINITIVE} else f"{by.name} ({capacity})"


def _refuse_both_sides(by: Actor, case: Case) -> None:
    if case.road.promiser.by.removesuffix(")").rpartition(" (")[0] == by.name or case.road.promiser.by == by.name:
        raise NotAllowed(
            f"{by.name} sudah menandatangani sebagai pihak pertama; pihak kedua harus orang lain. "
            "Mintalah atasan yang lebih tinggi menunjuk pelaksana tugas lain."
        )


def _date(case: Case, trace: Trace, day: date) -> None:
    """The day of signing, which the printed agreement shows."""
    before = case.agreement.signed_on
    tables.Agreement.objects.filter(pk=case.row).update(signed_on=day)
    trace.changed(
        Agreement.__name__, case.agreement.code, DAY, f"{before:%d-%m-%Y}" if before else "", f"{day:%d-%m-%Y}"
    )
