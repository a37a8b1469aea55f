"""The indicators of the goals (tujuan): measured beside those of the sasaran, never mixed into their mean."""

from __future__ import annotations

from selaras.core.document import Row, Table
from selaras.core.planning import Indicator, NodeLevel
from selaras.core.reporting.composition import (
    band_cell,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    reference,
    value_cell,
)
from selaras.core.reporting.work import Work


def indicators(work: Work) -> list[Indicator]:
    """The indicators of all goals, in order."""
    figures = work.figures
    return [indicator for node in figures.level(NodeLevel.TUJUAN) for indicator in figures.by_node[node.code]]


def goals(work: Work) -> None:
    """The table of the goals' indicators, where there are any."""
    if not indicators(work):
        return
    table = goal_table(work)
    work.out.generated(
        "Capaian indikator tujuan, yang tidak ikut dalam rata-rata indikator sasaran, disajikan dalam ",
        reference(table),
        ".",
    )
    work.out.add(table)


def goal_table(work: Work) -> Table:
    """One row per indicator of a goal."""
    figures = work.figures
    shape = columns((5, "c"), (26, "l"), (29, "l"), (10, "c"), (10, "c"), (8, "r"), (12, "c"))
    body = []
    for number, indicator in enumerate(indicators(work), 1):
        figure = figures.achievement(indicator)
        body.append(
            Row((
                cell(str(number)), cell(figures.nodes[indicator.node].title),
                cell(f"{indicator.name} (IKU)" if indicator.iku else indicator.name),
                value_cell(figures.aim(indicator, work.year).value), value_cell(figures.realised(indicator, work.year).value),
                figure_cell(figure), band_cell(figures.band(figure)),
            ))
        )  # fmt: skip
    header = (head("No.", "Tujuan", "Indikator Tujuan", "Target", "Realisasi", "Capaian (%)", "Kelas"), counted(7))
    return work.out.table("capaian-tujuan", f"Capaian Indikator Tujuan Tahun {work.year}", shape, header, body)
