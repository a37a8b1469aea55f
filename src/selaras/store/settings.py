"""Django settings, read from the environment alone; importing them creates nothing and opens nothing.

`SELARAS_DATA`           the workspace: database, evidence, secret key (default `./selaras-data`)
`DATABASE_URL`           `sqlite:///path` or `postgres://user:password@host/db` (default `<data>/selaras.sqlite3`)
`SELARAS_SECRET_KEY`     else the text of `<data>/secret.key`, which `selaras.store.setup` makes once
`SELARAS_NATION`         folder of the snapshot files of all agencies (default `<data>/nation`)
`SELARAS_TURNS`          how many heavy works (composing, reading, verifying) run at once (default: one per processor, at most 4)
`SELARAS_DEBUG`          `1` shows errors in the browser; never in production
`SELARAS_ALLOWED_HOSTS`  host names, divided by commas (default: this machine only)
"""

from __future__ import annotations

import os
from pathlib import Path

from selaras.store.database import database

DATA = Path(os.environ.get("SELARAS_DATA") or "selaras-data").absolute()
KEY_FILE = DATA / "secret.key"

SECRET_KEY = os.environ.get("SELARAS_SECRET_KEY") or (KEY_FILE.read_text().strip() if KEY_FILE.is_file() else "")
NATION = os.environ.get("SELARAS_NATION", "")
SITE_URL = os.environ.get("SELARAS_SITE_URL", "http://localhost:8000").rstrip("/")
DEBUG = os.environ.get("SELARAS_DEBUG", "") == "1"
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("SELARAS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]

INSTALLED_APPS = ["selaras.store"]
AUTH_USER_MODEL = "store.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
