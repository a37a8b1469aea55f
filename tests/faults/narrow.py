"""Runs one of our commands where no room is left, without a disk of its own: `narrow BYTES WORD ...`.

No file may grow beyond so many bytes (the system's own limit, which gives EFBIG), and the database takes no page more than
it has (SQLite's own limit, which gives what a full disk gives). Works wherever a file system cannot be mounted.
"""

import resource
import sys

from django.db.backends.signals import connection_created

from selaras.cli.main import main


def narrowed(connection, **_):
    """No page more."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes what there is for the least


connection_created.connect(narrowed)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
raise SystemExit(main(sys.argv[2:]))
