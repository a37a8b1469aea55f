"""What the verbs of a review share: the case with its rights, separation of duties, judgements, closing, telling people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import quote

from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, Role
from selaras.core.errors import Clash, Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.store.editions import edition_key
from selaras.store.models import ChapterTask, FieldChange, ReportEdition, ReviewCase, ReviewDecision
from selaras.store.models.work import EditionState, Judgement, ReviewState
from selaras.store.reviews import HISTORY, REVIEW
from selaras.store.users import holders_of

ACTS = {REVIEW: Act.REVIEW, HISTORY: Act.CONFIRM_HISTORY}
CLOSED = frozenset({ReviewState.RETURNED.value, ReviewState.DONE.value})


def purpose_of(agency: str, case: int) -> str:
    """What a report was brought in for. Raises NotFound where the agency has no such case."""
    found = ReviewCase.objects.filter(agency__code=agency, pk=case).values_list("result__purpose", flat=True)
    if not found:
        raise NotFound("Reviu ini tidak ditemukan.")
    return HISTORY if found[0] == HISTORY else REVIEW


@contextmanager
def review_of(
    by: Actor, agency: str, case: int, action: str, *, purpose: str = REVIEW
) -> Iterator[tuple[Trace, ReviewCase]]:
    """An act on one case, allowed to reviewers who did not write or approve the report; its row is held meanwhile.

    Raises NotFound, also for a report that was brought in for something else, and NotAllowed.
    """
    with traced(by, action=action, agency=agency, act=ACTS[purpose]) as trace:
        rows = ReviewCase.objects.select_related("edition", "agency").select_for_update(of=("self",))
        row = rows.filter(agency__code=agency, pk=case).first()
        if row is None or (row.result.get("purpose") == HISTORY) != (purpose == HISTORY):
            raise NotFound("Reviu ini tidak ditemukan.")
        if row.edition is not None:
            refuse_own(by, agency, row.edition)
        yield trace, row


def refuse_own(by: Actor, agency: str, edition: ReportEdition) -> None:
    """Nobody reviews a report that they wrote, froze or approved. Raises NotAllowed."""
    did = ""
    if by.name in {edition.frozen_by, edition.approved_by}:
        did = "membekukan atau menyetujui"
    elif by.login and _has_chapter(by.login, agency, edition.year):
        did = "menulis bagian dari"
    elif _wrote(by, agency, edition.year):
        did = "menulis narasi"
    if did:
        raise NotAllowed(f"{by.name} {did} laporan ini; reviu harus dilakukan orang lain.")


def _has_chapter(login: str, agency: str, year: int) -> bool:
    return ChapterTask.objects.filter(agency__code=agency, year=year, owner__username=login).exists()


def _wrote(by: Actor, agency: str, year: int) -> bool:
    changes = FieldChange.objects.filter(agency=agency, kind="Narrative", key__startswith=f"{year} ", actor=by.name)
    return changes.exists()


def refuse_closed(row: ReviewCase) -> None:
    """Only an open case changes. Raises Refusal."""
    if row.state in CLOSED:
        raise Refusal(
            f"Reviu ini sudah ditutup ({row.state}).",
            Fault("reviu sudah ditutup", read=row.state, remedy="Buka lagi reviunya dengan alasan, bila perlu."),
        )
    if row.state != ReviewState.OPEN.value:
        raise Refusal("Laporan ini belum selesai dibaca.", Fault("laporan belum dibaca", read=row.state))


def compare_judgements(
    names: Sequence[str],
    old: Mapping[str, ReviewDecision],
    seen: Mapping[str, str] | None,
    judgement: Judgement | None,
) -> None:
    """Raise Conflict where somebody else judged a finding otherwise since the person looked at it."""
    if seen is None:
        return
    mine = judgement.value if judgement else ""
    clashes = []
    for name in names:
        stands = old[name].judgement if name in old else ""
        if stands not in {seen.get(name, ""), mine}:
            clashes.append((old.get(name), Clash("Putusan", seen.get(name, ""), stands, mine)))
    if clashes:
        other = next((item for item, _ in clashes if item is not None), None)
        raise Conflict(
            f"Temuan ini sudah diputus oleh {other.by if other else 'orang lain'}.",
            *(clash for _, clash in clashes),
            by=other.by if other else "",
            at=other.at.isoformat() if other else "",
        )


def judged(
    by: Actor, trace: Trace, row: ReviewCase, name: str, key: str, old: Mapping[str, ReviewDecision],
    judgement: Judgement | None, reason: str,
) -> int:  # fmt: skip
    """Write or take back one judgement and remember it; 1 if anything changed."""
    before = old.get(name)
    was = (before.judgement, before.reason) if before else ("", "")
    now = (judgement.value, reason) if judgement else ("", "")
    if was == now:
        return 0
    if judgement is None:
        ReviewDecision.objects.filter(case=row, fingerprint=name).delete()
    else:
        ReviewDecision.objects.update_or_create(
            case=row, fingerprint=name, defaults={"judgement": now[0], "reason": reason, "by": by.name}
        )
    trace.changed("ReviewDecision", key, "Putusan", was[0], now[0], reason)
    return 1


def undecided_errors(row: ReviewCase) -> int:
    """How many errors nobody has judged yet."""
    judged_names = set(row.decisions.values_list("fingerprint", flat=True))
    findings = zip(row.result.get("kept", []), row.result.get("findings", []), strict=True)
    return sum(shown["severity"] == "error" and item["fingerprint"] not in judged_names for item, shown in findings)


def close(by: Actor, trace: Trace, row: ReviewCase, state: ReviewState, note: str) -> None:
    """Close a case, with a note."""
    trace.changed("ReviewCase", str(row.pk), "Keadaan", row.state, state.value, note)
    row.state, row.note = state.value, note
    row.closed_at, row.closed_by = timezone.now(), by.name
    row.save(update_fields=("state", "note", "closed_at", "closed_by"))
    trace |= {"case": row.pk, "state": state.value}


def move_edition(trace: Trace, row: ReviewCase, state: EditionState, note: str) -> None:
    """Take the edition under review to another state; one that has gone on meanwhile stays where it is."""
    edition = row.edition
    if edition is None or edition.state != EditionState.IN_REVIEW.value:
        return
    trace.changed("ReportEdition", edition_key(edition), "state", edition.state, state.value, note)
    edition.state, edition.note = state.value, note
    edition.save(update_fields=("state", "note", "changed_at"))


def announce(by: Actor, row: ReviewCase, words: str, *roles: Role) -> None:
    """Tell the people of the agency what became of their own edition; nobody waits for a stranger's report."""
    if row.edition is None:
        return
    code = row.agency.code
    url = f"/i/{quote(code, safe='').replace('%', '~')}/{row.edition.year}/reviu/{row.pk}/"
    people = holders_of(code, timezone.localdate(), *roles)
    tell(by, people, text=f"{row.title} {words}", url=url, agency=code, topic="reviu")
