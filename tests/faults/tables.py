"""Tells every table as hashes of its rows and every kept file with its hash: `tables DATA`."""

import hashlib
import json
import sys
from pathlib import Path

from selaras.cli.options import open_web_workspace

DATA = Path(sys.argv[1])
open_web_workspace(DATA)

from django.db import connection  # noqa: E402

from selaras.store.archive import kept_files  # noqa: E402

told = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names()):
        cursor.execute(f'SELECT * FROM "{table}"')
        told[table] = sorted(hashlib.sha256(repr(row).encode()).hexdigest()[:16] for row in cursor.fetchall())
files = {
    name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    for name, path in kept_files(DATA)
    if not name.endswith(".log")
}
sys.stdout.write(json.dumps({"tables": told, "files": files}))
