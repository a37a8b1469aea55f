"""Budget absorption and sums up the performance tree; amounts in rupiah, absorption in percent, both exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.formulas import HUNDRED, rounding_note
from selaras.core.numerals import format_rupiah
from selaras.core.planning import Node
from selaras.core.planning.tree import loops

ABSORPTION_TEXT = "realisasi anggaran ÷ pagu × 100%"


def absorption(budget: Decimal | None, spent: Decimal | None, *, key: str = "") -> Computed:
    """The share of the budget that was spent, in percent. A budget of zero or none has no share, and says so."""
    given = (("realisasi anggaran", spent), ("pagu", budget))
    inputs = tuple(Input(label, _rupiah(amount)) for label, amount in given if amount is not None)
    value, status, note = None, Status.COMPUTED, rounding_note(2)
    if budget is None:
        status, note = Status.NO_BUDGET, "Pagu belum ditetapkan."
    elif spent is None:
        status, note = Status.NO_REALISATION, "Realisasi anggaran belum diisi."
    elif budget == 0:
        status = Status.ZERO_TARGET
        note = "Pagu nol: serapan tidak dihitung." + (" Ada realisasi tanpa pagu." if spent else "")
    else:
        value = spent * HUNDRED / budget
    return Computed(
        key, "Capaian anggaran", value, status=status, formula=ABSORPTION_TEXT, inputs=inputs, raw=value, note=note
    )


def roll_up(nodes: Sequence[Node], amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The amount of each node: its own plus those of its children. Nodes without any amount below are left out.

    A node whose parent is not among `nodes` counts as a root. Refuses amounts of unknown nodes and loops in the tree.
    """
    parents = {node.code: node.parent for node in nodes}
    _check_known(parents, amounts)
    _check_loops(nodes)
    totals: dict[str, Decimal] = {}
    for leaf, amount in amounts.items():
        code = leaf
        while code in parents:
            totals[code] = totals.get(code, Decimal(0)) + amount
            code = parents[code]
    return {node.code: totals[node.code] for node in nodes if node.code in totals}


def low_absorption(figure: Computed, threshold: Decimal) -> bool:
    """Whether the absorption is so low (at or below `threshold` percent, `Limits.low_absorption`) that it needs an explanation."""
    return figure.value is not None and figure.value <= threshold


def _check_known(parents: Mapping[str, str], amounts: Mapping[str, Decimal]) -> None:
    faults = [
        Fault("anggaran untuk simpul yang tidak dikenal", read=code, expected="kode pada pohon kinerja")
        for code in amounts
        if code not in parents
    ]
    if faults:
        raise Refusal("Anggaran tidak dapat dijumlahkan.", *faults)


def _check_loops(nodes: Sequence[Node]) -> None:
    faults = [
        Fault("simpul menjadi induknya sendiri", node.place, node.code, "induk yang tidak berputar")
        for node in loops(nodes)
    ]
    if faults:
        raise Refusal("Pohon kinerja berputar.", *faults)


def _rupiah(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return format_rupiah(amount, places=0 if whole else 2)
