"""What is shown in a form is read back as the same record."""

import dataclasses

import pytest

from selaras.core.place import NOWHERE
from selaras.core.planning import Indicator, Node
from selaras.core.snapshot import RECORD_KINDS
from selaras.documents.workbook.schema import BY_RECORD
from selaras.documents.workbook.typed import read_typed, texts_of


def test_every_record_of_the_samples_is_shown_and_read_back_as_itself(snapshot):
    kinds = {indicator.code: indicator.value_kind for indicator in snapshot.indicators}
    for kind in RECORD_KINDS:
        found = getattr(snapshot, kind.field)
        for item in found if isinstance(found, tuple) else (found,):
            row = read_typed(BY_RECORD[kind.record], texts_of(item, kinds), kinds)
            assert row.faults == ()
            assert dataclasses.replace(row.record, place=NOWHERE) == dataclasses.replace(item, place=NOWHERE)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [("level", "sasarran", "Mungkin maksudnya “sasaran”"), ("title", "", "wajib diisi"), ("order", "1,5", "bulat")],
)
def test_a_fault_names_the_column_and_how_to_mend_it(field, text, told):
    texts = {"code": "S-1", "level": "sasaran", "title": "Meningkatnya sesuatu", field: text}
    row = read_typed(BY_RECORD[Node], texts, {})
    (fault,) = row.faults
    assert told in fault.sentence()
    assert fault.place.column == next(column.header for column in BY_RECORD[Node].inputs if column.field == field)


def test_an_ambiguous_number_is_asked_and_not_guessed(biro):
    texts = texts_of(biro.indicators[0], {}) | {"cap": "1.234"}
    row = read_typed(BY_RECORD[Indicator], texts, {})
    assert any("1.234" in fault.sentence() for fault in row.faults)
