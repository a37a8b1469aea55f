"""Who may read an employee's file: the employee, the assessor, and the assessor's superior once there is an objection.

Nobody else, whatever the role: a leader further up sees counts, not files. Rating and feedback are personal data.
"""

from __future__ import annotations

from collections.abc import Collection

from selaras.core.people.objection import Objection
from selaras.core.people.skp import SkpPlan


def may_read(
    plan: SkpPlan, *, employee: str = "", held: Collection[str] = (), superior: str = "",
    objections: Collection[Objection] = (),
) -> bool:  # fmt: skip
    """Whether a person reads the file of a plan.

    `employee` is the person's code, `held` the positions that the person holds today, `superior` the position of the
    assessor's superior.
    """
    if employee and employee == plan.employee:
        return True
    if not plan.employee and plan.position in held:
        return True
    if plan.assessor and plan.assessor in held:
        return True
    objected = any(item.plan == plan.code for item in objections)
    return bool(objected and superior and superior in held)
