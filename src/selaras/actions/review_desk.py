"""The desk of the reviewers: who reads which report until when, the unit's answers, time spent, the statement as a blank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions._review_cases import CLOSED, review_of
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, may, refusal
from selaras.core.calendar import format_date, parse_date
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store.models import ReviewCase, ReviewReply
from selaras.store.models.work import ReviewState
from selaras.store.reviews import visible
from selaras.store.users import actor_of, find_user

KIND = "ReviewCase"
LONGEST = 4000
LONGEST_DAY = 24 * 60
MOST_MINUTES = 100_000
STATEMENT: dict[str, str] = {
    "number": "nomor", "date": "tanggal", "place": "tempat", "signatory_title": "jabatan",
    "signatory_name": "nama", "signatory_nip": "NIP",
}  # fmt: skip
"""What can be put into the blank of the statement. Its conclusion is no field: the reviewer writes it by hand."""


def assign(by: Actor, *, agency: str, case: int, login: str, due: date | None = None, url: str = "") -> ReviewCase:
    """Give a report to a reviewer by login (empty: to nobody) with a day; the reviewer is told.

    Raises Refusal for a person who may not review it or for a closed case, NotAllowed, NotFound.
    """
    with review_of(by, agency, case, "membagi tugas reviu") as (trace, row):
        if row.state in CLOSED:
            raise Refusal(f"Reviu ini sudah ditutup ({row.state}).")
        person = find_user(login) if login else None
        if person is not None and not may(actor_of(person, timezone.localdate()), Act.REVIEW, agency):
            raise Refusal(
                f"{person} tidak berperan sebagai pereviu pada instansi {agency}.",
                Fault("pereviu", read=login, remedy="Pilih orang lain, atau beri peran dahulu."),
            )
        before = row.assigned.username if row.assigned else ""
        for name, was, now in (("Pereviu", before, login), ("Tenggat", _day(row.due), _day(due))):
            if was != now:
                trace.changed(KIND, str(row.pk), name, was, now)
        row.assigned, row.due = person, due
        row.save(update_fields=("assigned", "due"))
        trace |= {"case": row.pk, "login": login}
        if person is not None:
            until = f" sampai {format_date(due)}" if due else ""
            tell(by, [person], text=f"Anda diminta mereviu {row.title}{until}.", url=url, agency=agency, topic="reviu")
    return row


def reply(
    by: Actor, *, agency: str, case: int, fingerprint: str, text: str, seen: str | None = None, url: str = ""
) -> ReviewReply | None:
    """Answer a finding of a returned review as its unit; an empty text takes the answer back (None).

    `seen` is the answer that the person saw. Raises Conflict if another one stands there now; Refusal for a case that
    was not returned or an unknown finding; NotAllowed, NotFound.
    """
    with traced(by, action="menjawab temuan reviu", agency=agency, act=Act.WRITE_REPORT) as trace:
        row = visible(by, agency).defer(None).select_for_update(of=("self",)).filter(pk=case).first()
        if row is None:
            raise NotFound("Reviu ini tidak ditemukan.")
        if row.state != ReviewState.RETURNED.value:
            raise Refusal("Temuan dijawab sesudah laporan dikembalikan.", Fault("keadaan reviu", read=row.state))
        known = {item["fingerprint"]: item["finding"].get("code", "") for item in row.result.get("kept", [])}
        if fingerprint not in known:
            raise Refusal("Temuan tidak dikenal.", Fault("temuan tidak ada dalam reviu ini", read=fingerprint[:80]))
        words = text.replace("\r\n", "\n").strip()
        if len(words) > LONGEST:
            raise Refusal("Jawaban terlalu panjang.", Fault("jawaban", read=f"{len(words)} huruf"))
        old = ReviewReply.objects.filter(case=row, fingerprint=fingerprint).first()
        stands = old.text if old else ""
        if seen is not None and stands not in {seen, words}:
            raise Conflict(
                f"Temuan ini sudah dijawab oleh {old.by if old else 'orang lain'}.",
                Clash("Jawaban", seen, stands, words), by=old.by if old else "", at=old.at.isoformat() if old else "",
            )  # fmt: skip
        trace |= {"case": case, "finding": known[fingerprint]}
        if words != stands:
            trace.changed("ReviewReply", f"{case} {known[fingerprint]} {fingerprint[:8]}", "Jawaban", stands, words)
        if not words:
            ReviewReply.objects.filter(case=row, fingerprint=fingerprint).delete()
            return None
        made, _ = ReviewReply.objects.update_or_create(
            case=row, fingerprint=fingerprint, defaults={"text": words, "by": by.name}
        )
        people = [row.assigned] if row.assigned else []
        tell(by, people, text=f"Temuan pada {row.title} dijawab.", url=url, agency=agency, topic="reviu")
    return made


def add_minutes(by: Actor, *, agency: str, case: int, minutes: int) -> ReviewCase:
    """Add time that was spent on a review, in minutes; a negative number takes some back.

    Raises Refusal for more than a day at once or a sum below zero, NotAllowed, NotFound.
    """
    with review_of(by, agency, case, "mencatat waktu reviu") as (trace, row):
        total = row.minutes + minutes
        if not minutes or abs(minutes) > LONGEST_DAY or not 0 <= total <= MOST_MINUTES:
            fault = Fault("menit", read=str(minutes), expected=f"1 sampai {LONGEST_DAY}, jumlahnya tidak di bawah nol")
            raise Refusal("Waktu tidak dicatat.", fault)
        trace.changed(KIND, str(row.pk), "Menit", str(row.minutes), str(total))
        trace |= {"case": row.pk, "minutes": minutes}
        row.minutes = total
        row.save(update_fields=("minutes",))
    return row


def write_statement(by: Actor, *, agency: str, case: int, fields: Mapping[str, str]) -> ReviewCase:
    """Put number, place, day and signatory into the blank of the review statement; its conclusion is never filled in.

    Only reviewers (APIP) do. Raises Refusal for an unknown field, a day that cannot be read or a signed statement;
    NotAllowed, NotFound.
    """
    with review_of(by, agency, case, "menyiapkan pernyataan reviu") as (trace, row):
        if row.signed_at is not None:
            raise Refusal(f"Pernyataan sudah ditandatangani oleh {row.signed_by}.")
        if unknown := [name for name in fields if name not in STATEMENT]:
            fault = Fault("isian tidak dikenal", read=", ".join(unknown), expected=", ".join(STATEMENT))
            raise Refusal("Pernyataan tidak disimpan.", fault)
        given = {name: text.strip()[:LONGEST] for name, text in fields.items()}
        if given.get("date"):
            given["date"] = parse_date(given["date"], place=Place(column=STATEMENT["date"])).isoformat()
        for name, value in given.items():
            if (was := row.statement.get(name, "")) != value:
                trace.changed(KIND, str(row.pk), f"Pernyataan, {STATEMENT[name]}", was, value)
        row.statement = {**row.statement, **given}
        row.save(update_fields=("statement",))
        trace["case"] = row.pk
    return row


def sign_statement(by: Actor, *, agency: str, case: int) -> ReviewCase:
    """Record that the statement was signed on paper, by the reviewer who acts; only of a finished review.

    Raises Refusal before the review is finished, without number, day or signatory, or a second time; NotAllowed (also
    for programs and for the own report), NotFound.
    """
    with review_of(by, agency, case, "menandatangani pernyataan reviu") as (trace, row):
        if by.limits is not None:
            raise refusal(by, Act.REVIEW, agency)
        if row.state != ReviewState.DONE.value:
            raise Refusal("Pernyataan ditandatangani sesudah reviu selesai.", Fault("keadaan reviu", read=row.state))
        if row.signed_at is not None:
            raise Refusal(f"Pernyataan sudah ditandatangani oleh {row.signed_by}.")
        lacking = [STATEMENT[name] for name in ("number", "date", "signatory_name") if not row.statement.get(name)]
        if lacking:
            raise Refusal("Pernyataan belum lengkap.", Fault("belum diisi", read=", ".join(lacking)))
        row.signed_at, row.signed_by = timezone.now(), by.name
        row.save(update_fields=("signed_at", "signed_by"))
        trace.changed(KIND, str(row.pk), "Pernyataan ditandatangani", "", by.name)
        trace["case"] = row.pk
    return row


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
