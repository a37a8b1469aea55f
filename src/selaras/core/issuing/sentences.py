"""The sentences of a verification: about the file, the register, the data, and each signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

from selaras.core.issuing.inspection import HARMLESS, Inspection, Revocation, Signature, Trust
from selaras.core.issuing.outcome import Agreement, Certainty, Compared, Match, Registered, Sentence, Standing, Tone

WIB = timezone(timedelta(hours=7), "WIB")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
BAD_TRUST = frozenset({Trust.REVOKED, Trust.NOT_YET, Trust.UNFIT, Trust.BROKEN})
STRANGERS = frozenset({Trust.UNKNOWN_ROOT, Trust.SELF_SIGNED})


def of_file(found: Inspection) -> Iterator[Sentence]:
    """What is said of the file as a whole."""
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


def of_register(registered: Sequence[Registered]) -> Iterator[Sentence]:
    """What the register knows of it."""
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
        which = one.newer_title or (f"versi {one.newer}" if one.newer is not None else "versi lain")
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


def of_data(compared: Compared) -> Iterator[Sentence]:
    """What came of holding the print against the attached data."""
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


def of_signature(one: Signature) -> Iterator[Sentence]:
    """What is said of one signature."""
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
