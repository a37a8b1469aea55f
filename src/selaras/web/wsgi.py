"""The WSGI application, for any host."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selaras.web.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# A worker keeps ten thousands of records (`store/kept.py`), none of which are garbage: looking through them after every 700
# new objects, as Python does, took up to two fifths of the time of reading an agency anew.
gc.freeze()
gc.set_threshold(50_000, 10, 10)
