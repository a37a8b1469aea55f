"""What a verification says: one headline, and sentences that each say how sure they are.

Proven is what follows from mathematics and from our own register; told is what only the file says of itself; unknown
is what nobody here can know. A file is never called genuine for want of a fault.
"""

from __future__ import annotations

from collections.abc import Sequence

from selaras.core.issuing.inspection import HARMLESS, Inspection, Problem, Trust
from selaras.core.issuing.outcome import (
    Agreement,
    Certainty,
    Compared,
    Match,
    Outcome,
    Registered,
    Sentence,
    Standing,
    Tone,
    Verdict,
)
from selaras.core.issuing.sentences import BAD_TRUST, STRANGERS, of_data, of_file, of_register, of_signature


def verdict(found: Inspection, asked: Sequence[Registered] | None = (), compared: Compared | None = None) -> Verdict:
    """The answer, out of what was found in the file, in the register and in the comparison of print and data.

    `asked` is what the register knows of the file; None where no register was asked.
    """
    registered = asked or ()
    if found.problem is not Problem.NONE:
        return _unreadable(found, registered, was_asked=asked is not None)
    compared = compared or Compared()
    outcome = _outcome(found, registered, compared)
    known = of_register(registered) if asked is not None else ()
    sentences = (*of_file(found), *known, *of_data(compared))
    return Verdict(
        outcome, TONES[outcome], _headline(outcome, found, registered), sentences,
        tuple(tuple(of_signature(one)) for one in found.signatures),
    )  # fmt: skip


TONES = {
    Outcome.VALID: Tone.GOOD, Outcome.REGISTERED: Tone.GOOD, Outcome.STRANGER: Tone.WARN, Outcome.UNCERTAIN: Tone.WARN,
    Outcome.UNSIGNED: Tone.WARN, Outcome.OUTDATED: Tone.WARN, Outcome.CONTRADICTORY: Tone.BAD,
    Outcome.CHANGED: Tone.BAD, Outcome.INVALID: Tone.BAD, Outcome.UNREADABLE: Tone.WARN,
}  # fmt: skip


def _outcome(found: Inspection, registered: Sequence[Registered], compared: Compared) -> Outcome:
    worst = _outcome_of_signatures(found)
    same = [one for one in registered if one.match in (Match.SAME, Match.EARLIER)]
    if worst in (Outcome.INVALID, Outcome.CHANGED):
        return worst
    claims = {one.match for one in registered} & {Match.EXTENDED, Match.NAMED}
    harmless = worst is Outcome.VALID and claims == {Match.EXTENDED}  # a time-stamp for the archive, for instance
    if not same and claims and not harmless:
        return Outcome.CHANGED
    if any(one.missing for one in same):
        return Outcome.CHANGED
    if compared.agreement is Agreement.DIFFERS:
        return Outcome.CONTRADICTORY
    if same and all(one.standing in (Standing.REPLACED, Standing.WITHDRAWN) for one in same):
        return Outcome.OUTDATED
    if same and worst in (Outcome.UNSIGNED, Outcome.STRANGER):
        return Outcome.REGISTERED
    return worst


def _outcome_of_signatures(found: Inspection) -> Outcome:
    if not found.people:
        return Outcome.CHANGED if found.removed else Outcome.UNSIGNED
    trusts = {one.certificate.trust for one in found.people}
    if any(not one.holds for one in found.signatures) or trusts & BAD_TRUST:
        return Outcome.INVALID
    if found.removed or any(not one.allowed for one in found.signatures):
        return Outcome.CHANGED
    if Trust.EXPIRED in trusts:
        return Outcome.UNCERTAIN
    return Outcome.STRANGER if trusts & STRANGERS else Outcome.VALID


def _headline(outcome: Outcome, found: Inspection, registered: Sequence[Registered]) -> str:
    if outcome is Outcome.VALID:
        if any(change.kind not in HARMLESS for one in found.signatures for change in one.changes):
            return "Tanda tangan sah; sesudahnya ada perubahan yang diizinkan penanda tangan."
        return "Tanda tangan sah dan isi berkas tidak berubah."
    if outcome is Outcome.REGISTERED:
        return "Berkas ini sama persis dengan yang terdaftar di sini."
    if outcome is Outcome.OUTDATED:
        withdrawn = any(one.standing is Standing.WITHDRAWN for one in registered)
        return (
            "Dokumen ini asli, tetapi sudah ditarik."
            if withdrawn
            else "Dokumen ini asli, tetapi sudah ada versi yang lebih baru."
        )
    if outcome is Outcome.CHANGED:
        return _changed_headline(found, registered)
    if outcome is Outcome.INVALID:
        broken = any(not (one.intact and one.valid) for one in found.signatures)
        if broken:
            return "Tanda tangan tidak sah: isinya bukan yang ditandatangani."
        return "Tanda tangan tidak dapat diterima."
    return {
        Outcome.STRANGER: "Isi berkas utuh, tetapi penanda tangan tidak dikenal.",
        Outcome.UNCERTAIN: "Isi berkas utuh, tetapi tanda tangannya tidak dapat dipastikan.",
        Outcome.UNSIGNED: "Berkas ini tidak bertanda tangan elektronik.",
        Outcome.CONTRADICTORY: "Angka yang tercetak tidak cocok dengan data yang terlampir.",
    }[outcome]


def _changed_headline(found: Inspection, registered: Sequence[Registered]) -> str:
    if found.removed:
        return "Tanda tangan telah dihapus dari berkas ini."
    if any(not one.allowed for one in found.signatures):
        return "Berkas ini diubah sesudah ditandatangani."
    if any(one.match is Match.EXTENDED for one in registered):
        return "Berkas ini adalah berkas terdaftar yang kemudian ditambah atau diubah."
    if any(one.missing for one in registered):
        return "Tanda tangan yang terdaftar tidak ada dalam berkas ini."
    return "Berkas ini menyebut kode dokumen terdaftar, tetapi bukan dokumen itu."


def _unreadable(found: Inspection, registered: Sequence[Registered], *, was_asked: bool) -> Verdict:
    words = {
        Problem.NOT_PDF: "Berkas ini bukan PDF, sehingga tanda tangannya tidak dapat diperiksa.",
        Problem.ENCRYPTED: "Berkas ini terkunci kata sandi. Buka kuncinya dengan penerbitnya, lalu periksa lagi.",
        Problem.BROKEN: "Susunan berkas ini rusak, sehingga tidak dapat diperiksa.",
        Problem.TOO_LARGE: "Berkas ini terlalu besar untuk diperiksa di sini.",
        Problem.TOO_SLOW: "Berkas ini terlalu rumit: pemeriksaannya dihentikan karena terlalu lama.",
    }
    note = f" ({found.note})" if found.note and found.problem is Problem.TOO_LARGE else ""
    told = Sentence(words[found.problem].rstrip(".") + note + ".", Certainty.PROVEN, Tone.WARN)
    same = [one for one in registered if one.match is Match.SAME]
    if same:
        outdated = all(one.standing in (Standing.REPLACED, Standing.WITHDRAWN) for one in same)
        outcome = Outcome.OUTDATED if outdated else Outcome.REGISTERED
        return Verdict(outcome, TONES[outcome], _headline(outcome, found, same), (told, *of_register(same)))
    return Verdict(
        Outcome.UNREADABLE, Tone.WARN, "Tanda tangan berkas ini tidak dapat diperiksa.",
        (told, *(of_register(registered) if was_asked else ())),
    )  # fmt: skip
