"""An office with open services in an installation's folder, and what its desk does meanwhile: run in a child process."""

import os
import sys
from datetime import date, timedelta
from pathlib import Path

BIRO, PPID, ROUND = "BIRO-ORG", "permohonan_informasi", "SKM-1"


def main(folder, command, *rest):
    os.environ |= {"SELARAS_DATA": folder, "DJANGO_SETTINGS_MODULE": "selaras.web.settings"}
    import django

    django.setup()
    {"open": opened, "answer": answered}[command](*rest)


def opened():
    """Load the sample, take the registers over, open a survey; says the word of its form."""
    from django.core.management import call_command

    from selaras.actions import registers
    from selaras.actions import service_surveys as surveys
    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_workbook(operator("Contoh"), path=Path(__file__).parents[3] / "examples" / "biro-organisasi-2024.xlsx")
    desk, today = somebody(), date.today()
    for code in (PPID, "pengaduan"):
        registers.take_preset(desk, agency=BIRO, preset_code=code)
    surveys.save_round(
        desk, agency=BIRO, code=ROUND, title="Survei kepuasan contoh", survey="skm", since=today - timedelta(days=1),
        until=today + timedelta(days=9), services=["Loket", "Laman"], population=50,
    )  # fmt: skip
    sys.stdout.write(surveys.open_round(desk, agency=BIRO, code=ROUND).lower() + "\n")


def answered(number):
    """Answer a request and hand the information over."""
    from selaras.actions import register_records as records
    from selaras.actions import tickets

    desk, today = somebody(), date.today()
    go = {"agency": BIRO, "register": PPID, "number": number}
    tickets.answer_client(desk, **go, text="Informasi Anda kami siapkan.")
    records.advance_record(desk, **go, target="diproses", texts={"ringkasan": "Laporan kinerja"})
    records.advance_record(
        desk, **go, target="dijawab",
        texts={"keputusan": "dikabulkan seluruhnya", "penguasaan": "dikuasai", "tanggal_pemberitahuan": today.isoformat()},
    )  # fmt: skip
    records.advance_record(desk, **go, target="diserahkan", texts={"tanggal_penyerahan": today.isoformat()})


def somebody():
    from selaras.core.access import Role
    from selaras.store import models as tables
    from selaras.store.users import actor_of

    user, made = tables.User.objects.get_or_create(username="contoh.petugas", defaults={"name": "Petugas Contoh"})
    if made:
        agency = tables.Agency.objects.get(code=BIRO)
        for role in (Role.SERVICE, Role.PLANNER):
            tables.RoleGrant.objects.create(user=user, role=role.value, agency=agency)
    return actor_of(user, date.today())


if __name__ == "__main__":
    main(*sys.argv[1:])
