"""Puts a register and a clerk into an installation's folder: run by the browser test in a child process."""

import os
import sys
from pathlib import Path

REGISTER = "permohonan_informasi"


def main(folder):
    os.environ |= {"SELARAS_DATA": folder, "DJANGO_SETTINGS_MODULE": "selaras.web.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from selaras.actions.exchange import load_workbook
    from selaras.actions.registers import take_preset
    from selaras.core.access import operator
    from tests.web.browser.staffed import account

    call_command("migrate", verbosity=0)
    sample = Path(__file__).parents[3] / "examples" / "biro-organisasi-2024.xlsx"
    load_workbook(operator("Contoh"), path=sample)
    take_preset(operator("Contoh"), agency="BIRO-ORG", preset_code=REGISTER)
    from selaras.store import models as tables

    account("petugas", "petugas layanan", tables.Agency.objects.get(code="BIRO-ORG"))


if __name__ == "__main__":
    main(sys.argv[1])
