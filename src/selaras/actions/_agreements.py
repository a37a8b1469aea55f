"""What the verbs on agreements share: finding one with its road, who may do what, moving it on, and telling people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions._rules import law_of
from selaras.actions.audit import Trace
from selaras.core.access import Act, Actor, Role, refusal
from selaras.core.agreements import Agreement
from selaras.core.agreements.rights import holds, may_decide, may_draft
from selaras.core.agreements.seal import seal
from selaras.core.errors import Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.finding import Severity
from selaras.core.org import Position
from selaras.core.reporting.agreement_gate import COMPARED, disagreements
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import Snapshot
from selaras.store import models as tables
from selaras.store.agreements import Road, road_of, seated
from selaras.store.models import AgreementFlow, User
from selaras.store.models.work import AgreementState
from selaras.store.together import load_together
from selaras.store.users import holders_of

STATUS = "Status"


@dataclass(frozen=True)
class Case:
    """One agreement with everything around it: the facts of its year, its road, and the unit of its promiser."""

    agency: str
    snapshot: Snapshot
    agreement: Agreement
    road: Road
    row: int
    unit: str

    @property
    def seal(self) -> str:
        """The fingerprint of what stands in it now."""
        return seal(
            self.agreement,
            [line for line in self.snapshot.agreement_lines if line.agreement == self.agreement.code],
            [item for item in self.snapshot.agreement_programmes if item.agreement == self.agreement.code],
            agency=self.agency,
        )

    @property
    def title(self) -> str:
        """The title of the position that promises."""
        titles = {position.code: position.title for position in self.snapshot.positions}
        return titles.get(self.agreement.promiser, self.agreement.promiser)


def find_case(agency: str, code: str) -> Case:
    """The agreement of that code. Raises NotFound."""
    row = tables.Agreement.objects.filter(agency__code=agency, code=code).values_list("pk", "year").first()
    if row is None:
        raise NotFound(f"Perjanjian {code} tidak ditemukan pada instansi {agency}.")
    snapshot = load_together(agency, row[1], {*COMPARED, Position})
    agreement = next(item for item in snapshot.agreements if item.code == code)
    flow = AgreementFlow.objects.filter(agreement_id=row[0]).first()
    unit = next((item.unit for item in snapshot.positions if item.code == agreement.promiser), "")
    return Case(agency, snapshot, agreement, road_of(agreement, flow), row[0], unit)


def check_drafter(by: Actor, agency: str, unit: str, promiser: str) -> None:
    """Refuse who may neither draft agreements of the unit nor holds the position that promises."""
    if not may_draft(by, agency, unit, promiser):
        raise refusal(by, Act.DRAFT_AGREEMENT, agency, unit)


def check_negotiator(by: Actor, case: Case) -> None:
    """Refuse who is not the superior: the holder of that position, or another head over the unit; never the promiser."""
    agreement = case.agreement
    if may_decide(by, case.agency, case.unit, agreement.promiser, agreement.superior):
        return
    if holds(by, case.agency, agreement.promiser):
        raise NotAllowed(f"{by.name} adalah pihak pertama; yang memutuskan pengajuan ini adalah atasannya.")
    raise refusal(by, Act.SIGN_AGREEMENT, case.agency, case.unit)


def check_state(case: Case, *allowed: AgreementState) -> None:
    """Refuse a step that the agreement's state does not allow."""
    if case.road.recorded or case.road.state not in allowed:
        raise Refusal(
            f"Perjanjian {case.agreement.code} berstatus {case.road.state.value}; langkah ini tidak dapat dilakukan.",
            Fault("status perjanjian", read=case.road.state.value, expected=" atau ".join(allowed)),
        )


def check_seen(case: Case, seen: str) -> None:
    """Refuse a step on something else than the person saw, or than was proposed or agreed before."""
    if seen and seen != case.seal:
        raise Conflict(
            f"Isi perjanjian {case.agreement.code} berubah sejak Anda membukanya. Baca kembali sebelum melanjutkan."
        )
    if case.road.sha256 and not case.road.is_open and case.road.sha256 != case.seal:
        raise Refusal(
            f"Isi perjanjian {case.agreement.code} berubah sejak {case.road.state.value}.",
            Fault("isi tidak sama dengan yang disegel", remedy="Tarik kembali, periksa isinya, lalu ajukan lagi."),
        )


def check_gate(case: Case, note: str) -> int:
    """Refuse to agree on something that contradicts the plan without a reason; gives the number of contradictions."""
    figures = Figures(case.snapshot, law_of(case.snapshot.settings))
    errors = [item for item in disagreements(figures, case.agreement) if item.severity is Severity.ERROR]
    if errors and not note.strip():
        raise Refusal(
            f"Perjanjian {case.agreement.code} berbeda dari perencanaan dalam {len(errors)} hal. "
            "Betulkan, atau tuliskan alasan mengapa perbedaan itu disepakati.",
            *(Fault(item.message.rstrip("."), read=item.stated, expected=item.expected) for item in errors),
        )
    return len(errors)


def move(case: Case, by: Actor, trace: Trace, state: AgreementState, *, note: str = "", **columns: Any) -> None:
    """Put the agreement into a state, with its history."""
    before = case.road.state.value
    AgreementFlow.objects.update_or_create(
        agreement_id=case.row, defaults={"state": state.value, "note": note.strip(), "changed_by": by.name, **columns}
    )
    trace.changed(Agreement.__name__, case.agreement.code, STATUS, before, state.value, note.strip())
    trace |= {"agreement": case.agreement.code, "before": before, "after": state.value, "note": note.strip()}
    trace["seal"] = columns.get("sha256", case.road.sha256)


def tell_holders(by: Actor, case: Case, position: str, words: str, url: str, *, planners: bool = False) -> None:
    """Tell whoever holds a position today, and the planners where they should know; the step itself stands in `words`."""
    day = today()
    people: Iterable[User] = seated(case.agency, position, day) if position else ()
    if planners:
        people = [*people, *holders_of(case.agency, day, Role.PLANNER)]
    text = f"Perjanjian Kinerja {case.title} tahun {case.agreement.year} {words}"
    tell(by, people, text=text, url=url, agency=case.agency, topic="perjanjian")


def today() -> date:
    """The day on which the step is done."""
    return timezone.localdate()
