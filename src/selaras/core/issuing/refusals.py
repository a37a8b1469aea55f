"""When a signature is refused: out of order, by the wrong person, twice, or on something that has changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from selaras.core.access import Actor
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.issuing.orders import Signer
from selaras.core.issuing.stages import OPEN, IssuedState, SignatureState


def next_of(signers: Sequence[Signer]) -> Signer | None:
    """Whose turn it is; None where nobody is left. An optional seal waits until everybody required has signed."""
    waiting = [
        signer for signer in sorted(signers, key=lambda one: one.order) if signer.state is SignatureState.WAITING
    ]
    return next((signer for signer in waiting if signer.required), waiting[0] if waiting else None)


def is_whole(signers: Sequence[Signer]) -> bool:
    """Whether every required signature is there."""
    return all(signer.state is SignatureState.SIGNED for signer in signers if signer.required)


def is_signer(by: Actor, agency: str, signer: Signer, *, keeps_seal: bool = False) -> bool:
    """Whether a person is the one who signs at a place.

    By the account that the place names, else by the position held today. The seal is put on by who may use it.
    """
    if signer.is_seal:
        return keeps_seal
    if signer.login:
        return bool(by.login) and by.login == signer.login
    return bool(signer.position) and (agency, signer.position) in by.positions


def refuse_closed(state: IssuedState, *, title: str) -> None:
    """Refuse a signature on a version that is whole, replaced or withdrawn."""
    if state not in OPEN and state is not IssuedState.ISSUED:
        raise Refusal(
            f"{title} sudah {state.value}; versi ini tidak ditandatangani lagi.",
            Fault("keadaan dokumen", read=state.value, remedy="Buka versi terbarunya."),
        )


def refuse_changed(issued: str, now: str, *, title: str, since: str) -> None:
    """Refuse a signature where the data are no longer those that were issued. `since` is the day of issuing, in words."""
    if issued and issued != now:
        raise Refusal(
            f"Data {title} berubah sejak dokumen ini diterbitkan pada {since}.",
            Fault(
                "isi dokumen tidak lagi sama dengan data",
                remedy="Terbitkan versi baru dengan alasannya; tanda tangan pada versi ini tetap tersimpan sebagai riwayat.",
            ),
        )


def refuse_turn(by: Actor, agency: str, signers: Sequence[Signer], asked: int, *, keeps_seal: bool = False) -> Signer:
    """The place that the person may sign now.

    Raises NotAllowed for somebody else's place, Refusal for a place that is signed already or whose turn is not yet.
    """
    place = next((signer for signer in signers if signer.order == asked), None)
    if place is None or not is_signer(by, agency, place, keeps_seal=keeps_seal):
        who = f"{place.holder or place.office}" if place else "orang lain"
        raise NotAllowed(f"{by.name} bukan penanda tangan di tempat ini; yang ditunggu {who}.")
    if place.state is SignatureState.SIGNED:
        raise Refusal(f"Tempat ini sudah ditandatangani oleh {place.signed_by or place.holder}; tidak perlu dua kali.")
    turn = next_of(signers)
    if turn is not None and turn.order != place.order:
        raise Refusal(
            f"Belum giliran {place.holder or place.signs.value}.",
            Fault(
                "urutan tanda tangan",
                read=f"ke-{place.order}",
                expected=f"ke-{turn.order}: {turn.holder or turn.office}",
            ),
        )
    if not place.is_seal and any(_is_same(by, other) for other in signers if other.order != place.order):
        raise NotAllowed(
            f"{by.name} sudah menandatangani dokumen ini di tempat lain; pihak yang berbeda harus orang lain."
        )
    return place


def _is_same(by: Actor, other: Signer) -> bool:
    return not other.is_seal and other.state is SignatureState.SIGNED and bool(by.name) and other.signed_by == by.name
