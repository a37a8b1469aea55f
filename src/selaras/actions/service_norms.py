"""Service standards: what each service states by component, whether it was announced, and where its records are."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Max
from django.utils import timezone

from selaras.actions._people import words
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.rulebook.service import load_standard
from selaras.store import models as tables
from selaras.store.register_access import find_register
from selaras.store.snapshot import find_agency

KIND = "Standar pelayanan"


def save_norm(
    by: Actor, *, agency: str, service: str, name: str, statements: Mapping[str, str], announced: bool = False,
    register: str = "", deadline: str = "",
) -> None:  # fmt: skip
    """Store the standard of one service. Raises Refusal for unknown components or deadlines, NotAllowed, NotFound."""
    with traced(by, action="menyimpan standar pelayanan", agency=agency, act=Act.SERVE) as trace:
        pk, _ = find_agency(agency)
        known = {item.code for item in load_standard(timezone.localdate())[0]}
        faults = [
            Fault("komponen standar tidak dikenal", read=code, expected=", ".join(sorted(known)))
            for code in statements if code not in known
        ]  # fmt: skip
        held = find_register(agency, register) if register else None
        if deadline and (held is None or held.register.deadline(deadline) is None):
            faults.append(
                Fault("tenggat tidak ada dalam register", read=deadline, expected="kode tenggat register itu")
            )
        if faults:
            raise Refusal("Standar pelayanan tidak disimpan.", *faults)
        rows = tables.ServiceNorm.objects.filter(agency=pk)
        old = rows.filter(service=service).first()
        last = rows.aggregate(last=Max("sequence"))["last"] or 0
        made, _ = tables.ServiceNorm.objects.update_or_create(
            agency_id=pk, service=words(service, "Kode layanan", most=80),
            defaults={
                "name": words(name, "Nama layanan", most=300), "announced": announced, "deadline": deadline,
                "definition": held.row if held else None, "sequence": old.sequence if old else last + 1,
                "statements": {code: words(text, code, empty=True) for code, text in statements.items()},
            },
        )  # fmt: skip
        trace.changed(KIND, service, "", old.name if old else "", made.name)


def remove_norm(by: Actor, *, agency: str, service: str) -> None:
    """Delete the standard of one service. Raises NotAllowed, NotFound."""
    with traced(by, action="menghapus standar pelayanan", agency=agency, act=Act.SERVE) as trace:
        gone, _ = tables.ServiceNorm.objects.filter(agency__code=agency, service=service).delete()
        if not gone:
            raise NotFound(f"Standar pelayanan {service} tidak ditemukan.")
        trace.changed(KIND, service, "", "ada", "")
