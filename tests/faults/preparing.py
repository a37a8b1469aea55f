"""Makes the installation ready for the fault tests: people who sign in, and a register."""

import json
import sys
from pathlib import Path

from tests.faults.house import BIRO

from selaras.cli.options import open_web_workspace

open_web_workspace(Path(sys.argv[1]))

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from selaras.actions import registers  # noqa: E402
from selaras.core.access import Role, operator  # noqa: E402
from selaras.store import models as tables  # noqa: E402

settings.ALLOWED_HOSTS = ["*"]
registers.take_preset(operator("penyiap"), agency=BIRO, preset_code="permohonan_informasi")
place = tables.Agency.objects.get(code=BIRO)
cookies = []
for number in range(50):
    user = tables.User.objects.create_user(f"orang-{number}", name=f"Orang {number}")
    for role in (Role.PLANNER, Role.REPORTER, Role.REVIEWER):
        tables.RoleGrant.objects.create(user=user, role=role.value, agency=place)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
(Path(sys.argv[1]) / "cookies.json").write_text(json.dumps(cookies))
sys.stdout.write(json.dumps({"people": len(cookies)}))
