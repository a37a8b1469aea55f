"""Notices: telling the holders of roles, marking as read, reminding of deadlines, and the digest by mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from selaras.actions import _mail
from selaras.actions._notices import tell
from selaras.actions._reminding import remind_of_evaluations
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, Role, check_somewhere
from selaras.core.errors import CannotRun, Fault, NotAllowed
from selaras.store.models import Agency, Deadline, Notice, User
from selaras.store.users import holders_of

AHEAD = (14, 3, 0)
MOST_IN_ONE_MAIL = 100
DUTY: dict[str, tuple[Role, ...]] = {
    "pengukuran": (Role.PLANNER, Role.OWNER),
    "anggaran": (Role.PLANNER, Role.TREASURER),
    "laporan": (Role.PLANNER, Role.REPORTER),
    "perjanjian": (Role.PLANNER, Role.LEADER),
}
"""Who is reminded of what, by the first word of a deadline; of anything else the planners are."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """What a round of mail did: people mailed, notices in their mails, and what the server said to the others."""

    people: int
    notices: int
    problems: tuple[Fault, ...] = ()


def notify(
    by: Actor,
    *,
    agency: str,
    text: str,
    url: str = "",
    topic: str = "",
    roles: Collection[Role] = (),
    logins: Collection[str] = (),
) -> tuple[str, ...]:
    """Tell people of an agency something: the holders of `roles` today, and those named by their logins.

    The one who acts is not told, and nobody is told twice what is still unread. Returns the logins told. Raises
    NotAllowed and NotFound.
    """
    with traced(by, action="memberi tahu", agency=agency) as trace:
        check_somewhere(by, Act.SEE, agency)
        people = {person.pk: person for person in holders_of(agency, timezone.localdate(), *roles)} if roles else {}
        people |= {person.pk: person for person in User.objects.filter(username__in=list(logins), is_active=True)}
        told = tell(by, people.values(), text=text, url=url, agency=agency, topic=topic)
        trace |= {"text": text, "told": ", ".join(told)}
    return told


def mark_read(by: Actor, *, notices: Collection[int] | None = None) -> int:
    """Mark own notices as read, all of them without a list; returns how many were unread. Raises NotAllowed."""
    with traced(by, action="menandai pemberitahuan terbaca") as trace:
        if not by.login:
            raise NotAllowed("Pemberitahuan hanya milik orang yang masuk.")
        rows = Notice.objects.filter(user__username=by.login, read_at__isnull=True)
        count = (rows if notices is None else rows.filter(pk__in=list(notices))).update(read_at=timezone.now())
        trace["count"] = count
    return count


def remind(by: Actor, *, day: date) -> int:
    """Tell people of deadlines that are 14 days or 3 days away or have come; returns how many notices that made.

    Besides the deadlines of the year these are the days of recommendations, self-assessments, documents asked for, and
    reports given to a reviewer.

    For the service manager's daily run. Raises NotAllowed.
    """
    with traced(by, action="mengingatkan tenggat") as trace:
        _everywhere(by)
        count = 0
        for item in Deadline.objects.filter(due__in=[day + timedelta(days) for days in AHEAD]).select_related("agency"):
            roles = DUTY.get(item.what.split()[0].casefold() if item.what.split() else "", (Role.PLANNER,))
            people = holders_of(item.agency.code, day, *roles)
            text = f"{item.what[:1].upper()}{item.what[1:]} tahun {item.year} ditunggu sampai {item.due:%d-%m-%Y}."
            count += len(tell(by, people, text=text, url="/", agency=item.agency.code, topic="tenggat"))
        count += remind_of_evaluations(by, day, AHEAD)
        trace["count"] = count
    return count


def send_digests(by: Actor, *, base: str) -> Mailed:
    """Mail every person who wants it one message with the notices that are unread and not yet mailed.

    `base` is the address of the installation, before the notices' own addresses. A person whose mail fails keeps
    the notices for the next round. Raises NotAllowed, and CannotRun where no mail server is set.
    """
    ready = by.everywhere and _mail.configured()
    # The mail server is slow; nobody else may wait for it with the database.
    sent, problems = _mailed(base) if ready else ([], [])
    with traced(by, action="mengirim ringkasan surel") as trace:
        _everywhere(by)
        if not ready:
            raise CannotRun(
                "Ringkasan tidak dikirim: server surel belum diatur.", Fault("tanpa server surel", remedy=_mail.REMEDY)
            )
        done = [notice.pk for notices in sent for notice in notices]
        Notice.objects.filter(pk__in=done).update(mailed_at=timezone.now())
        trace |= {"people": len(sent), "notices": len(done), "failed": len(problems)}
    return Mailed(len(sent), len(done), tuple(problems))


def _mailed(base: str) -> tuple[list[list[Notice]], list[Fault]]:
    waiting: dict[int, list[Notice]] = {}
    rows = Notice.objects.filter(
        read_at__isnull=True, mailed_at__isnull=True, user__is_active=True, user__mail_duties=True
    )
    for notice in rows.exclude(user__email="").select_related("user").order_by("pk"):
        waiting.setdefault(notice.user_id, []).append(notice)
    names = dict(Agency.objects.values_list("code", "short_name"))
    sent, problems = [], []
    for notices in waiting.values():
        try:
            _mail.send(to=notices[0].user.email, **_digest(notices, names, base))
        except CannotRun as refusal:
            problems.append(Fault(f"surel untuk {notices[0].user.username}", read=refusal.faults[0].read))
        else:
            sent.append(notices)
    return sent, problems


def _digest(notices: list[Notice], names: dict[str, str], base: str) -> dict[str, str]:
    user = notices[0].user
    with override(user.language or settings.LANGUAGE_CODE):
        count = len(notices)
        subject = ngettext("Selaras: %(count)s pemberitahuan baru", "Selaras: %(count)s pemberitahuan baru", count)
        lines = [_("Yth. %(name)s,") % {"name": user}, ""]
        for notice in notices[:MOST_IN_ONE_MAIL]:
            agency = names.get(notice.agency) or notice.agency
            lines.append(f"• {f'{agency}: ' if agency else ''}{notice.text}")
            if notice.url:
                lines.append(f"  {base}{notice.url}")
        if count > MOST_IN_ONE_MAIL:
            lines.append(_("… dan %(more)s pemberitahuan lain.") % {"more": count - MOST_IN_ONE_MAIL})
        lines += [
            "",
            _("Anda menerima surel ini karena ringkasan tugas menyala pada akun Anda; matikan di %(page)s.")
            % {"page": f"{base}/akun/saya/"},
        ]
        return {"subject": subject % {"count": count}, "text": "\n".join(lines) + "\n"}


def _everywhere(by: Actor) -> None:
    if not by.everywhere:
        raise NotAllowed(f"{by.name} tidak berhak mengirim untuk semua instansi.")
