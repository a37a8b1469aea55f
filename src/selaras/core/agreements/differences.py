"""What one version of an agreement changed against another: line by line, amount by amount, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selaras.core.agreements.records import AgreementLine, AgreementProgramme
from selaras.core.numerals import format_rupiah


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator or programme with what stands in the left and in the right version; empty where it is absent."""

    name: str
    left: str
    right: str

    @property
    def changed(self) -> bool:
        """Whether the two versions disagree here."""
        return self.left != self.right


def of_lines(left: Iterable[AgreementLine], right: Iterable[AgreementLine]) -> tuple[Difference, ...]:
    """The targets side by side. A line is found again by the indicator that it means, else by its wording."""
    before = {line.indicator or line.wording.casefold(): line for line in left}
    after = {line.indicator or line.wording.casefold(): line for line in right}
    return tuple(
        Difference((after.get(key) or before[key]).wording, _target(before.get(key)), _target(after.get(key)))
        for key in dict.fromkeys([*before, *after])
    )


def of_programmes(left: Iterable[AgreementProgramme], right: Iterable[AgreementProgramme]) -> tuple[Difference, ...]:
    """The amounts side by side, in rupiah."""
    before = {item.node or item.wording.casefold(): item for item in left}
    after = {item.node or item.wording.casefold(): item for item in right}
    return tuple(
        Difference((after.get(key) or before[key]).wording, _amount(before.get(key)), _amount(after.get(key)))
        for key in dict.fromkeys([*before, *after])
    )


def _target(line: AgreementLine | None) -> str:
    if line is None:
        return ""
    shown = line.target.shown()
    return shown if not line.unit or "%" in shown else f"{shown} {line.unit}"


def _amount(item: AgreementProgramme | None) -> str:
    return format_rupiah(item.amount) if item else ""
