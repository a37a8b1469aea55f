"""A program for tests: makes a trail with anchors, damages it in every way by plain SQL, and says what is found.

Run as `python -m tests.store.tampering FOLDER`; with DATABASE_URL it works on that database, else on SQLite files that are
copied and edited behind the program's back. The answer is JSON: the sentences that each damage leads to.
"""

import hashlib
import json
import shutil
import sqlite3
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ACTS = 10
AUDIT, CHANGE, ANCHOR = "store_auditrecord", "store_fieldchange", "store_auditanchor"
DAMAGES = {
    "nothing": [],
    "actor of a record changed": [f"UPDATE {AUDIT} SET actor = 'lain' WHERE id = 4"],
    "details of a record changed": [f"UPDATE {AUDIT} SET details = '{{}}' WHERE id = 4"],
    "time of a record changed": [f"UPDATE {AUDIT} SET at = (SELECT at FROM {AUDIT} WHERE id = 2) WHERE id = 4"],
    "record in the middle deleted": [f"DELETE FROM {AUDIT} WHERE id = 5"],
    "tail deleted": [f"DELETE FROM {AUDIT} WHERE id > 8",
                     f"DELETE FROM {CHANGE} WHERE act NOT IN (SELECT act FROM {CHANGE} WHERE id <= 16)"],
    "last record deleted": [f"DELETE FROM {CHANGE} WHERE act = (SELECT act FROM {CHANGE} WHERE id = (SELECT MAX(id) FROM {CHANGE}))",
                            f"DELETE FROM {AUDIT} WHERE id = (SELECT MAX(id) FROM {AUDIT})"],
    "two records exchanged": [f"UPDATE {AUDIT} SET id = 900 WHERE id = 4", f"UPDATE {AUDIT} SET id = 4 WHERE id = 5",
                              f"UPDATE {AUDIT} SET id = 5 WHERE id = 900"],
    "value of the history changed": [f"UPDATE {CHANGE} SET after = 'palsu' WHERE id = 6"],
    "history of a value deleted": [f"DELETE FROM {CHANGE} WHERE id = 6"],
    "anchors exchanged": [f"UPDATE {ANCHOR} SET number = 90 WHERE number = 1", f"UPDATE {ANCHOR} SET number = 1 WHERE number = 2",
                          f"UPDATE {ANCHOR} SET number = 2 WHERE number = 90"],
    "anchor changed": [f"UPDATE {ANCHOR} SET head = (SELECT hash FROM {AUDIT} WHERE id = 3) WHERE number = 1"],
    "anchor deleted": [f"DELETE FROM {ANCHOR} WHERE number = 1"],
    "record inserted": "insert",
    "whole chain written anew": "rewrite",
    "whole chain and anchors written anew": "reanchor",
}  # fmt: skip


def make():
    """Acts with two changed fields each, and two anchors on the way."""
    from selaras.actions.anchors import anchor_trail
    from selaras.actions.audit import traced
    from selaras.core.access import operator

    by = operator("operator")
    for number in range(ACTS):
        with traced(by, action=f"tindakan {number}", agency="A") as trace:
            trace.changed("Unit", f"U{number}", "name", f"lama {number}", f"baru {number}")
            trace.changed("Unit", f"U{number}", "order", "1", "2")
        if number in (4, 9):
            anchor_trail(by)


def exported():
    from selaras.store.anchors import anchors

    return list(anchors())


def found(kept=()):
    from selaras.store.trail import verify

    done = verify(kept=kept)
    return [f"{item.breach}: {item.sentence}" for item in done.breaks]


def rewritten(rows):
    """Every record again with hashes that fit, after a change of the second."""
    previous = ""
    for number, row in enumerate(rows):
        if number == 1:
            row["action"] = "tindakan palsu"
        row["previous"] = previous
        at = row["at"].astimezone(UTC).isoformat()
        parts = [previous, at, row["actor"], row["action"], row["agency"], row["details"]]
        text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = row["hash"] = hashlib.sha256(text.encode()).hexdigest()
        yield row


def rewrite(run):
    """Write the chain anew with statements that `run` sends to the database."""
    from selaras.store.models import AuditRecord

    rows = list(AuditRecord.objects.order_by("pk").values())
    run(f"UPDATE {AUDIT} SET hash = 'x' || id, previous = 'y' || id")
    for row in rewritten(rows):
        run(
            f"UPDATE {AUDIT} SET action = '{row['action']}', hash = '{row['hash']}', previous = '{row['previous']}'"
            f" WHERE id = {row['id']}"
        )


def reanchor():
    """What somebody with the workspace's key can do too: sign the new heads."""
    from selaras.core.issuing.anchor import Anchor
    from selaras.store.anchors import installation_key
    from selaras.store.models import AuditAnchor, AuditRecord

    key, previous = installation_key(), ""
    for row in AuditAnchor.objects.order_by("number"):
        row.head = AuditRecord.objects.get(pk=row.last_id).hash
        anchor = Anchor(row.number, row.last_id, row.records, row.head, previous, row.made_at, row.made_by)
        row.previous, row.signature, previous = previous, key.sign(anchor.text().encode()), anchor.digest
        row.save()


def insert(run):
    """A record between two others, with a hash that fits what comes before it."""
    from selaras.store.models import AuditRecord

    run(f"UPDATE {AUDIT} SET id = id + 1000 WHERE id >= 5")
    run(f"UPDATE {AUDIT} SET id = id - 999 WHERE id >= 1000")
    before = AuditRecord.objects.get(pk=4)
    record = AuditRecord(at=datetime.now(UTC), actor="x", action="palsu", agency="A", details={}, previous="z" * 64)
    record.hash = record.computed_hash()
    run(
        f"INSERT INTO {AUDIT} (id, at, actor, action, agency, details, previous, hash) VALUES (5, "
        f"'{record.at.isoformat(sep=' ')}', 'x', 'palsu', 'A', '{{}}', '{'z' * 64}', '{record.hash}')"
    )
    assert before.pk == 4


def main():
    data = Path(sys.argv[1])
    from selaras.store import setup

    setup(data)
    from django.db import connection, transaction

    make()
    kept = exported()
    answers = {}
    if connection.vendor == "sqlite":
        from selaras.store.workspace import move

        connection.close()
        for number, (name, damage) in enumerate(DAMAGES.items()):
            folder = data.with_name(f"{data.name}-{number}")
            shutil.copytree(data, folder)
            move(folder)
            file = next(folder.glob("*.sqlite3"))
            with edited(file) as run:
                apply(damage, run)
            if damage == "reanchor":
                reanchor()
            answers[name] = {"alone": found(), "kept": found(kept)}
            connection.close()
    else:
        for name, damage in DAMAGES.items():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    apply(damage, cursor.execute)
                if damage == "reanchor":
                    reanchor()
                answers[name] = {"alone": found(), "kept": found(kept)}
                transaction.set_rollback(True)
    sys.stdout.write(json.dumps(answers))


def apply(damage, run):
    if damage == "insert":
        insert(run)
    elif damage in ("rewrite", "reanchor"):
        rewrite(run)
    else:
        for statement in damage:
            run(statement)


@contextmanager
def edited(file):
    """The database file, edited as any tool would."""
    opened = sqlite3.connect(file, isolation_level=None)
    try:
        yield opened.execute
    finally:
        opened.close()


if __name__ == "__main__":
    main()
