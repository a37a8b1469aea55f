"""Who asks, and what they may do. One policy module answers for the web, the API and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selaras.core.errors import NotAllowed


class Role(StrEnum):
    """Roles, by their names in the field."""

    ADMINISTRATOR = "administrator"
    PLANNER = "perencana"
    REPORTER = "penyusun laporan"
    READER = "publik"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a name for the audit record, and the roles held. `agencies` empty means every agency."""

    name: str
    roles: frozenset[Role]
    agencies: frozenset[str] = frozenset()

    def covers(self, agency: str) -> bool:
        """Whether the actor's roles reach `agency` (by code)."""
        return not self.agencies or agency in self.agencies


WRITERS = frozenset({Role.ADMINISTRATOR, Role.PLANNER})
COMPOSERS = WRITERS | {Role.REPORTER}


def operator(name: str) -> Actor:
    """The person at the terminal of the installation, who holds its database file anyway."""
    return Actor(name, frozenset({Role.ADMINISTRATOR}))


def may_load(actor: Actor, agency: str) -> bool:
    """Whether the actor may load a workbook into `agency`."""
    return bool(actor.roles & WRITERS) and actor.covers(agency)


def check_may_load(actor: Actor, agency: str) -> None:
    """Refuse an actor who may not load a workbook into `agency`."""
    if not may_load(actor, agency):
        raise NotAllowed(f"{actor.name} tidak berhak memuat data instansi {agency}.")


def may_compose(actor: Actor, agency: str) -> bool:
    """Whether the actor may compose documents and export the data of `agency`."""
    return bool(actor.roles & COMPOSERS) and actor.covers(agency)


def check_may_compose(actor: Actor, agency: str) -> None:
    """Refuse an actor who may not compose documents of `agency`."""
    if not may_compose(actor, agency):
        raise NotAllowed(f"{actor.name} tidak berhak menyusun dokumen instansi {agency}.")


def may_measure(actor: Actor, agency: str) -> bool:
    """Whether the actor may enter and submit realisations of `agency`."""
    return bool(actor.roles & WRITERS) and actor.covers(agency)


def check_may_measure(actor: Actor, agency: str) -> None:
    """Refuse an actor who may not enter realisations of `agency`."""
    if not may_measure(actor, agency):
        raise NotAllowed(f"{actor.name} tidak berhak mengisi realisasi instansi {agency}.")


def may_verify(actor: Actor, agency: str) -> bool:
    """Whether the actor may verify, return and lock realisations of `agency` (those of others, not their own)."""
    return bool(actor.roles & WRITERS) and actor.covers(agency)


def check_may_verify(actor: Actor, agency: str) -> None:
    """Refuse an actor who may not verify realisations of `agency`."""
    if not may_verify(actor, agency):
        raise NotAllowed(f"{actor.name} tidak berhak memverifikasi realisasi instansi {agency}.")
