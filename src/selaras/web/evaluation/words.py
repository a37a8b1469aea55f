"""How the evaluation is told: columns, states, ways between them, ways to the pages that a fact comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.evaluation.stages import Column, State, TeamRole, next_states
from selaras.core.evaluation.template import Template
from selaras.core.law import Certainty
from selaras.core.numerals import format_number

COLUMNS: dict[Column, Any] = {
    Column.SELF: gettext_lazy("Penilaian mandiri"),
    Column.EVALUATOR: gettext_lazy("Evaluator"),
    Column.CONTROL: gettext_lazy("Pengendalian mutu"),
    Column.FINAL: gettext_lazy("Keputusan akhir"),
}
SHORT: dict[Column, Any] = {
    Column.SELF: gettext_lazy("Mandiri"),
    Column.EVALUATOR: gettext_lazy("Evaluator"),
    Column.CONTROL: gettext_lazy("Kendali"),
    Column.FINAL: gettext_lazy("Akhir"),
}
STATES: dict[State, Any] = {
    State.DRAFT: gettext_lazy("Penilaian mandiri diisi"),
    State.SUBMITTED: gettext_lazy("Menunggu evaluator"),
    State.EVALUATED: gettext_lazy("Menunggu pengendalian mutu"),
    State.CONTROLLED: gettext_lazy("Menunggu keputusan akhir"),
    State.FINAL: gettext_lazy("Final"),
}
TONES: dict[State, tuple[str, str]] = {
    State.DRAFT: ("none", "edit"),
    State.SUBMITTED: ("info", "send"),
    State.EVALUATED: ("info", "evaluate"),
    State.CONTROLLED: ("info", "check"),
    State.FINAL: ("good", "check-circle"),
}
ROLES: dict[TeamRole, Any] = {
    TeamRole.LEAD: gettext_lazy("Penanggung jawab"),
    TeamRole.CONTROLLER: gettext_lazy("Pengendali mutu"),
    TeamRole.CHIEF: gettext_lazy("Ketua tim"),
    TeamRole.MEMBER: gettext_lazy("Anggota"),
}
"""The roles of the team in the order in which they are named; who is of the unit is not of the team."""

CERTAINTY: dict[Certainty, tuple[Any, str]] = {
    Certainty.CONFIRMED: (gettext_lazy("Terkonfirmasi"), "good"),
    Certainty.AGREED: (gettext_lazy("Disepakati penerapan"), "info"),
    Certainty.INFERRED: (gettext_lazy("Disimpulkan"), "warn"),
    Certainty.FROM_MEMORY: (gettext_lazy("Dari ingatan"), "warn"),
}
"""How sure an instrument is, in words, with the tone of its chip."""

PAGES: dict[str, str] = {
    "long_term_plan": "planning:renstra", "strategic_plan": "planning:renstra", "annual_targets": "planning:rkt",
    "action_targets": "planning:rkt", "budget_on": "planning:budget", "agreement_on": "agreements:overview",
    "agreement_revisions": "agreements:overview", "agreement_published_on": "agreements:overview",
    "agreement_delay": "agreements:overview", "units_with_agreement": "agreements:map",
    "employees_with_goals": "people:mine", "indicators_defined": "planning:indicators",
    "indicators_cascaded": "planning:overview", "contributions": "planning:overview",
    "targets_reached": "measurement:grid", "periods_due": "measurement:grid", "periods_measured": "measurement:grid",
    "periods_on_time": "measurement:grid", "measured_share": "measurement:grid", "on_time_share": "measurement:grid",
    "realisations": "measurement:grid", "verified_share": "measurement:grid", "evidence_share": "measurement:grid",
    "counted_from_records": "registers:overview", "quality_share": "measurement:grid", "misses_explained": "measurement:grid",
    "follow_ups_done": "followup:overview", "budget_efficiency": "budget:overview", "report_on": "reporting:overview",
    "report_signed_on": "reporting:overview", "report_due_on": "reporting:overview",
    "report_published_on": "reporting:overview", "interim_reports": "reporting:overview",
    "reviewed_on": "review:cases", "review_findings": "review:cases", "review_findings_open": "review:cases",
    "compared_with_year": "reporting:overview", "compared_with_plan": "reporting:overview",
    "compared_with_past": "reporting:overview", "compared_with_standard": "reporting:overview",
    "evaluated_on": "evaluation:board", "units_evaluated": "evaluation:board",
    "recommendations_given": "evaluation:recommendations", "recommendations_closed": "evaluation:recommendations",
    "recommendations_used": "evaluation:recommendations", "score_change": "evaluation:board",
}  # fmt: skip
"""The page on which a fact of `core.evaluation.facts` is made."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a state: its word in the address, its words, its icon, whether it goes back and needs a note."""

    slug: str
    label: Any
    icon: str
    note: bool = False
    help: Any = ""


WAYS: dict[tuple[State, State], Way] = {
    (State.DRAFT, State.SUBMITTED): Way(
        "ajukan", gettext_lazy("Ajukan"), "send", help=gettext_lazy("Sesudahnya evaluator yang mengisi.")
    ),
    (State.SUBMITTED, State.DRAFT): Way("kembalikan", gettext_lazy("Kembalikan ke unit"), "return", note=True),
    (State.SUBMITTED, State.EVALUATED): Way("selesai-evaluasi", gettext_lazy("Selesaikan penilaian"), "check"),
    (State.EVALUATED, State.SUBMITTED): Way(
        "kembali-evaluator", gettext_lazy("Kembalikan ke evaluator"), "return", note=True
    ),
    (State.EVALUATED, State.CONTROLLED): Way(
        "selesai-kendali", gettext_lazy("Selesaikan pengendalian mutu"), "check",
        help=gettext_lazy("Jawaban evaluator yang tidak diubah dianggap disetujui."),
    ),
    (State.CONTROLLED, State.EVALUATED): Way(
        "kembali-kendali", gettext_lazy("Kembalikan ke pengendali mutu"), "return", note=True
    ),
    (State.CONTROLLED, State.FINAL): Way(
        "tetapkan", gettext_lazy("Tetapkan hasil"), "lock",
        help=gettext_lazy("Nilai dan predikat ditulis, dan unit diberi tahu. Jawaban yang tidak diubah disetujui."),
    ),
}  # fmt: skip


def ways_from(state: State, roles: frozenset[TeamRole]) -> list[Way]:
    """What somebody with these roles may do with the evaluation now, the way forward first."""
    return [WAYS[state, after] for after in next_states(state, roles)]


def steps_of(state: State) -> list[dict[str, Any]]:
    """The road of an evaluation, for the stepper."""
    order = list(State)
    at = order.index(state)
    titles = [*(COLUMNS[column] for column in Column), _("Final")]
    marks = ["done" if number < at or state is State.FINAL else "current" if number == at else "next"
             for number in range(len(order))]  # fmt: skip
    return [{"title": title, "state": mark} for title, mark in zip(titles, marks, strict=True)]


def points(template: Template, value: Decimal | None) -> str:
    """Points as people read them: rounded as the instrument says; empty for none."""
    return "" if value is None else format_number(value, places=template.rounding.places)


def change(value: Decimal | None, places: int = 2) -> dict[str, Any] | None:
    """A change of a score: words, direction, whether it is welcome; None where there is nothing to compare."""
    if value is None:
        return None
    direction = "tetap" if not value else "naik" if value > 0 else "turun"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return {"words": f"{sign}{format_number(abs(value), places=places)}", "direction": direction,
            "good": None if not value else value > 0}  # fmt: skip


def listed(words: Iterable[object]) -> str:
    """Words one after the other; empty ones left out."""
    return " · ".join(text for text in map(str, words) if text)
