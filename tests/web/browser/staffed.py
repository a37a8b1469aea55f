"""Puts the people of one section on their chairs in an installation's folder: run by the browser test in a child process."""

import os
import sys
from pathlib import Path

from tests.web.browser.installation import PASSWORD

CHAIRS = (("asisten", "ASISTEN", "pimpinan"), ("kepala", "KABIRO", "atasan"), ("kabag", "KABAG-RBA", "atasan"))
STAFF = (("pegawai", "P-01", "Pegawai Contoh Satu"), ("rekan", "P-02", "Pegawai Contoh Dua"))


def main(folder):
    os.environ |= {"SELARAS_DATA": folder, "DJANGO_SETTINGS_MODULE": "selaras.web.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator

    call_command("migrate", verbosity=0)
    sample = Path(__file__).parents[3] / "examples" / "biro-organisasi-2024.xlsx"
    load_workbook(operator("Contoh"), path=sample)
    seated()


def seated():
    from selaras.store import models as tables

    agency = tables.Agency.objects.get(code="BIRO-ORG")
    section = tables.Unit.objects.get(agency=agency, code="BAG-RBA")
    tables.Position.objects.create(
        agency=agency, sequence=9000, code="ANALIS", title="Analis Reformasi Birokrasi", unit=section, order=90,
        superior=tables.Position.objects.get(agency=agency, code="KABAG-RBA"),
    )  # fmt: skip
    for word, position, role in CHAIRS:
        tenure = tables.Tenure.objects.get(position__code=position, position__agency=agency)
        tables.Seat.objects.create(user=account(word, role, agency), tenure=tenure)
    for order, (word, code, name) in enumerate(STAFF, 1):
        person = tables.Employee.objects.create(
            agency=agency, sequence=9000 + order, code=code, name=name, group="Fungsional", status="PNS", sex="P",
            education="S1", unit=section, rank="III/b", job="Analis", order=order,
        )  # fmt: skip
        tables.StaffSeat.objects.create(user=account(word, "pegawai", agency), employee=person)
    account("perencana", "perencana", agency)


def account(word, role, agency):
    from selaras.store import models as tables

    user = tables.User.objects.create_user(f"contoh.{word}", name=f"{word.title()} Contoh")
    user.set_password(PASSWORD)
    user.save()
    tables.RoleGrant.objects.create(user=user, role=role, agency=agency)
    return user


if __name__ == "__main__":
    main(sys.argv[1])
