"""The process that reads: it ends in time. That it takes its turn stands in `tests/store/test_turns.py`."""

import time

import pytest

from selaras.actions._runner import TooLong, at_most


def test_work_that_takes_too_long_is_ended():
    with pytest.raises(TooLong), at_most(1):
        time.sleep(5)
    time.sleep(0.01)
