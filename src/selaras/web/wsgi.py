"""The WSGI application, for any host."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selaras.web.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 (Django reads the settings while importing)

application = get_wsgi_application()
