"""A folder of shipped rules with one thing broken in it, which must be refused by the name of its file."""

import shutil

import pytest

from selaras.core.errors import Refusal


def copied(shipped, names, folder):
    """The shipped files in a folder of their own."""
    for name in names:
        shutil.copy(shipped / name, folder / name)
    return folder


def refused_by_name(read, folder, day, file, old, new):
    """Put `new` in the place of `old` in a file; reading the folder tells which file is broken."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read(folder, day)
    assert refused.value.faults[0].place.source == file
