"""The figures of a report as open data: everything the public pages and files show, computed once when data are frozen.

Exact numbers are decimal text, each beside the words by which the report prints it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from selaras.core.computed import Computed
from selaras.core.measurement.entries import value_of
from selaras.core.measurement.records import Realisation
from selaras.core.numerals import format_number
from selaras.core.period import Period, quarter
from selaras.core.planning import Indicator, Node, Polarity
from selaras.core.reporting.composition import rupiah
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.licence import Chosen
from selaras.core.value import Value

SCHEMA = "selaras/data-terbuka/1"
POLARITIES = {
    Polarity.HIGHER: "makin tinggi makin baik",
    Polarity.LOWER: "makin rendah makin baik",
    Polarity.RANGE: "di dalam rentang",
}
OPEN_QUARTERS = range(1, 5)


def open_data(figures: Figures, chosen: Chosen | None = None) -> dict[str, Any]:
    """What everybody may know of a report's figures; `figures` must stand on a snapshot without personal data.

    `chosen` are the terms under which they are published; None for data that are not.
    """
    agency = figures.snapshot.agency
    return {
        **({"licence": chosen.data()} if chosen else {}),
        "schema": SCHEMA,
        "agency": {
            "code": agency.code, "name": agency.name, "short_name": agency.short_name, "kind": agency.kind.value,
            "parent": agency.parent_name, "city": agency.city, "website": agency.website,
        },
        "year": figures.year,
        "summary": _summary(figures),
        "scale": _scale(figures),
        "goals": [_goal(figures, node) for node in figures.sasaran],
        "budget": _budget(figures),
        "agreement": _agreement(figures),
    }  # fmt: skip


def open_data_text(figures: Figures, chosen: Chosen | None = None) -> str:
    """`open_data` as JSON text; the same facts give the same bytes."""
    return json.dumps(open_data(figures, chosen), ensure_ascii=False, separators=(",", ":"))


def _summary(figures: Figures) -> dict[str, Any]:
    return {
        "goals": len(figures.sasaran), "indicators": len(figures.measured), **figures.tally,
        "mean": _computed(figures, figures.mean),
    }  # fmt: skip


def _scale(figures: Figures) -> dict[str, Any]:
    scale = figures.scale
    bands = [
        {
            "label": band.label,
            "from": None if band.lower is None else format(band.lower, "f"),
            "colour": band.tone.value,
        }
        for band in scale.bands
    ]
    return {"name": scale.name, "source": scale.source.text, "reading": scale.reading, "classes": bands}


def _goal(figures: Figures, node: Node) -> dict[str, Any]:
    indicators = [_indicator(figures, item, node) for item in figures.by_node[node.code]]
    return {
        "code": node.code, "title": node.title, "mean": _computed(figures, figures.sasaran_mean(node)),
        "indicators": indicators,
    }  # fmt: skip


def _indicator(figures: Figures, item: Indicator, node: Node) -> dict[str, Any]:
    aim, realised = figures.aim(item, figures.year), figures.realised(item, figures.year)
    achievement = figures.achievement(item)
    explanation = figures.explanations.get(item.code)
    return {
        "code": item.code, "name": item.name, "goal": node.title, "unit": item.unit, "key_indicator": item.iku,
        "polarity": item.polarity.value, "polarity_words": POLARITIES[item.polarity],
        "definition": item.definition, "formula": item.formula.value, "numerator_words": item.numerator,
        "denominator_words": item.denominator, "aggregation": item.aggregation.value, "source": item.source,
        "responsible": _position(figures, item.responsible),
        "year": figures.year, "target": _value(aim.value), "target_document": aim.document,
        "realisation": _value(realised.value), "realisation_arithmetic": realised.figure.arithmetic(),
        "achievement": _computed(figures, achievement), "met": figures.reached(achievement),
        **_parts(figures.realisation(item, Period(figures.year))),
        "final_target": _value(figures.final_aim(item).value),
        "final_year": figures.plan.last_year if figures.plan else None,
        "progress": _computed(figures, figures.progress(item)),
        "history": [_year(figures, item, year) for year in figures.history],
        "quarters": _quarters(figures, item),
        "cause": explanation.cause if explanation else "", "solution": explanation.solution if explanation else "",
    }  # fmt: skip


def _parts(record: Realisation | None) -> dict[str, Any]:
    return {
        "numerator": _plain(record.numerator if record else None),
        "denominator": _plain(record.denominator if record else None),
    }


def _plain(amount: Decimal | None) -> dict[str, Any] | None:
    return None if amount is None else {"shown": format_number(amount), "value": format(amount, "f")}


def _year(figures: Figures, item: Indicator, year: int) -> dict[str, Any]:
    return {
        "year": year, "target": _value(figures.aim(item, year).value),
        "realisation": _value(figures.realised(item, year).value),
        "achievement": _computed(figures, figures.achievement(item, year)),
    }  # fmt: skip


def _quarters(figures: Figures, item: Indicator) -> list[dict[str, Any]]:
    found = []
    for index in OPEN_QUARTERS:
        period = quarter(figures.year, index)
        record = figures.realisation(item, period)
        realised = value_of(item, record) if record else None
        aim = figures.quarterly(item, period)
        if aim.value is not None or realised is not None:
            found.append(
                {
                    "period": period.name,
                    "target": _value(aim.value),
                    "realisation": _value(realised),
                }
            )
    return found


def _budget(figures: Figures) -> dict[str, Any]:
    if not figures.programmes:
        return {}
    return {
        "version": figures.budget_version.name if figures.budget_version else "",
        "total": _money(figures.total_budget), "spent": _money(figures.total_spent),
        "absorption": _computed(figures, figures.total_absorption),
        "programmes": [
            {
                "code": node.number or node.code, "title": node.title, "budget": _money(figures.budget[node.code]),
                "spent": _money(figures.spent.get(node.code)), "absorption": _computed(figures, figures.absorption(node)),
            }
            for node in figures.programmes
        ],
    }  # fmt: skip


def _agreement(figures: Figures) -> dict[str, Any]:
    agreement = figures.agreement
    if agreement is None:
        return {}
    return {
        "position": _position(figures, agreement.promiser), "superior": _position(figures, agreement.superior),
        "signed_on": agreement.signed_on.isoformat() if agreement.signed_on else None, "version": agreement.version,
        "lines": [{"wording": line.wording, "target": _value(line.target)} for line in figures.lines_of(agreement)],
        "programmes": [
            {"title": figures.nodes[line.node].title if line.node in figures.nodes else line.node,
             "amount": _money(line.amount)}
            for line in figures.programmes_of(agreement)
        ],
    }  # fmt: skip


def _position(figures: Figures, code: str) -> str:
    return next((item.title for item in figures.snapshot.positions if item.code == code), "")


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    exact = value.amount if value.upper is None else None
    return {"shown": value.shown(), "value": None if exact is None else format(exact, "f"), "kind": value.kind.value}


def _money(amount: Decimal | None) -> dict[str, Any] | None:
    return None if amount is None else {"shown": rupiah(amount), "value": format(amount, "f")}


def _computed(figures: Figures, figure: Computed) -> dict[str, Any]:
    band = figures.band(figure) if figure.unit == "%" and figure.key.startswith(("capaian:", "rata-rata")) else None
    rounded = figure.rounded()
    return {
        "shown": figure.shown(), "value": None if rounded is None else format(rounded, "f"),
        "status": figure.status.value, "arithmetic": figure.arithmetic(),
        "class": band.label if band else "", "colour": band.tone.value if band else "",
    }  # fmt: skip
