"""What a verification says: one headline, and sentences that each say how sure they are.

Proven is what follows from mathematics and from our own register; told is what only the file says of itself; unknown
is what nobody here can know. A file is never called genuine for want of a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from selaras.core.issuing.inspection import HARMLESS, Inspection, Problem, Revocation, Signature, Trust

WIB = timezone(timedelta(hours=7), "WIB")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


class Outcome(StrEnum):
    """What became of a verification, from the best to the worst."""

    VALID = "sah"
    REGISTERED = "terdaftar"
    STRANGER = "penanda tangan tidak dikenal"
    UNCERTAIN = "tidak dapat dipastikan"
    UNSIGNED = "tanpa tanda tangan"
    OUTDATED = "tidak berlaku lagi"
    CONTRADICTORY = "angka tidak cocok"
    CHANGED = "berubah"
    INVALID = "tidak sah"
    UNREADABLE = "tidak dapat diperiksa"


class Certainty(StrEnum):
    """How sure a sentence is."""

    PROVEN = "terbukti"
    TOLD = "menurut berkas"
    UNKNOWN = "tidak diketahui"


class Tone(StrEnum):
    """How a sentence is meant."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


class Match(StrEnum):
    """How a file is the registered one."""

    SAME = "sama"
    EARLIER = "tahap sebelumnya"
    EXTENDED = "berkas terdaftar yang ditambah"
    NAMED = "hanya kodenya"
    """The file names the code of a registered document, and is not that document."""


class Standing(StrEnum):
    """How a registered document stands today."""

    CURRENT = "berlaku"
    UNFINISHED = "belum selesai ditandatangani"
    REPLACED = "diganti"
    WITHDRAWN = "ditarik"


@dataclass(frozen=True, slots=True)
class Registered:
    """A document of the register that the file is, was, or claims to be."""

    match: Match
    title: str
    agency: str
    year: int
    version: int
    standing: Standing
    code: str = ""
    reason: str = ""
    """Why there is this version."""
    note: str = ""
    """Why it was withdrawn."""
    newer: int | None = None
    """The number of the newest version where it is not this one."""
    newer_reason: str = ""
    newer_code: str = ""
    issued_at: datetime | None = None
    signed: int = 0
    """How many signatures the register knows on this stage of the file."""
    wanted: int = 0
    url: str = ""
    missing: tuple[str, ...] = ()
    """Registered signers whose certificate is not among the signatures of the file."""


class Agreement(StrEnum):
    """Whether the attached data and the print agree."""

    NONE = "tanpa data terlampir"
    AGREES = "cocok"
    DIFFERS = "berbeda"
    UNREADABLE = "tidak terbaca"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not the same in print and in the attached data, or not what its own formula gives."""

    sentence: str
    printed: str = ""
    attached: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of holding the printed figures against the attached data."""

    agreement: Agreement = Agreement.NONE
    figures: int = 0
    """How many stored figures were looked for in the print."""
    differences: tuple[Difference, ...] = ()
    registered: bool | None = None
    """Whether exactly these data are in the register; None where there is no register."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that is said, how it is meant, and how sure it is."""

    words: str
    certainty: Certainty
    tone: Tone = Tone.INFO


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a verification."""

    outcome: Outcome
    tone: Tone
    headline: str
    sentences: tuple[Sentence, ...] = ()
    signatures: tuple[tuple[Sentence, ...], ...] = field(default=())
    """What is said of each signature of the inspection, in its order."""


def verdict(found: Inspection, asked: Sequence[Registered] | None = (), compared: Compared | None = None) -> Verdict:
    """The answer, out of what was found in the file, in the register and in the comparison of print and data.

    `asked` is what the register knows of the file; None where no register was asked.
    """
    registered = asked or ()
    if found.problem is not Problem.NONE:
        return _unreadable(found, registered, was_asked=asked is not None)
    compared = compared or Compared()
    outcome = _outcome(found, registered, compared)
    known = _of_register(registered) if asked is not None else ()
    sentences = (*_of_file(found), *known, *_of_data(compared))
    return Verdict(
        outcome, TONES[outcome], _headline(outcome, found, registered), sentences,
        tuple(tuple(_of_signature(one)) for one in found.signatures),
    )  # fmt: skip


TONES = {
    Outcome.VALID: Tone.GOOD, Outcome.REGISTERED: Tone.GOOD, Outcome.STRANGER: Tone.WARN, Outcome.UNCERTAIN: Tone.WARN,
    Outcome.UNSIGNED: Tone.WARN, Outcome.OUTDATED: Tone.WARN, Outcome.CONTRADICTORY: Tone.BAD,
    Outcome.CHANGED: Tone.BAD, Outcome.INVALID: Tone.BAD, Outcome.UNREADABLE: Tone.WARN,
}  # fmt: skip
BAD_TRUST = frozenset({Trust.REVOKED, Trust.NOT_YET, Trust.UNFIT, Trust.BROKEN})
STRANGERS = frozenset({Trust.UNKNOWN_ROOT, Trust.SELF_SIGNED})


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
        return Verdict(outcome, TONES[outcome], _headline(outcome, found, same), (told, *_of_register(same)))
    return Verdict(
        Outcome.UNREADABLE, Tone.WARN, "Tanda tangan berkas ini tidak dapat diperiksa.",
        (told, *(_of_register(registered) if was_asked else ())),
    )  # fmt: skip


# --- sentences about the file, the register and the data -----------------------------------------------------------------


def _of_file(found: Inspection) -> Iterator[Sentence]:
    count = len(found.people)
    stamps = len(found.signatures) - count
    if count:
        words = f"Berkas memuat {_counted(count)} tanda tangan elektronik"
        words += f" dan {_counted(stamps)} stempel waktu dokumen" if stamps else ""
        yield Sentence(f"{words}.", Certainty.PROVEN)
    else:
        yield Sentence("Tidak ada tanda tangan elektronik di dalam berkas.", Certainty.PROVEN, Tone.WARN)
        yield Sentence(
            "Gambar tanda tangan atau kode QR pada halaman bukan bukti: keduanya dapat disalin siapa pun.",
            Certainty.PROVEN,
            Tone.WARN,
        )
    for name in found.removed:
        yield Sentence(f"Tanda tangan “{name}” pernah ada dan telah dihapus.", Certainty.PROVEN, Tone.BAD)


def _of_register(registered: Sequence[Registered]) -> Iterator[Sentence]:
    if not registered:
        yield Sentence("Berkas ini tidak tercatat dalam register instalasi ini.", Certainty.PROVEN, Tone.INFO)
    for one in registered:
        yield from _of_one(one)


def _of_one(one: Registered) -> Iterator[Sentence]:
    name = f"{one.title}, versi {one.version}, {one.agency}"
    if one.match is Match.SAME:
        yield Sentence(f"Berkas ini sama persis dengan yang terdaftar: {name}.", Certainty.PROVEN, Tone.GOOD)
    elif one.match is Match.EARLIER:
        yield Sentence(
            f"Berkas ini adalah tahap sebelumnya dari {name}: dengan {_counted(one.signed)} dari "
            f"{_counted(one.wanted)} tanda tangan.",
            Certainty.PROVEN,
            Tone.WARN,
        )
    elif one.match is Match.EXTENDED:
        yield Sentence(
            f"Bagian awal berkas ini adalah {name}; sesudahnya ada yang ditambahkan dan tidak terdaftar.",
            Certainty.PROVEN, Tone.BAD,
        )  # fmt: skip
    else:
        yield Sentence(
            f"Berkas ini menyebut kode {one.code}. Kode itu milik {name}, tetapi berkas ini bukan berkas yang terdaftar.",
            Certainty.PROVEN, Tone.BAD,
        )  # fmt: skip
    if one.missing:
        yield Sentence(
            f"Menurut register ditandatangani juga oleh {', '.join(one.missing)}; tanda tangan itu tidak ada di sini.",
            Certainty.PROVEN, Tone.BAD,
        )  # fmt: skip
    yield from _of_standing(one)


def _of_standing(one: Registered) -> Iterator[Sentence]:
    if one.standing is Standing.WITHDRAWN:
        why = f": {one.note.rstrip('.')}" if one.note else ""
        yield Sentence(f"Dokumen ini sudah ditarik{why}.", Certainty.PROVEN, Tone.BAD)
    elif one.standing is Standing.REPLACED or one.newer is not None:
        which = f"versi {one.newer}" if one.newer is not None else "versi lain"
        why = f" karena {one.newer_reason.rstrip('.')}" if one.newer_reason else ""
        code = f" (kode {one.newer_code})" if one.newer_code else ""
        yield Sentence(f"Sudah diganti {which}{code}{why}.", Certainty.PROVEN, Tone.WARN)
    elif one.standing is Standing.UNFINISHED:
        yield Sentence("Dokumen ini belum selesai ditandatangani.", Certainty.PROVEN, Tone.WARN)
    else:
        since = f" sejak {told(one.issued_at)}" if one.issued_at else ""
        if one.match is Match.SAME:
            yield Sentence(f"Versi ini yang terbaru dan berlaku{since}.", Certainty.PROVEN, Tone.GOOD)
        else:
            yield Sentence(f"Yang terdaftar itu berlaku{since}; mintalah berkas aslinya.", Certainty.PROVEN)


def _of_data(compared: Compared) -> Iterator[Sentence]:
    if compared.agreement is Agreement.UNREADABLE:
        yield Sentence(
            f"Data terlampir tidak dapat dibandingkan: {compared.note.rstrip('.')}.", Certainty.UNKNOWN, Tone.WARN
        )
    elif compared.agreement is Agreement.AGREES:
        yield Sentence(
            f"Angka yang tercetak cocok dengan data terlampir ({_counted(compared.figures)} angka dicari pada halaman).",
            Certainty.PROVEN, Tone.GOOD,
        )  # fmt: skip
    elif compared.agreement is Agreement.DIFFERS:
        count = _counted(len(compared.differences))
        yield Sentence(f"{count} angka tidak cocok dengan data terlampir.".capitalize(), Certainty.PROVEN, Tone.BAD)
    if compared.registered is True:
        yield Sentence("Data terlampir sama dengan data beku dalam register.", Certainty.PROVEN, Tone.GOOD)
    elif compared.registered is False:
        yield Sentence(
            "Data terlampir tidak ada dalam register instalasi ini.",
            Certainty.PROVEN,
            Tone.INFO,
        )


# --- sentences about a signature -----------------------------------------------------------------------------------------


def _of_signature(one: Signature) -> Iterator[Sentence]:
    yield from _who(one)
    yield from _integrity(one)
    yield from _when(one)
    yield from _trust(one)
    yield from _after(one)
    if one.level:
        yield Sentence(f"Tingkat tanda tangan: {one.level}.", Certainty.PROVEN)


def _who(one: Signature) -> Iterator[Sentence]:
    if not one.certificate.sha256:
        yield Sentence(f"Tanda tangan “{one.name}” tidak dapat dibaca.", Certainty.PROVEN, Tone.BAD)
        return
    told_of = " ".join(part for part in (one.certificate.organisation, one.certificate.identifier) if part)
    verb = "Distempel waktu oleh" if one.document_stamp else "Ditandatangani dengan sertifikat"
    certainty = Certainty.PROVEN if one.certificate.trust is Trust.TRUSTED and one.holds else Certainty.TOLD
    yield Sentence(f"{verb} {one.certificate.subject}{f' ({told_of})' if told_of else ''}.", certainty)


def _integrity(one: Signature) -> Iterator[Sentence]:
    if not one.certificate.sha256:
        return
    if not one.intact:
        yield Sentence("Isi yang ditandatangani telah berubah.", Certainty.PROVEN, Tone.BAD)
    elif not one.valid:
        yield Sentence("Tanda tangan tidak dibuat dengan kunci sertifikat ini.", Certainty.PROVEN, Tone.BAD)
    elif one.odd_range:
        yield Sentence("Tanda tangan tidak mencakup berkas dengan cara yang semestinya.", Certainty.PROVEN, Tone.BAD)
    elif one.weak:
        yield Sentence(f"Algoritma {one.weak} tidak lagi membuktikan apa pun.", Certainty.PROVEN, Tone.BAD)
    else:
        yield Sentence("Isi yang ditandatangani utuh.", Certainty.PROVEN, Tone.GOOD)


def _when(one: Signature) -> Iterator[Sentence]:
    stamp = one.stamp
    if stamp is not None and stamp.counts:
        yield Sentence(
            f"Sudah ada pada {told(stamp.at)}, dibuktikan stempel waktu {stamp.authority.subject}.",
            Certainty.PROVEN, Tone.GOOD,
        )  # fmt: skip
        return
    if stamp is not None:
        why = "rusak" if not stamp.intact else stamp.authority.trust.value
        yield Sentence(f"Stempel waktu {told(stamp.at)} tidak diterima ({why}).", Certainty.TOLD, Tone.WARN)
    if one.claimed_at is not None:
        yield Sentence(f"Waktu menurut penanda tangan: {told(one.claimed_at)}.", Certainty.TOLD)
    elif stamp is None:
        yield Sentence("Waktu penandatanganan tidak disebut.", Certainty.UNKNOWN)


def _trust(one: Signature) -> Iterator[Sentence]:
    whose = one.certificate
    if not whose.sha256:
        return
    if whose.trust is Trust.TRUSTED:
        by = f" ({whose.source.rstrip('.')})" if whose.source else ""
        yield Sentence(f"Sertifikat dijamin akar tepercaya “{whose.root}”{by}.", Certainty.PROVEN, Tone.GOOD)
        yield from _revocation(one)
        return
    yield Sentence(TRUST_WORDS[whose.trust].format(root=whose.root, revoked=_on(whose.revoked_at),
                                                   start=_on(whose.not_before), end=_on(whose.not_after)),
                   Certainty.UNKNOWN if whose.trust in STRANGERS else Certainty.PROVEN,
                   Tone.BAD if whose.trust in BAD_TRUST else Tone.WARN)  # fmt: skip


TRUST_WORDS = {
    Trust.UNKNOWN_ROOT: "Penanda tangan tidak dikenal: akar “{root}” tidak ada dalam daftar tepercaya.",
    Trust.SELF_SIGNED: "Penanda tangan tidak dikenal: sertifikatnya dibuat sendiri dan tidak dijamin siapa pun.",
    Trust.EXPIRED: (
        "Sertifikat berakhir pada {end}, dan tidak ada stempel waktu yang membuktikan bahwa tanda tangan dibuat "
        "sebelumnya."
    ),
    Trust.NOT_YET: "Sertifikat baru berlaku mulai {start}.",
    Trust.REVOKED: "Sertifikat dicabut penerbitnya pada {revoked}.",
    Trust.UNFIT: "Sertifikat ini tidak diterbitkan untuk menandatangani dokumen.",
    Trust.BROKEN: "Rantai sertifikatnya tidak sah.",
}


def _revocation(one: Signature) -> Iterator[Sentence]:
    if one.certificate.revocation is Revocation.GOOD:
        yield Sentence("Sertifikat tidak dicabut, menurut bukti di dalam berkas.", Certainty.PROVEN, Tone.GOOD)
    else:
        yield Sentence(
            "Pencabutan sertifikat tidak diketahui: berkas tidak membawa buktinya, dan pemeriksaan ini tidak bertanya keluar.",
            Certainty.UNKNOWN, Tone.WARN,
        )  # fmt: skip


def _after(one: Signature) -> Iterator[Sentence]:
    if not one.holds:
        return
    if one.whole or (one.allowed and not one.changes):
        yield Sentence("Tidak ada yang berubah sesudah tanda tangan ini.", Certainty.PROVEN, Tone.GOOD)
        return
    if not one.allowed:
        yield Sentence("Sesudah tanda tangan ini berkas diubah dengan cara yang tidak diizinkan:", Certainty.PROVEN,
                       Tone.BAD)  # fmt: skip
    else:
        yield Sentence("Sesudah tanda tangan ini ditambahkan, dan itu diizinkan:", Certainty.PROVEN)
    for change in one.changes:
        harmless = change.kind in HARMLESS
        tone = Tone.INFO if harmless else Tone.WARN if one.allowed else Tone.BAD
        yield Sentence(change.sentence, Certainty.PROVEN, tone)


def told(moment: datetime | None) -> str:
    """A moment in words, Western Indonesian time: `5 Januari 2026 pukul 09.30 WIB`."""
    if moment is None:
        return "waktu yang tidak diketahui"
    here = moment.astimezone(WIB)
    return f"{here.day} {MONTHS[here.month - 1]} {here.year} pukul {here:%H.%M} WIB"


def _on(moment: datetime | None) -> str:
    return told(moment)


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
