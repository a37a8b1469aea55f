"""Telling people: the rows behind notices, for verbs that tell somebody as a part of what they do."""

from __future__ import annotations

from collections.abc import Iterable

from selaras.core.access import Actor
from selaras.store.models import Notice, User


def tell(
    by: Actor, people: Iterable[User], *, text: str, url: str = "", agency: str = "", topic: str = ""
) -> tuple[str, ...]:
    """Give every person a notice, but not the one who acts, and not what the person has been told and not yet read.

    Call inside the act's transaction. `url` is an address of ours, beginning with a slash. Returns the logins told.
    """
    wanted = {person.pk: person for person in people if person.is_active and person.username != by.login}
    same = Notice.objects.filter(user__in=wanted, read_at__isnull=True, agency=agency, url=url, text=text)
    told = set(same.values_list("user_id", flat=True))
    new = [person for key, person in wanted.items() if key not in told]
    Notice.objects.bulk_create(
        Notice(user=person, agency=agency, text=text, url=url, topic=topic[:80]) for person in new
    )
    return tuple(sorted(person.username for person in new))
