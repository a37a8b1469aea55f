"""NIPs as somebody may see them: in full for who keeps the register of staff and for the person, masked for all others.

A NIP tells the birth date and the sex of its holder; who only needs to know whose it is sees its last three digits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from selaras.core.access import Act, Actor, may_somewhere
from selaras.core.nip import compact, mask
from selaras.store import models as tables

FIELD = "nip"
HEADER = "NIP"
"""Under which name the history of a record keeps its changes."""


@dataclass(frozen=True)
class Sight:
    """What one actor sees of the NIPs in an agency; asks the database once, and only if there is one to be masked."""

    agency: str
    login: str
    whole: bool

    def nip(self, text: str) -> str:
        """One NIP as the actor may see it."""
        return text if not text or self.whole or compact(text) in self._own else mask(text)

    def record(self, item: Any) -> Any:
        """A record, its NIP as the actor may see it; records without one as they are."""
        return replace(item, nip=self.nip(item.nip)) if getattr(item, FIELD, "") else item

    def value(self, field: str, text: str) -> str:
        """The text of a field as the actor may see it; `field` by its name or its header."""
        return self.nip(text) if field in {FIELD, HEADER} else text

    @property
    def hidden(self) -> frozenset[str]:
        """The columns by which the actor may not search, since what is found would tell what is hidden."""
        return frozenset() if self.whole else frozenset({FIELD})

    @cached_property
    def _own(self) -> frozenset[str]:
        if not self.login:
            return frozenset()
        seats = tables.Tenure.objects.filter(agency__code=self.agency, seat__user__username=self.login)
        return frozenset(compact(nip) for nip in seats.exclude(nip="").values_list(FIELD, flat=True))


def sight_of(actor: Actor, agency: str) -> Sight:
    """What an actor sees of the NIPs in an agency. A program's token shows them in full only with the scope to edit."""
    return Sight(agency, actor.login, may_somewhere(actor, Act.EDIT_STAFF, agency))
