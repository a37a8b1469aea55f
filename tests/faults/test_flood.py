"""One agency floods light pages of a real server: the pages of another come nearly as fast as if it were alone."""

import json
import shutil
import statistics
import threading
import time

import pytest
from tests.faults import house
from tests.faults.house import BIRO, asked

pytestmark = pytest.mark.slow
FLOOD, TIMES = 40, 40 if house.FULL else 6


def test_the_quiet_agency_is_not_starved(made, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(made, data)
    cookies = json.loads((data / "cookies.json").read_text())
    quiet, answers, ended = [], [], threading.Event()

    def timed(cookie, agency):
        began = time.perf_counter()
        status, headers, _ = asked(port, "GET", f"/i/{agency}/2024/pengukuran/", cookie=cookie)
        return status, headers, time.perf_counter() - began

    def flood(number):
        while not ended.is_set():
            answers.append(timed(cookies[number], BIRO))

    with house.served(data, workers=1) as port:
        alone = statistics.median(timed(cookies[-1], "TENANG")[2] for _ in range(TIMES + 1))
        busy = statistics.median(timed(cookies[0], BIRO)[2] for _ in range(3))
        threads = [threading.Thread(target=flood, args=(number,)) for number in range(FLOOD)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        quiet = [timed(cookies[-1], "TENANG") for _ in range(TIMES)]
        ended.set()
        for thread in threads:
            thread.join()
    assert {status for status, *_ in quiet} == {200}
    assert {status for status, *_ in answers} == {200, 429}
    assert all(int(headers["Retry-After"]) > 0 for status, headers, _ in answers if status == 429)
    under = statistics.median(seconds for *_, seconds in quiet)
    assert under < alone + FLOOD / 3 * busy, "far sooner than after everybody of the flood"
