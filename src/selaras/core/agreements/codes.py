"""What the gate before signing can find, by code."""

from __future__ import annotations

from enum import StrEnum


class GateCode(StrEnum):
    """What the gate can find."""

    EXTRA = "GATE-EXTRA"  # in the PK, not in the plan
    MISSING = "GATE-MISSING"  # in the plan, not in the PK
    TWICE = "GATE-TWICE"  # twice in the PK
    TARGET = "GATE-TARGET"
    UNIT = "GATE-UNIT"
    PLAN_UNIT = "GATE-PLAN-UNIT"  # the plan contradicts itself, the PK repeats it
    WORDING = "GATE-WORDING"
    SPELLING = "GATE-SPELLING"
    IKU = "GATE-IKU"  # in PK and plan, but not on the IKU list
    PROGRAMME_EXTRA = "GATE-PROGRAMME-EXTRA"
    PROGRAMME_MISSING = "GATE-PROGRAMME-MISSING"
    PROGRAMME_WORDING = "GATE-PROGRAMME-WORDING"
    PROGRAMME_SPELLING = "GATE-PROGRAMME-SPELLING"
    AMOUNT = "GATE-AMOUNT"
    SKP_TARGET = "GATE-SKP-TARGET"
    SKP_MISSING = "GATE-SKP-MISSING"
    SKP_EXTRA = "GATE-SKP-EXTRA"
