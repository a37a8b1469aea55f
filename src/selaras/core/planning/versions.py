"""Versions of a budget side by side: what each node has in one and in the other, and the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """The amount of a node in two versions, in rupiah; None where the version has none."""

    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        """What the later version adds (or takes away, negative), in rupiah."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


def differences(before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> dict[str, Difference]:
    """The differences of every node that either version knows, by the node's code."""
    return {code: Difference(before.get(code), after.get(code)) for code in dict.fromkeys((*before, *after))}
