"""The protected cells: a live formula for the spreadsheet and the same result, computed here, to show at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from selaras.core.measurement.records import Realisation, Spending
from selaras.core.planning import BudgetLine, BudgetVersion
from selaras.documents.workbook.columns import EXAMPLE, Derived, Sheet
from selaras.documents.workbook.schema import BY_RECORD, REFERRED, reference

UNKNOWN = "? kode tidak dikenal"
NEEDED: frozenset[type[Any]] = REFERRED | {BudgetLine, Spending}
"""The kinds of records that must be at hand before the first row is written."""

ROW = "{row}"
"""Stands for the row in a formula until it is known."""

Result = str | Decimal
FORMATS = {"ratio": "0.00%", "absorption": "0.00%", "ceiling": "#,##0", "cumulative": "#,##0"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A formula, and what it gives for the row as it was written."""

    formula: str
    result: Result


class Register:
    """What the formulas of one workbook look up: titles by code, budgets in force, spending so far."""

    def __init__(self, records: Mapping[type[Any], Iterable[Any]]) -> None:
        self._formulas: dict[tuple[str, str], str] = {}
        self._titles = {
            kind: {item.code: getattr(item, BY_RECORD[kind].title) for item in records.get(kind, ())}
            for kind in REFERRED
            if BY_RECORD[kind].title
        }
        self._in_force = _versions_in_force(records.get(BudgetVersion, ()))
        self._budget = _budget_in_force(records.get(BudgetLine, ()), self._in_force)
        self._spent: dict[tuple[str, int], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for item in records.get(Spending, ()):
            self._spent[item.node, item.year][item.month] += item.amount

    def cell(self, sheet: Sheet, derived: Derived, row: int, item: Any | None) -> Cell:
        """The cell of a derived column in spreadsheet row `row` (from 1); an empty row gives an empty result."""
        key = (sheet.name, derived.header)
        if key not in self._formulas:
            self._formulas[key] = _FORMULAS[derived.rule](sheet, derived, ROW)
        formula = self._formulas[key].replace(ROW, str(row))
        return Cell(formula, "" if item is None else self._result(sheet, derived, item))

    def _result(self, sheet: Sheet, derived: Derived, item: Any) -> Result:
        if derived.rule == "title":
            return self._title(sheet, derived, item)
        if derived.rule == "ratio":
            return _ratio(item)
        if derived.rule == "in_force":
            version = item.code if isinstance(item, BudgetVersion) else item.version
            return "Ya" if (item.year, version) in self._in_force else "Tidak"
        ceiling = self._budget.get((item.node, item.year), Decimal(0))
        months = self._spent[item.node, item.year].items()
        cumulative = sum((amount for month, amount in months if month <= item.month), Decimal(0))
        if derived.rule == "absorption":
            return cumulative / ceiling if ceiling else ""
        return ceiling if derived.rule == "ceiling" else cumulative

    def _title(self, sheet: Sheet, derived: Derived, item: Any) -> str:
        code = getattr(item, derived.of)
        target = reference(sheet, derived.of)
        assert target is not None
        return str(self._titles[target].get(code, UNKNOWN)) if code else ""


def _versions_in_force(versions: Iterable[BudgetVersion]) -> set[tuple[int, str]]:
    known = list(versions)
    highest: dict[int, int] = {}
    for version in known:
        highest[version.year] = max(version.order, highest.get(version.year, version.order))
    return {(version.year, version.code) for version in known if version.order == highest[version.year]}


def _budget_in_force(lines: Iterable[BudgetLine], versions: set[tuple[int, str]]) -> dict[tuple[str, int], Decimal]:
    total: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for line in lines:
        if (line.year, line.version) in versions:
            total[line.node, line.year] += line.amount
    return total


def _ratio(item: Realisation) -> Result:
    if item.numerator is None or not item.denominator:
        return ""
    return item.numerator / item.denominator


def _title_formula(sheet: Sheet, derived: Derived, row: str) -> str:
    target = reference(sheet, derived.of)
    assert target is not None
    other = BY_RECORD[target]
    code, title = other.letter("code"), other.letter(other.title)
    cell = f"${sheet.letter(derived.of)}{row}"
    found = f"INDEX({other.name}!${title}:${title},MATCH({cell},{other.name}!${code}:${code},0))"
    return f'=IF({cell}="","",IFERROR({found},"{UNKNOWN}"))'


def _ratio_formula(sheet: Sheet, _: Derived, row: str) -> str:
    upper, lower = f"${sheet.letter('numerator')}{row}", f"${sheet.letter('denominator')}{row}"
    return f'=IF(OR({upper}="",{lower}=""),"",IFERROR({upper}/{lower},""))'


def _in_force_formula(sheet: Sheet, _: Derived, row: str) -> str:
    versions = BY_RECORD[BudgetVersion]
    code, year, order, flag = (versions.letter(name) for name in ("code", "year", "order", "in_force"))
    if sheet is versions:
        later = (
            f'COUNTIFS(${year}:${year},${year}{row},${order}:${order},">"&${order}{row},${code}:${code},"<>{EXAMPLE}*")'
        )
        return f'=IF(${code}{row}="","",IF({later}=0,"Ya","Tidak"))'
    mine, when = f"${sheet.letter('version')}{row}", f"${sheet.letter('year')}{row}"
    place = versions.name
    match = f'COUNTIFS({place}!${code}:${code},{mine},{place}!${year}:${year},{when},{place}!${flag}:${flag},"Ya")'
    return f'=IF({mine}="","",IF({match}>0,"Ya","Tidak"))'


def _ceiling_formula(sheet: Sheet, _: Derived, row: str) -> str:
    budget = BY_RECORD[BudgetLine]
    names = ("amount", "node", "year", "in_force")
    amount, node, year, flag = (f"{budget.name}!${budget.letter(name)}:${budget.letter(name)}" for name in names)
    mine, when = f"${sheet.letter('node')}{row}", f"${sheet.letter('year')}{row}"
    return f'=IF({mine}="","",SUMIFS({amount},{node},{mine},{year},{when},{flag},"Ya"))'


def _cumulative_formula(sheet: Sheet, _: Derived, row: str) -> str:
    amount, node, year, month = (sheet.letter(name) for name in ("amount", "node", "year", "month"))
    same = f"${node}:${node},${node}{row},${year}:${year},${year}{row}"
    return f'=IF(${node}{row}="","",SUMIFS(${amount}:${amount},{same},${month}:${month},"<="&${month}{row}))'


def _absorption_formula(sheet: Sheet, _: Derived, row: str) -> str:
    ceiling, spent = f"${sheet.letter('ceiling')}{row}", f"${sheet.letter('cumulative')}{row}"
    return f'=IF(OR({ceiling}="",{ceiling}=0),"",{spent}/{ceiling})'


_FORMULAS = {
    "title": _title_formula,
    "ratio": _ratio_formula,
    "in_force": _in_force_formula,
    "ceiling": _ceiling_formula,
    "cumulative": _cumulative_formula,
    "absorption": _absorption_formula,
}
