"""Many kinds by one query: the same records, in the same order, as kind by kind."""

from dataclasses import replace

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill
from tests.store.test_postgres import child

from selaras.core.errors import NotFound
from selaras.core.place import NOWHERE
from selaras.core.planning import Target
from selaras.core.snapshot import RECORD_KINDS
from selaras.store.models import FieldChange
from selaras.store.reasons import reasons_of
from selaras.store.snapshot import load_part
from selaras.store.together import load_together

pytestmark = pytest.mark.django_db
KINDS = [kind.record for kind in RECORD_KINDS]


def test_it_gives_every_record_as_it_is_stored(django_assert_num_queries):
    fill(records())
    for year in (2024, 2025, 2031):
        with django_assert_num_queries(1):
            found = load_together(AGENCY.code, year, KINDS)
        assert found == load_part(AGENCY.code, year, KINDS)


def test_it_gives_only_the_kinds_that_are_wanted():
    fill(records())
    found = load_together(AGENCY.code, 2024, (Target,))
    assert found.targets == load_part(AGENCY.code, 2024, (Target,)).targets
    assert found.nodes == ()
    assert load_together(AGENCY.code, 2024, ()).agency.code == AGENCY.code


def test_records_that_are_not_placed_are_the_same_otherwise():
    fill(records())
    placed = load_together(AGENCY.code, 2024, (Target,)).targets
    bare = load_together(AGENCY.code, 2024, (Target,), placed=False).targets
    assert all(item.place == NOWHERE for item in bare)
    assert placed and bare == tuple(replace(item, place=NOWHERE) for item in placed)


def test_an_unknown_agency_is_not_found():
    with pytest.raises(NotFound, match="ENTAH"):
        load_together("ENTAH", 2024, KINDS)


def test_the_newest_reason_counts():
    for number, reason in enumerate(("lama", "baru", "")):
        FieldChange.objects.create(
            act="00000000-0000-0000-0000-000000000000", at=f"2024-01-0{number + 1}T00:00Z", actor="Contoh", agency="A",
            kind="Target", key="IKU-1", field="Target", before="", after="", reason=reason,
        )  # fmt: skip
    assert reasons_of("A", "Target", ["IKU-1", "IKU-2"]) == {"IKU-1": "baru"}


SCRIPT = """
import sys
from pathlib import Path
from selaras.store import setup
setup(Path(sys.argv[1]))
from selaras.core.snapshot import RECORD_KINDS
from selaras.store.snapshot import load_part
from selaras.store.together import load_together
from tests.store.example import AGENCY, records
from tests.store.filling import fill
from tests.store.test_postgres import child
from django.db import connection, transaction
from selaras.store.models import Agency
assert connection.vendor == "postgresql"
kinds = [kind.record for kind in RECORD_KINDS]
with transaction.atomic():
    if not Agency.objects.exists():
        fill(records())
    assert load_together(AGENCY.code, 2024, kinds) == load_part(AGENCY.code, 2024, kinds)
    transaction.set_rollback(True)
"""


@pytest.mark.postgres
@pytest.mark.slow
def test_postgresql_gives_the_same(postgres, tmp_path):
    done = child(postgres, "-c", SCRIPT, str(tmp_path))
    assert done.returncode == 0, done.stderr
