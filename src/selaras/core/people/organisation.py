"""The predicate of an organisation: proposed with reasons from the facts, decided by a named person, never computed.

SE MenPANRB 3/2023 (known from public summaries) puts the unit's predicate before those of its employees. Only two of
its five criteria are known; the bounds of the others are proposals of the rulebook, and each says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selaras.core.computed import Computed
from selaras.core.errors import Fault, Refusal
from selaras.core.law import Source
from selaras.core.measurement.formulas import HUNDRED
from selaras.core.numerals import format_percent
from selaras.core.people.ratings import OrganisationPredicate, Rating
from selaras.core.period import Period, Span
from selaras.core.place import NOWHERE, Place


class Measure(StrEnum):
    """Shares of a unit's indicators, in percent of all of them."""

    MET = "mencapai target"
    EXCEEDED = "melampaui target"
    STILL = "tanpa kemajuan"
    UNMEASURED = "belum diukur"


class Cycle(StrEnum):
    """Which of the two predicates: for a part of the year, or for the year."""

    PERIODIC = "berkala"
    ANNUAL = "tahunan"


@dataclass(frozen=True, slots=True)
class Need:
    """A bound on one share: at least `least`, or more than `over`."""

    measure: Measure
    least: Decimal | None = None
    over: Decimal | None = None

    def held(self, share: Decimal) -> bool:
        """Whether a share fulfils the need."""
        return (self.least is None or share >= self.least) and (self.over is None or share > self.over)

    def told(self, share: Decimal) -> str:
        """The share beside the need, in Indonesian."""
        bounds = [f"paling sedikit {format_percent(self.least)}"] if self.least is not None else []
        bounds += [f"lebih dari {format_percent(self.over)}"] if self.over is not None else []
        return f"indikator {self.measure} {format_percent(share, places=2)} (diminta {' dan '.join(bounds)})"


@dataclass(frozen=True, slots=True)
class ProposalRule:
    """When a predicate is proposed: every need is fulfilled and the superior's expectation is one of `expectations`.

    No expectations means any. Rules of one cycle are tried in their order; the first that fits is proposed.
    """

    predicate: OrganisationPredicate
    span: Cycle
    needs: tuple[Need, ...]
    expectations: tuple[Rating, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """How a unit's indicators stand in a period, by number; `expectation` is how the superior sees the unit."""

    unit: str
    period: Period
    total: int
    met: int
    exceeded: int
    still: int
    unmeasured: int
    expectation: Rating | None = None

    def share(self, measure: Measure) -> Decimal:
        """The share of a kind in percent of all indicators, unrounded."""
        count = {
            Measure.MET: self.met, Measure.EXCEEDED: self.exceeded,
            Measure.STILL: self.still, Measure.UNMEASURED: self.unmeasured,
        }[measure]  # fmt: skip
        return count * HUNDRED / self.total if self.total else Decimal(0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed predicate with its reasons; `questions` are what a person must look at first. None: no proposal."""

    predicate: OrganisationPredicate | None
    reasons: tuple[str, ...]
    questions: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class OrganisationDecision:
    """The predicate as a named person decided it (Format Penetapan Predikat)."""

    unit: str
    period: Period
    predicate: OrganisationPredicate
    decider: str
    decider_name: str
    on: date
    proposed: OrganisationPredicate | None = None
    reason: str = ""
    advice: str = ""
    place: Place = NOWHERE


def facts_of(
    unit: str, period: Period, achievements: Iterable[Computed], expectation: Rating | None = None
) -> OrganisationFacts:
    """The facts out of achievements in percent, before any cap: 100 is met, above exceeded, 0 without progress."""
    raw = [figure.raw if figure.raw is not None else figure.value for figure in achievements]
    known = [value for value in raw if value is not None]
    return OrganisationFacts(
        unit, period, len(raw),
        met=sum(value >= HUNDRED for value in known), exceeded=sum(value > HUNDRED for value in known),
        still=sum(value <= 0 for value in known), unmeasured=len(raw) - len(known), expectation=expectation,
    )  # fmt: skip


def propose(facts: OrganisationFacts, rules: Iterable[ProposalRule]) -> Proposal:
    """The predicate that the rules propose, with the numbers behind it; what is missing is asked.

    A unit without indicators, or for the year without the superior's expectation, gets no proposal. Indicators that
    nobody measured count as not met and are told.
    """
    cycle = Cycle.ANNUAL if facts.period.span is Span.YEAR else Cycle.PERIODIC
    if not facts.total:
        return Proposal(None, (), ("Unit ini belum mempunyai indikator yang diukur pada periode ini.",))
    if cycle is Cycle.ANNUAL and facts.expectation is None:
        return Proposal(None, (), ("Ekspektasi pimpinan terhadap unit belum dinilai; predikat tahunan memerlukannya.",))
    asked = (
        (f"{facts.unmeasured} dari {facts.total} indikator belum diukur dan dihitung belum tercapai.",)
        if facts.unmeasured
        else ()
    )
    for rule in rules:
        if rule.span is cycle and _fits(rule, facts):
            return Proposal(rule.predicate, tuple(_reasons(rule, facts)), asked, rule.source)
    return Proposal(None, (), (*asked, "Tidak ada aturan usul yang cocok."))


def decide(
    facts: OrganisationFacts,
    proposal: Proposal,
    *,
    predicate: OrganisationPredicate,
    decider: str,
    decider_name: str,
    on: date,
    reason: str = "",
    advice: str = "",
    head: str = "",
) -> OrganisationDecision:
    """The decision of a named person. Raises Refusal without a name, without a reason where it departs from the

    proposal (or there is none), or if the decider is the head of the unit (`head`): the leader of the superior
    organisation decides.
    """
    faults = []
    if not decider.strip() or not decider_name.strip():
        faults.append(
            Fault("Penetap predikat tidak disebut", expected="jabatan dan nama pimpinan organisasi yang lebih tinggi")
        )
    if head and decider == head:
        faults.append(
            Fault("Pimpinan unit menetapkan predikat unitnya sendiri", read=decider, expected="pimpinan di atasnya")
        )
    if predicate is not proposal.predicate and not reason.strip():
        faults.append(
            Fault(
                "Alasan belum diisi",
                read=predicate,
                expected=f"alasan, karena usulnya {proposal.predicate or 'tidak ada'}",
                remedy="Tulis mengapa predikat ini ditetapkan.",
            )
        )
    if faults:
        raise Refusal(f"Predikat {facts.unit} belum dapat ditetapkan.", *faults)
    return OrganisationDecision(
        facts.unit, facts.period, predicate, decider, decider_name, on, proposal.predicate, reason, advice
    )


def _fits(rule: ProposalRule, facts: OrganisationFacts) -> bool:
    expected = not rule.expectations or facts.expectation in rule.expectations
    return expected and all(need.held(facts.share(need.measure)) for need in rule.needs)


def _reasons(rule: ProposalRule, facts: OrganisationFacts) -> Iterable[str]:
    for need in rule.needs:
        yield need.told(facts.share(need.measure))
    if not rule.needs:
        share = format_percent(facts.share(Measure.MET), places=2)
        yield f"indikator mencapai target {share}; syarat predikat yang lebih tinggi tidak dipenuhi"
    if facts.expectation is not None:
        yield f"kinerja unit {facts.expectation}"
