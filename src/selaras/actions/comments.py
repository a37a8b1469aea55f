"""Remarks beside records: written by anybody inside, kept, and marked as settled."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.store.models import Comment, User

LONGEST = 4000
LONGEST_KIND = 80
LONGEST_KEY = 600


def write_comment(by: Actor, *, agency: str, kind: str, key: str, text: str, unit: str = "", url: str = "") -> Comment:
    """Write a remark beside a record, named by its kind and natural key; those who wrote before are told, with `url`.

    `unit` is the unit that answers for the record; without one, who may comment anywhere in the agency may. Raises
    Refusal for an empty or endless text, NotAllowed, NotFound.
    """
    with traced(by, action="menulis komentar", agency=agency, act=Act.COMMENT if unit else None, unit=unit) as trace:
        check_somewhere(by, Act.COMMENT, agency)
        words = text.strip()
        if not kind.strip() or not key.strip() or len(kind) > LONGEST_KIND or len(key) > LONGEST_KEY:
            raise Refusal(
                "Komentar tidak disimpan.", Fault("catatan yang dikomentari tidak disebut", read=f"{kind} {key}"[:80])
            )
        if not words or len(words) > LONGEST:
            raise Refusal(
                "Komentar tidak disimpan.",
                Fault("isi komentar", read=f"{len(words)} huruf", expected=f"1 sampai {LONGEST} huruf"),
            )
        earlier = Comment.objects.filter(agency=agency, kind=kind, key=key)
        people = User.objects.filter(pk__in=earlier.exclude(author=None).values("author"))
        author = User.objects.filter(username=by.login).first() if by.login else None
        made = Comment.objects.create(agency=agency, kind=kind, key=key, author=author, name=by.name, text=words)
        tell(by, people, text=f"{by.name} menulis komentar pada {key}.", url=url, agency=agency, topic="komentar")
        trace |= {"record": f"{kind} {key}", "comment": made.pk}
    return made


def settle_comment(by: Actor, *, agency: str, comment: int, unit: str = "") -> Comment:
    """Mark a remark as settled. Raises Refusal if it is already, NotAllowed, NotFound."""
    with traced(
        by, action="menyelesaikan komentar", agency=agency, act=Act.COMMENT if unit else None, unit=unit
    ) as trace:
        found = _found(by, agency, comment)
        if found.resolved_at is not None:
            raise Refusal(f"Komentar ini sudah diselesaikan oleh {found.resolved_by}.")
        _mark(trace, found, timezone.now(), by.name)
    return found


def reopen_comment(by: Actor, *, agency: str, comment: int, unit: str = "") -> Comment:
    """Take back that a remark was settled. Raises Refusal if it is open, NotAllowed, NotFound."""
    with traced(
        by, action="membuka kembali komentar", agency=agency, act=Act.COMMENT if unit else None, unit=unit
    ) as trace:
        found = _found(by, agency, comment)
        if found.resolved_at is None:
            raise Refusal("Komentar ini belum diselesaikan.")
        _mark(trace, found, None, "")
    return found


def _found(by: Actor, agency: str, comment: int) -> Comment:
    check_somewhere(by, Act.COMMENT, agency)
    found = Comment.objects.filter(agency=agency, pk=comment).first()
    if found is None:
        raise NotFound("Komentar ini tidak ditemukan.")
    return found


def _mark(trace: Trace, found: Comment, at: datetime | None, who: str) -> None:
    found.resolved_at, found.resolved_by = at, who
    found.save(update_fields=("resolved_at", "resolved_by"))
    trace |= {"record": f"{found.kind} {found.key}", "comment": found.pk}
