"""The terms under which everybody may use an agency's open data."""

from __future__ import annotations

from selaras.actions._licences import licence_set
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.reporting.licence import Licence


def choose_licence(by: Actor, *, agency: str, licence: str) -> Licence:
    """Set the terms, by their code; what is published already keeps its own.

    Raises Refusal for terms that are not known, NotAllowed and NotFound.
    """
    with traced(by, action="menetapkan lisensi data terbuka", agency=agency, act=Act.PUBLISH) as trace:
        return licence_set(trace, agency, licence)
