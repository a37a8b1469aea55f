"""The terms of open data, written in a transaction that is open."""

from __future__ import annotations

from selaras.actions.audit import Trace
from selaras.core.reporting.licence import Licence, choose
from selaras.rulebook.licences import load_licences
from selaras.store.models import Agency
from selaras.store.snapshot import find_agency


def licence_set(trace: Trace, agency: str, licence: str) -> Licence:
    """Write the terms in a transaction that is open, with their history. Raises as `choose_licence` does."""
    pk, _ = find_agency(agency)
    chosen = choose(licence, load_licences()).licence
    row = Agency.objects.select_for_update().get(pk=pk)
    if row.data_licence != chosen.code:
        trace.changed("Agency", agency, "Lisensi data terbuka", row.data_licence, chosen.code)
        row.data_licence = chosen.code
        row.save(update_fields=("data_licence",))
    trace["licence"] = chosen.code
    return chosen
