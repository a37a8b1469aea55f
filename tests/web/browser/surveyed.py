"""An installation with a survey that is open today: `python -m tests.web.browser.surveyed <folder>` writes its links there."""

import sys
from datetime import timedelta
from pathlib import Path

from tests.web.browser import studied

SURVEY, WAVE, UNIT = "budaya-uji", "2024-1", "BAG-RBA"
LINKS = "tautan.txt"
ANSWERED_IN_BROWSER = 3


def main(folder):
    studied.main(folder)
    from django.utils import timezone

    from selaras.actions import culture_surveys as verbs
    from selaras.actions.culture_answers import send_answers
    from selaras.core.access import operator
    from selaras.store import models as tables
    from selaras.store.culture_surveys import form_of

    agency = tables.Agency.objects.get(code="BIRO-ORG")
    leader = tables.User.objects.get(username="contoh.ketua")
    tables.RoleGrant.objects.create(user=leader, role="pimpinan", agency=agency)
    by, day = operator("Contoh"), timezone.localdate()
    at = {"agency": "BIRO-ORG", "survey": SURVEY}
    verbs.save_survey(
        by, agency="BIRO-ORG", code=SURVEY, title="Budaya kerja kantor", framework="berakhlak", notice="Untuk perbaikan.",
        buckets={"masa kerja": ["di bawah 5 tahun", "5 tahun atau lebih"]},
    )  # fmt: skip
    verbs.open_wave(by, **at, code=WAVE, opens=day, closes=day + timedelta(days=7), population={UNIT: 12}, year=2024)
    tokens = verbs.issue_tickets(by, **at, wave=WAVE, units={UNIT: 12})[UNIT]
    for token in tokens[ANSWERED_IN_BROWSER:]:  # what makes a wave large enough needs no browser
        items = form_of(token, day).questionnaire.items
        answers = {item.code: number % 4 + 2 for number, item in enumerate(items, 1)}
        send_answers(by, token=token, answers=answers, day=day)
    (Path(folder) / LINKS).write_text("\n".join(tokens), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
