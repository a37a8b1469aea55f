"""Where an entry of the register of follow-up comes from: a hindrance of performance, or a finding of a review.

Both are followed up in one register, by the same steps and verification. A finding is told by its code, which names
the review and the finding, so that it is entered once and leads back; it is no hindrance of a sasaran, and the report
does not print it among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selaras.core.measurement.records import Obstacle

SHORT, WHOLE = 8, 32
"""Letters of a finding's fingerprint that tell it apart within its review, and all of them; a number may follow."""
_CODE = re.compile(rf"REVIU-(?P<case>[0-9]+)-(?P<finding>[0-9a-f]{{{SHORT}}}(?:-[0-9]+)?)")


def short(fingerprint: str) -> str:
    """The name of a finding within its review: `3f2a9c1b`, or `3f2a9c1b-2` for the second of equal ones."""
    return fingerprint[:SHORT] + fingerprint[WHOLE:]


def code_of_finding(case: int, fingerprint: str) -> str:
    """The code under which the finding of a review stands in the register: `REVIU-12-3f2a9c1b`."""
    return f"REVIU-{case}-{short(fingerprint)}"


def finding_of(code: str) -> tuple[int, str] | None:
    """The review and the short name of the finding that a code names; None for everything else."""
    match = _CODE.fullmatch(code)
    return (int(match["case"]), match["finding"]) if match else None


def of_performance(obstacles: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    """The hindrances of performance alone, in order."""
    return tuple(item for item in obstacles if finding_of(item.code) is None)
