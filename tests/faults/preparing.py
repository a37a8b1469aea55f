"""Makes the installation of the fault tests, `preparing DATA`: an agency with its figures, people who sign in, a register."""

import json
import sys
from pathlib import Path

from tests.faults.house import BIRO, BOOK

from selaras.cli.options import open_web_workspace

open_web_workspace(Path(sys.argv[1]))

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from selaras.actions import registers  # noqa: E402
from selaras.actions.exchange import load_workbook  # noqa: E402
from selaras.core.access import Role, operator  # noqa: E402
from selaras.store import models as tables  # noqa: E402

settings.ALLOWED_HOSTS = ["*"]
load_workbook(operator("penyiap"), path=BOOK)
registers.take_preset(operator("penyiap"), agency=BIRO, preset_code="permohonan_informasi")
place = tables.Agency.objects.get(code=BIRO)
other = tables.Agency.objects.create(code="TENANG", name="Dinas Tenang", kind=place.kind)
cookies = []
for number in range(50):
    user = tables.User.objects.create_user(f"orang-{number}", name=f"Orang {number}")
    tables.RoleGrant.objects.bulk_create(
        tables.RoleGrant(user=user, role=role.value, agency=place)
        for role in (Role.PLANNER, Role.REPORTER, Role.REVIEWER)
    )
    if number == 49:
        tables.RoleGrant.objects.create(user=user, role=Role.PLANNER.value, agency=other)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
keeper = tables.User.objects.create_user("pengelola", name="Pengelola")
tables.RoleGrant.objects.create(user=keeper, role=Role.ADMINISTRATOR.value)
(Path(sys.argv[1]) / "cookies.json").write_text(json.dumps(cookies))
sys.stdout.write(json.dumps({"people": len(cookies)}))
