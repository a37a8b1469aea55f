"""Reviews of reports: taken in, read outside the request, judged finding by finding, answered point by point, closed."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from selaras.actions._old_figures import gathered
from selaras.actions._review_cases import (
    ACTS,
    CLOSED,
    announce,
    close,
    compare_judgements,
    judged,
    move_edition,
    purpose_of,
    refuse_closed,
    review_of,
    undecided_errors,
)
from selaras.actions._review_files import from_edition, named, opened, received, start, task_of
from selaras.actions._review_waits import resume_reading, tell_ended, tell_lost
from selaras.actions._reviewing import result_of
from selaras.actions._runner import TooLong
from selaras.actions.audit import traced
from selaras.actions.evidence import Upload
from selaras.core.access import Actor, Role, check
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.rulebook import load
from selaras.store.models import HistoryReading, ReviewCase, ReviewCheck
from selaras.store.models.work import EditionState, Judgement, ReviewState
from selaras.store.reviews import HISTORY, REVIEW, is_reading

__all__ = ["resume_reading", "tell_lost"]
ANSWERS = ("ya", "tidak", "tidak berlaku")
log = logging.getLogger(__name__)


def open_review(
    by: Actor, *, agency: str, report: Upload, title: str = "", year: int | None = None, others: Sequence[Upload] = ()
) -> ReviewCase:
    """Take in a report of anybody's, with documents to hold it against, and start reading it outside the request.

    Raises Refusal for a file that is too large, of a kind that nobody reads, or stopped by the scanner; NotAllowed,
    NotFound and CannotRun.
    """
    return opened(by, agency, REVIEW, report, title=title, year=year, others=others)


def open_old_report(by: Actor, *, agency: str, report: Upload, title: str = "", year: int | None = None) -> ReviewCase:
    """Take in an own report of an earlier year, to take its figures over. Raises as `open_review` does."""
    return opened(by, agency, HISTORY, report, title=title, year=year)


def begin_reading(by: Actor, *, agency: str, case: int, others: Sequence[Upload] = ()) -> ReviewCase:
    """Start reading a case: one that the report's writers have sent in, one that failed, or one that never ended.

    `others` are further documents to hold the report against. Raises Refusal while it is being read or once it is
    read, NotAllowed (also for the own report), NotFound and CannotRun.
    """
    purpose = purpose_of(agency, case)
    files = received(by, agency, purpose, others)
    with review_of(by, agency, case, "membaca laporan", purpose=purpose) as (trace, row):
        if row.state not in {ReviewState.READING.value, ReviewState.FAILED.value}:
            raise Refusal("Laporan ini sudah dibaca.")
        if is_reading(row, timezone.now()):
            raise Refusal("Laporan ini sedang dibaca. Tunggu beberapa detik.")
        if row.edition is not None and not row.result.get("started"):
            row.file = from_edition(agency, row)
        start(by, agency, row, purpose, [*row.result.get("others", []), *map(named, files)])
        trace["case"] = row.pk
    return row


def read_case(by: Actor, *, agency: str, case: int, ticket: str) -> None:
    """Read and review one case; takes seconds, so it runs in a process of its own (`_runner`).

    `ticket` is the one under which reading began: a case that was started anew meanwhile is left alone. A report that
    cannot be read leaves its refusal in the case. Raises NotAllowed and NotFound.
    """
    purpose = purpose_of(agency, case)
    check(by, ACTS[purpose], agency)
    row = ReviewCase.objects.select_related("agency", "edition").get(pk=case)
    if row.state != ReviewState.READING.value or row.result.get("ticket") != ticket:
        return
    found: dict[str, Any] | None = None
    error = ""
    try:
        found = result_of(task_of(agency, row))
    except TooLong:
        error = "Membaca laporan ini terlalu lama. Bagi berkasnya menjadi beberapa bagian, lalu coba lagi."
    except Refusal as refusal:
        error = str(refusal)
    except Exception:
        error = "Pembacaan berhenti karena kesalahan program; rinciannya ada di catatan pembaca (reviews/runner.log)."
        log.exception("reading case %s", case)
    with traced(by, action="selesai membaca laporan", agency=agency, act=ACTS[purpose]) as trace:
        row = ReviewCase.objects.select_for_update(of=("self",)).select_related("agency").get(pk=case)
        if row.result.get("ticket") != ticket:
            return
        row.state = (ReviewState.FAILED if found is None else ReviewState.OPEN).value
        row.result, row.error = row.result | (found or {}), error
        row.year = row.year or row.result.get("year")
        row.save(update_fields=("state", "result", "error", "year"))
        if found is not None and purpose == HISTORY and not row.readings.exists():
            HistoryReading.objects.bulk_create(gathered(row, found["claims"]))
        tell_ended(row)
        trace |= {"case": case, "error": error[:400]} if error else {"case": case, "counts": row.result["counts"]}


def judge(
    by: Actor,
    *,
    agency: str,
    case: int,
    fingerprints: Sequence[str],
    judgement: Judgement | None,
    reason: str = "",
    seen: Mapping[str, str] | None = None,
) -> int:
    """Accept findings or put them aside with a reason; None takes the judgement back. Returns how many changed.

    `seen` holds, by fingerprint, the judgement that the person saw (empty for none): where somebody else judged
    otherwise meanwhile, nothing is changed. Raises Conflict then, Refusal for a closed case, an unknown finding or a
    missing reason, NotAllowed (also for the own report) and NotFound.
    """
    with review_of(by, agency, case, "memutus temuan") as (trace, row):
        refuse_closed(row)
        known = {item["fingerprint"]: item["finding"].get("code", "") for item in row.result.get("kept", [])}
        strange = [name for name in fingerprints if name not in known]
        if strange or not fingerprints:
            raise Refusal("Temuan tidak dikenal.", Fault("temuan tidak ada dalam reviu ini", read=", ".join(strange)))
        if judgement is Judgement.WAIVED and not reason.strip():
            raise Refusal(
                "Alasan belum ditulis.",
                Fault("temuan dikesampingkan tanpa alasan", remedy="Tulis mengapa temuan ini tidak berlaku."),
            )
        old = {item.fingerprint: item for item in row.decisions.filter(fingerprint__in=list(fingerprints))}
        compare_judgements(fingerprints, old, seen, judgement)
        changed = 0
        for name in dict.fromkeys(fingerprints):
            changed += judged(
                by, trace, row, name, f"{row.pk} {known[name]} {name[:8]}", old, judgement, reason.strip()
            )
        trace |= {"case": row.pk, "judgement": judgement.value if judgement else "dicabut", "changed": changed}
    return changed


def answer_point(
    by: Actor,
    *,
    agency: str,
    case: int,
    point: str,
    answer: str,
    note: str = "",
    seen: tuple[str, str] | None = None,
) -> ReviewCheck:
    """Write down the reviewer's answer to one point of the checklist: ya, tidak, tidak berlaku, or nothing yet.

    `seen` is the answer and the note that the person saw. Raises Conflict if somebody else wrote others meanwhile,
    Refusal for an unknown point or answer and for a closed case, NotAllowed and NotFound.
    """
    with review_of(by, agency, case, "mengisi kertas kerja reviu") as (trace, row):
        refuse_closed(row)
        if point not in {item.number for item in load(timezone.localdate()).checklist}:
            raise NotFound(f"Butir {point} tidak ada dalam daftar uji.")
        if answer not in {"", *ANSWERS}:
            raise Refusal("Jawaban tidak dikenal.", Fault("jawaban", read=answer, expected=", ".join(ANSWERS)))
        old = row.checks.filter(point=point).first()
        before = (old.answer, old.note) if old else ("", "")
        given = (answer, note.strip())
        if seen is not None and before not in {seen, given}:
            raise Conflict(
                f"Butir {point} sudah diisi oleh {old.by if old else 'orang lain'}.",
                *(
                    Clash(name, was, stands, mine)
                    for name, was, stands, mine in zip(("Jawaban", "Catatan"), seen, before, given, strict=True)
                    if stands not in {was, mine}
                ),
                by=old.by if old else "",
                at=old.at.isoformat() if old else "",
            )
        made, _ = ReviewCheck.objects.update_or_create(
            case=row, point=point, defaults={"answer": answer, "note": note.strip(), "by": by.name}
        )
        for name, was, now in zip(("Jawaban", "Catatan"), before, given, strict=True):
            if was != now:
                trace.changed("ReviewCheck", f"{row.pk} butir {point}", name, was, now)
        trace |= {"case": row.pk, "point": point}
    return made


def return_report(by: Actor, *, agency: str, case: int, note: str) -> ReviewCase:
    """Give the report back to its unit with a note; an edition of ours goes back too, and its writers are told.

    Raises Refusal without a note, while it is being read, or for a closed case; NotAllowed and NotFound.
    """
    with review_of(by, agency, case, "mengembalikan laporan yang direviu") as (trace, row):
        refuse_closed(row)
        if not note.strip():
            raise Refusal(
                "Catatan belum ditulis.", Fault("catatan kosong", remedy="Tulis apa yang harus diperbaiki unit.")
            )
        close(by, trace, row, ReviewState.RETURNED, note.strip())
        move_edition(trace, row, EditionState.RETURNED, note.strip())
        announce(by, row, f"dikembalikan oleh pereviu: {note.strip()}", Role.REPORTER, Role.PLANNER)
    return row


def finish_review(by: Actor, *, agency: str, case: int, note: str = "") -> ReviewCase:
    """Close a review: an edition of ours may be approved from then on. The conclusion stays with the reviewer's statement.

    Raises Refusal while errors wait for a judgement, for a closed case or one that is not read; NotAllowed, NotFound.
    """
    with review_of(by, agency, case, "menyelesaikan reviu") as (trace, row):
        refuse_closed(row)
        waiting = undecided_errors(row)
        if waiting:
            raise Refusal(
                f"{waiting} kesalahan belum diputus.",
                Fault(
                    "kesalahan belum diputus",
                    read=str(waiting),
                    expected="0",
                    remedy="Terima atau kesampingkan dahulu.",
                ),
            )
        close(by, trace, row, ReviewState.DONE, note.strip())
        announce(by, row, "selesai direviu dan siap disetujui.", Role.REPORTER, Role.PLANNER, Role.LEADER)
    return row


def reopen_review(by: Actor, *, agency: str, case: int, reason: str) -> ReviewCase:
    """Open a finished review again, for a reason, as long as nobody has approved the report.

    Raises Refusal without a reason, for a case that is open, or once the edition was returned or approved; NotAllowed,
    NotFound.
    """
    with review_of(by, agency, case, "membuka lagi reviu") as (trace, row):
        if row.state not in CLOSED:
            raise Refusal("Reviu ini masih terbuka.")
        if not reason.strip():
            raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy="Tulis mengapa reviu dibuka lagi."))
        if row.edition is not None and row.edition.state != EditionState.IN_REVIEW.value:
            raise Refusal(
                f"Edisi laporan ini sudah {row.edition.state}; reviunya tidak dapat dibuka lagi.",
                Fault(
                    "edisi sudah berlanjut", read=row.edition.state, remedy="Minta edisi baru dikirim untuk direviu."
                ),
            )
        trace.changed("ReviewCase", str(row.pk), "Keadaan", row.state, ReviewState.OPEN.value, reason.strip())
        row.state, row.closed_at, row.closed_by = ReviewState.OPEN.value, None, ""
        row.save(update_fields=("state", "closed_at", "closed_by"))
        trace["case"] = row.pk
    return row


def discard_review(by: Actor, *, agency: str, case: int, reason: str) -> None:
    """Remove a case that was brought in by mistake, with its judgements; its file stays in the store.

    Raises Refusal without a reason, for an edition of ours, a closed case, or one from which figures were taken over;
    NotAllowed, NotFound.
    """
    purpose = purpose_of(agency, case)
    with review_of(by, agency, case, "menghapus reviu", purpose=purpose) as (trace, row):
        if not reason.strip():
            raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy="Tulis mengapa reviu dihapus."))
        if row.edition is not None or row.state in CLOSED or row.readings.exclude(settled="").exists():
            raise Refusal(
                "Reviu ini tidak dapat dihapus.",
                Fault(
                    "edisi laporan sendiri, reviu yang ditutup, dan laporan yang angkanya sudah dipakai tetap tersimpan"
                ),
            )
        trace.changed("ReviewCase", str(row.pk), "", row.title, "", reason.strip())
        trace |= {"case": row.pk, "title": row.title, "sha256": row.sha256}
        row.delete()
