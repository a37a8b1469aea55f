"""The process that reads: it takes its turn, and it ends in time."""

import threading
import time

import pytest

from selaras.actions._runner import SLOTS, TooLong, at_most, slot


def test_only_so_many_read_at_once(tmp_path):
    inside, most = [], []

    def work():
        with slot(tmp_path):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.05)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(2 * SLOTS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) <= SLOTS


def test_work_that_takes_too_long_is_ended():
    with pytest.raises(TooLong), at_most(1):
        time.sleep(5)
    time.sleep(0.01)
