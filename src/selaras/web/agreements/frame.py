"""What the pages of agreements share: the facts of one agreement, how a state looks, and the steps that are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme
from selaras.core.agreements.rights import holds, may_decide, may_draft, may_print
from selaras.core.agreements.seal import seal
from selaras.core.deadlines import Matter, Slot
from selaras.core.errors import NotFound
from selaras.core.org import Capacity, Position, Tenure, holder_on
from selaras.core.reporting.agreement_gate import COMPARED
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import Snapshot
from selaras.rulebook import load
from selaras.store.agreements import Road, roads_of
from selaras.store.models.work import AgreementState as State
from selaras.store.together import load_together
from selaras.web.gate import InsideRequest
from selaras.web.templatetags.ui import Look

DUE = Slot(Matter.AGREEMENT.value)
ABSENT = Look(gettext_lazy("Belum disusun"), "outline", "clock")
NOT_OWED = Look(gettext_lazy("Tidak diminta rencana"), "outline", "minus")
LOOKS: dict[State, Look] = {
    State.DRAFT: Look(gettext_lazy("Draf"), "none", "edit"),
    State.PROPOSED: Look(gettext_lazy("Diajukan"), "info", "send"),
    State.RETURNED: Look(gettext_lazy("Dikembalikan"), "bad", "return"),
    State.AGREED: Look(gettext_lazy("Disepakati"), "info", "check"),
    State.SIGNED_BY_PROMISER: Look(gettext_lazy("Ditandatangani pihak pertama"), "warn", "sign"),
    State.SIGNED: Look(gettext_lazy("Ditandatangani"), "good", "check-circle"),
}
CASE_KINDS = frozenset({*COMPARED, Position, Tenure})


@dataclass(frozen=True)
class Party:
    """One side of an agreement: the position and who holds it on the day that counts."""

    title: str
    name: str
    capacity: str
    rank: str


class CasePage:
    """One agreement as its pages show it; the steps that the person may take follow from the same rights as the verbs."""

    def __init__(self, request: InsideRequest, code: str) -> None:
        place = request.place
        self.place, self.actor = place, request.actor
        self.snapshot: Snapshot = load_together(place.code, place.year, CASE_KINDS)
        found = next((item for item in self.snapshot.agreements if item.code == code), None)
        if found is None:
            raise NotFound(_("Perjanjian %(code)s tidak ditemukan pada tahun %(year)s.") % {
                "code": code, "year": place.year})  # fmt: skip
        self.agreement: Agreement = found
        self.positions = {item.code: item for item in self.snapshot.positions}
        same = [item for item in self.snapshot.agreements if item.promiser == found.promiser]
        self.versions = sorted(same, key=lambda item: item.version)
        self.roads = roads_of(place.code, self.versions)
        self.figures = figures_of(self.snapshot)

    @property
    def road(self) -> Road:
        """How far it is."""
        return self.roads[self.agreement.code]

    @property
    def look(self) -> Look:
        """How its state is shown."""
        return LOOKS[self.road.state]

    @property
    def title(self) -> str:
        """The title of the position that promises."""
        return self.title_of(self.agreement.promiser)

    @property
    def unit(self) -> str:
        """The code of the unit of who promises."""
        position = self.positions.get(self.agreement.promiser)
        return position.unit if position else ""

    @property
    def is_latest(self) -> bool:
        """Whether there is no later version."""
        return self.versions[-1].code == self.agreement.code

    @property
    def previous(self) -> Agreement | None:
        """The version before, None for the first."""
        earlier = [item for item in self.versions if item.version < self.agreement.version]
        return earlier[-1] if earlier else None

    @cached_property
    def lines(self) -> list[AgreementLine]:
        """Its lines in order."""
        return self.figures.lines_of(self.agreement)

    @cached_property
    def programmes(self) -> list[AgreementProgramme]:
        """Its programmes in order."""
        return self.figures.programmes_of(self.agreement)

    @property
    def total(self) -> Decimal:
        """The sum of its programmes' budgets, in rupiah."""
        return sum((item.amount for item in self.programmes), Decimal(0))

    @cached_property
    def seal(self) -> str:
        """The fingerprint of what stands in it now."""
        return seal(self.agreement, self.lines, self.programmes, agency=self.place.code)

    @property
    def is_broken(self) -> bool:
        """Whether it is no longer what was proposed, agreed or signed."""
        return bool(self.road.sha256) and not self.road.is_open and self.road.sha256 != self.seal

    def title_of(self, code: str) -> str:
        """The title of a position."""
        return self.positions[code].title if code in self.positions else code

    def party(self, code: str) -> Party:
        """Who stands on one side, on the day of signing or today."""
        day = self.agreement.signed_on or timezone.localdate()
        tenure = holder_on(self.snapshot.tenures, code, day)
        acting = tenure.capacity.value if tenure and tenure.capacity is not Capacity.DEFINITIVE else ""
        return Party(self.title_of(code), tenure.name if tenure else "", acting, tenure.rank if tenure else "")

    # ---- doors -------------------------------------------------------------------------------------------------------

    @property
    def may_edit(self) -> bool:
        """Whether the person may fill it from the plan, propose it or discard it now."""
        return self.road.is_open and self.may_draft

    @property
    def may_draft(self) -> bool:
        """Whether the person may draft and propose this agreement."""
        return may_draft(self.actor, self.place.code, self.unit, self.agreement.promiser)

    @property
    def may_edit_lines(self) -> bool:
        """Whether the forms of single lines take the person's changes."""
        return self.road.is_open and self.place.can["DRAFT_AGREEMENT"]

    @property
    def may_withdraw(self) -> bool:
        """Whether the person may take it back."""
        return self.may_draft and self.road.state in {State.PROPOSED, State.AGREED}

    @property
    def may_decide(self) -> bool:
        """Whether the person decides on what was proposed."""
        item = self.agreement
        return self.road.state is State.PROPOSED and may_decide(
            self.actor, self.place.code, self.unit, item.promiser, item.superior
        )

    @property
    def may_return(self) -> bool:
        """Whether the person may still give it back."""
        item = self.agreement
        states = {State.PROPOSED, State.AGREED, State.SIGNED_BY_PROMISER}
        return self.road.state in states and may_decide(
            self.actor, self.place.code, self.unit, item.promiser, item.superior
        )

    @property
    def may_sign(self) -> bool:
        """Whether it is the person's turn to sign."""
        turn = {State.AGREED: self.agreement.promiser, State.SIGNED_BY_PROMISER: self.agreement.superior}
        position = turn.get(self.road.state, "")
        return not self.road.recorded and holds(self.actor, self.place.code, position)

    @property
    def may_record(self) -> bool:
        """Whether the person may note a signature that was given outside."""
        return self.may_draft and self.road.state in {State.AGREED, State.SIGNED_BY_PROMISER}

    @property
    def may_revise(self) -> bool:
        """Whether the person may begin the next version."""
        return self.may_draft and self.road.is_signed and self.is_latest

    @property
    def may_print(self) -> bool:
        """Whether the person may have it as a document."""
        item = self.agreement
        return may_print(self.actor, self.place.code, self.unit, item.promiser, item.superior)


def figures_of(snapshot: Snapshot) -> Figures:
    """The figures of a snapshot under the law of its report."""
    return Figures(snapshot, load(snapshot.settings.signed_on or date(snapshot.year, 12, 31)))


def address(request: InsideRequest, name: str, *more: str) -> str:
    """The address of a page of agreements for the agency and year that are open."""
    return reverse(f"agreements:{name}", args=(request.place.code, request.place.year, *more))
