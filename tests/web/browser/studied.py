"""An installation with one study of work culture, ready to be coded: `python -m tests.web.browser.studied <folder>`."""

import os
import sys
from pathlib import Path

from tests.web.browser.installation import PASSWORD

STUDY = "BK-CONTOH"
EMOJI = "🤝"
TEXT = f"Pembuka.\nRapat pleno setiap Senin. Keputusan diambil bersama {EMOJI}\nSemua datang tepat waktu."
PEOPLE = (("ketua", "penilai budaya"), ("penyandi", "penilai budaya"), ("perencana", "perencana"))


def main(folder):
    os.environ["SELARAS_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "selaras.web.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator
    from selaras.store import models as tables
    from selaras.store.users import actor_of

    call_command("migrate", verbosity=0)
    sample = Path(__file__).parents[3] / "examples" / "biro-organisasi-2024.xlsx"
    load_workbook(operator("Contoh"), path=sample)
    agency = tables.Agency.objects.get(code="BIRO-ORG")
    for word, role in PEOPLE:
        user = tables.User.objects.create_user(f"contoh.{word}", name=f"{word.title()} Contoh")
        user.set_password(PASSWORD)
        user.save()
        tables.RoleGrant.objects.create(user=user, role=role, agency=agency)
    studied(actor_of(tables.User.objects.get(username="contoh.ketua"), timezone.localdate()))


def studied(by):
    from selaras.actions.culture import open_study
    from selaras.actions.culture_sources import add_source, lock_source
    from selaras.core.culture.sources import Method

    at = {"agency": "BIRO-ORG", "study": STUDY}
    open_study(by, agency="BIRO-ORG", code=STUDY, title="Studi contoh", framework="nilai-fungsi-faktor", year=2024)
    add_source(by, **at, title="Catatan rapat", method=Method.OBSERVATION, text=TEXT, collector="Pengamat", code="S1")
    lock_source(by, **at, source="S1")


if __name__ == "__main__":
    main(sys.argv[1])
