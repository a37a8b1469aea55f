"""Recommendations of evaluations and what becomes of them: planned, done, verified by another person, never forgotten.

The follow-up is that of stage measurement: the state is told as `FollowUp`, and a recommendation can stand in the annual
report's table of follow-ups beside the obstacles (`as_obstacle`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selaras.core.computed import Computed, Input, Status
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.evaluation.template import FULL, Template
from selaras.core.measurement.records import FollowUp, Obstacle
from selaras.core.place import NOWHERE, Place


class Stage(StrEnum):
    """How far a recommendation is."""

    GIVEN = "diberikan"
    PLANNED = "direncanakan"
    RUNNING = "dikerjakan"
    CLAIMED = "dinyatakan selesai"
    VERIFIED = "terverifikasi"
    REJECTED = "penyelesaian ditolak"


WAYS: dict[Stage, frozenset[Stage]] = {
    Stage.GIVEN: frozenset({Stage.PLANNED}),
    Stage.PLANNED: frozenset({Stage.PLANNED, Stage.RUNNING, Stage.CLAIMED}),
    Stage.RUNNING: frozenset({Stage.PLANNED, Stage.CLAIMED}),
    Stage.CLAIMED: frozenset({Stage.VERIFIED, Stage.REJECTED}),
    Stage.REJECTED: frozenset({Stage.PLANNED, Stage.RUNNING, Stage.CLAIMED}),
    Stage.VERIFIED: frozenset(),
}

FOLLOW_UP: dict[Stage, FollowUp] = {
    Stage.GIVEN: FollowUp.OPEN,
    Stage.PLANNED: FollowUp.OPEN,
    Stage.RUNNING: FollowUp.RUNNING,
    Stage.CLAIMED: FollowUp.RUNNING,
    Stage.REJECTED: FollowUp.RUNNING,
    Stage.VERIFIED: FollowUp.DONE,
}
"""The state as the register of follow-ups knows it; only what another person has verified is done."""

AGES = (30, 90, 180)
"""Upper ends, in days, of the classes of age; what is older is the last class."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation of the evaluation of `year`, to a unit, about a component of the sheet.

    `action`, `responsible` (code of a position) and `due` are the action plan; `evidence` are titles or files;
    `claimed_by` and `decided_by` are the names of two people.
    """

    code: str
    year: int
    unit: str
    component: str
    text: str
    given_on: date
    stage: Stage = Stage.GIVEN
    action: str = ""
    responsible: str = ""
    due: date | None = None
    evidence: tuple[str, ...] = ()
    claimed_by: str = ""
    claimed_on: date | None = None
    decided_by: str = ""
    decided_on: date | None = None
    note: str = ""
    order: int = 0
    place: Place = NOWHERE

    @property
    def closed(self) -> bool:
        """Whether another person has verified that it was followed."""
        return self.stage is Stage.VERIFIED

    @property
    def follow_up(self) -> FollowUp:
        """The state as the register of follow-ups knows it."""
        return FOLLOW_UP[self.stage]

    def age(self, today: date) -> int:
        """Days since it was given, up to the day on which it was verified."""
        until = self.decided_on if self.closed and self.decided_on else today
        return (until - self.given_on).days

    def overdue(self, today: date) -> int:
        """Days by which an open one has passed its day; 0 if it has none or is in time.

        One whose completion is claimed waits for the verifier and is not overdue after its claim.
        """
        if self.due is None or self.closed:
            return 0
        until = self.claimed_on if self.stage is Stage.CLAIMED and self.claimed_on else today
        return max(0, (until - self.due).days)


@dataclass(frozen=True, slots=True)
class Reply:
    """A target or activity of a plan that answers a recommendation, by the code of its indicator or node."""

    recommendation: str
    year: int
    indicator: str = ""
    node: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if bool(self.indicator) == bool(self.node):
            raise ValueError(f"reply to {self.recommendation}: name an indicator or a node")


def plan(item: Recommendation, *, action: str, responsible: str, due: date | None) -> Recommendation:
    """The recommendation with its action plan. Raises Refusal if action, person or day is missing, or it is closed."""
    _refuse_way(item, Stage.PLANNED)
    faults = [
        Fault(f"{name} belum diisi", Place(record=item.code), expected=expected)
        for name, given, expected in (
            ("rencana aksi", action.strip(), "uraian tindakan"),
            ("penanggung jawab", responsible.strip(), "jabatan"),
            ("tenggat", due, "tanggal"),
        )
        if not given
    ]
    if due is not None and due < item.given_on:
        faults.append(
            Fault("tenggat mendahului rekomendasi", Place(record=item.code), str(due), f"sejak {item.given_on}")
        )
    if faults:
        raise Refusal("Rencana aksi belum lengkap.", *faults)
    return replace(item, stage=Stage.PLANNED, action=action.strip(), responsible=responsible.strip(), due=due)


def start(item: Recommendation) -> Recommendation:
    """The recommendation in progress. Raises Refusal if it has no plan yet or is closed."""
    _refuse_way(item, Stage.RUNNING)
    return replace(item, stage=Stage.RUNNING)


def claim(item: Recommendation, *, by: str, on: date, evidence: Iterable[str]) -> Recommendation:
    """The completion claimed by a named person with evidence. Raises Refusal without evidence or plan."""
    _refuse_way(item, Stage.CLAIMED)
    shown = tuple(dict.fromkeys((*item.evidence, *evidence)))
    if not shown:
        raise Refusal("Penyelesaian memerlukan bukti.", Fault("bukti tidak ada", Place(record=item.code)))
    return replace(
        item, stage=Stage.CLAIMED, evidence=shown, claimed_by=by, claimed_on=on, decided_by="", decided_on=None, note=""
    )


def verify(item: Recommendation, *, by: str, on: date, note: str = "") -> Recommendation:
    """The completion confirmed by another person. Raises NotAllowed for the one who claimed it, Refusal if none did."""
    return _decide(item, Stage.VERIFIED, by, on, note)


def reject(item: Recommendation, *, by: str, on: date, note: str) -> Recommendation:
    """The completion refused by another person with a reason; the work goes on. Raises Refusal without a reason."""
    if not note.strip():
        raise Refusal("Penolakan memerlukan alasan.", Fault("alasan belum diisi", Place(record=item.code)))
    return _decide(item, Stage.REJECTED, by, on, note)


def as_obstacle(item: Recommendation, *, year: int, node: str) -> Obstacle:
    """The recommendation as a row of the annual report's table of follow-ups, under the node that it is about."""
    return Obstacle(
        item.code, year, node, item.text, follow_up=item.action, responsible=item.responsible, due=item.due,
        status=item.follow_up, order=item.order, place=item.place,
    )  # fmt: skip


def carried_over(items: Iterable[Recommendation], year: int) -> tuple[Recommendation, ...]:
    """What the evaluation of `year` must look at again: everything given before that is not closed, oldest first."""
    found = (item for item in items if item.year < year and not item.closed)
    return tuple(sorted(found, key=lambda item: (item.year, item.order, item.code)))


def unanswered(items: Iterable[Recommendation], replies: Iterable[Reply], year: int) -> tuple[Recommendation, ...]:
    """The open recommendations that no target or activity of the plan of `year` answers."""
    named = {reply.recommendation for reply in replies if reply.year == year}
    return tuple(item for item in items if not item.closed and item.code not in named)


def share_closed(items: Sequence[Recommendation]) -> Computed:
    """Verified recommendations out of all given, in percent; no figure where none was given."""
    closed = sum(item.closed for item in items)
    inputs = (Input("terverifikasi", str(closed)), Input("diberikan", str(len(items))))
    value = Decimal(closed) * FULL / len(items) if items else None
    return Computed(
        "rekomendasi.tuntas", "Rekomendasi yang tuntas", value, formula="terverifikasi ÷ diberikan × 100%", inputs=inputs,
        status=Status.COMPUTED if items else Status.NOTHING_TO_ADD, raw=value,
    )  # fmt: skip


def share_used(items: Sequence[Recommendation], replies: Iterable[Reply], year: int) -> Decimal | None:
    """Recommendations that a target or activity of the plan of `year` answers, in percent; None where none was given."""
    if not items:
        return None
    named = {reply.recommendation for reply in replies if reply.year == year}
    return Decimal(sum(item.code in named for item in items)) * FULL / len(items)


def matrix(items: Iterable[Recommendation], template: Template) -> dict[str, dict[Stage, int]]:
    """How many recommendations each component has in each stage; components in the order of the template.

    Recommendations about no component of the template stand under their own code at the end.
    """
    counted = Counter((item.component, item.stage) for item in items)
    components = [component.code for component in template.components]
    others = sorted({component for component, _ in counted} - set(components))
    return {code: {stage: counted[code, stage] for stage in Stage} for code in (*components, *others)}


def ageing(items: Iterable[Recommendation], today: date, ends: Sequence[int] = AGES) -> Mapping[str, int]:
    """How old the open recommendations are: their number by class of days, for example `31–90 hari`."""
    names = _classes(ends)
    found = dict.fromkeys(names, 0)
    for item in items:
        if not item.closed:
            age = item.age(today)
            place = next((index for index, end in enumerate(ends) if age <= end), len(ends))
            found[names[place]] += 1
    return found


def _classes(ends: Sequence[int]) -> tuple[str, ...]:
    lower = (0, *(end + 1 for end in ends))
    closed = tuple(f"{first}–{last} hari" for first, last in zip(lower, ends, strict=False))
    return (*closed, f"lebih dari {ends[-1]} hari")


def _decide(item: Recommendation, stage: Stage, by: str, on: date, note: str) -> Recommendation:
    _refuse_way(item, stage)
    if by.strip().casefold() == item.claimed_by.strip().casefold():
        raise NotAllowed(f"{by} menyatakan penyelesaian ini sendiri; verifikasi harus dilakukan orang lain.")
    return replace(item, stage=stage, decided_by=by, decided_on=on, note=note.strip())


def _refuse_way(item: Recommendation, after: Stage) -> None:
    if after not in WAYS[item.stage]:
        raise Refusal(
            f"Rekomendasi {item.code} berstatus {item.stage} tidak dapat menjadi {after}.",
            Fault(
                "status tidak dapat diubah", Place(record=item.code), item.stage.value,
                " | ".join(stage.value for stage in Stage if after in WAYS[stage]),
            ),
        )  # fmt: skip
