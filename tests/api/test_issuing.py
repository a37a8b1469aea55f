"""Issued documents for programs: read with the eyes of the token's person, never signed."""

import hashlib
from datetime import date

from tests.web.conftest import BIRO, KPU

from selaras.actions import issuing, issuing_minutes
from selaras.core.access import Role, acting

AT = f"/agencies/{BIRO}"
WRITER = acting("Penulis Contoh", {Role.REPORTER}, [BIRO])


def test_a_program_reads_what_was_issued_and_the_file_is_the_registered_one(planner, program):
    minutes = issuing_minutes.write_minutes(
        WRITER,
        agency=BIRO,
        number="1/BA",
        title="Rapat",
        held_on=date(2024, 5, 6),
        place="",
        text="Satu.",
        signers=["KABIRO"],
    )
    row = issuing.issue(WRITER, agency=BIRO, kind="berita-acara", key=str(minutes.pk))
    (told,) = planner.get(f"{AT}/2024/issued").json()
    assert (told["id"], told["version"], told["signatures"][0]["state"]) == (row.pk, 1, "menunggu")
    assert planner.get(f"{AT}/issued/{row.pk}").json() == told
    answer = planner.get(f"{AT}/issued/{row.pk}/file")
    assert hashlib.sha256(answer.content).hexdigest() == told["sha256"] == answer["ETag"].strip('"')
    assert program(Role.EMPLOYEE).get(f"{AT}/issued/{row.pk}").status_code == 404, "minutes are for who composes"
    assert planner.get(f"/agencies/{KPU}/issued/{row.pk}").status_code == 404
