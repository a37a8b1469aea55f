"""A finding on its way into the register of follow-up and back."""

import pytest
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.core.measurement.origin import code_of_finding, finding_of
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/reviu/"
REGISTER = f"/i/{BIRO}/2024/tindak-lanjut/"

pytestmark = pytest.mark.slow


def entered(case):
    return tables.Obstacle.objects.filter(agency__code=BIRO, code__startswith=f"REVIU-{case.pk}-")


def test_an_accepted_finding_becomes_a_follow_up_with_its_way_back(reviewer, signed_in, case, names):
    page = f"{AT}{case.pk}/?temuan={names[0]}"
    assert "Jadikan tindak lanjut" not in reviewer.get(page).content.decode(), "nobody stands by it yet"
    assert reviewer.post(f"{AT}{case.pk}/tindak-lanjut", {"temuan": names[0]}).status_code == 422
    reviewer.post(f"{AT}{case.pk}/putusan", {"temuan": names[0], "putusan": "terima"})
    assert "Jadikan tindak lanjut" in reviewer.get(page).content.decode()
    code = code_of_finding(case.pk, names[0])
    planner = signed_in(Role.PLANNER)
    answer = reviewer.post(f"{AT}{case.pk}/tindak-lanjut", {"temuan": names[0]})
    assert answer["Location"] == f"{REGISTER}{code}/"
    row = entered(case).get()
    finding = case.result["kept"][0]["finding"]
    assert (row.obstacle, row.status, row.year) == (finding["message"], "belum", 2024)
    assert finding["code"] in row.constraint
    assert row.follow_up
    entry = reviewer.get(answer["Location"])
    assert entry.context["origin"]["url"] == f"{AT}{case.pk}/?temuan={finding_of(code)[1]}"
    back = reviewer.get(entry.context["origin"]["url"])
    assert back.context["current"].fingerprint == names[0]
    assert "Ada dalam daftar tindak lanjut" in back.content.decode()
    assert tables.Notice.objects.filter(user__username="contoh-planner", text__contains="daftar tindak lanjut").exists()
    assert planner.get(f"{REGISTER}{code}/").context["origin"]["url"] == "", "a working paper is for reviewers"
    again = reviewer.post(f"{AT}{case.pk}/tindak-lanjut", {"temuan": names[0]})
    assert again.status_code == 422
    assert "sudah ada dalam daftar" in again.content.decode()


def test_what_was_put_aside_is_not_followed_up(reviewer, case, names):
    given = {"temuan": names[0], "putusan": "kesampingkan", "alasan": "Sudah dijelaskan."}
    reviewer.post(f"{AT}{case.pk}/putusan", given)
    assert reviewer.post(f"{AT}{case.pk}/tindak-lanjut", {"temuan": names[0]}).status_code == 422
    assert not entered(case).exists()


def test_a_returned_report_enters_all_that_the_reviewer_stands_by_at_once(reviewer, case, names):
    given = {"temuan": names[0], "putusan": "kesampingkan", "alasan": "Sudah dijelaskan."}
    reviewer.post(f"{AT}{case.pk}/putusan", given)
    reviewer.post(f"{AT}{case.pk}/kembalikan", {"catatan": "Perbaiki angkanya."})
    page = reviewer.get(f"{AT}{case.pk}/")
    count = page.context["follow_count"]
    assert count > 0
    assert f"Jadikan tindak lanjut {count} temuan" in page.content.decode()
    answer = reviewer.post(f"{AT}{case.pk}/tindak-lanjut", follow=True)
    assert f"{count} temuan masuk daftar tindak lanjut." in answer.content.decode()
    assert {line["row"].pk for line in answer.context["lines"]} == set(entered(case).values_list("pk", flat=True))
    assert entered(case).count() == count
    assert not entered(case).filter(code=code_of_finding(case.pk, names[0])).exists()
    assert reviewer.get(f"{AT}{case.pk}/").context["follow_count"] == 0


def test_strangers_and_those_without_the_right_enter_nothing(signed_in, reviewer, case, names):
    reviewer.post(f"{AT}{case.pk}/putusan", {"temuan": names[0], "putusan": "terima"})
    address = f"{AT}{case.pk}/tindak-lanjut"
    assert reviewer.get(address).status_code == 405
    assert signed_in(Role.REVIEWER, agency=KPU, name="contoh-asing").post(address).status_code == 404
    assert signed_in(Role.PLANNER).post(address, {"temuan": names[0]}).status_code == 404
    assert signed_in(Role.READER, name="contoh-warga").post(address).status_code == 403
    assert not entered(case).exists()


def test_the_writers_enter_the_findings_of_an_issued_review_of_their_edition(signed_in, reviewer, case, edition, names):
    tables.ReviewCase.objects.filter(pk=case.pk).update(edition=edition)
    reviewer.post(f"{AT}{case.pk}/kembalikan", {"catatan": "Perbaiki angkanya."})
    planner = signed_in(Role.PLANNER)
    assert planner.post(f"{AT}{case.pk}/tindak-lanjut", {"temuan": names[0]}).status_code == 302
    assert planner.get(f"{REGISTER}{code_of_finding(case.pk, names[0])}/").context["origin"]["url"]
    evaluator = signed_in(Role.EVALUATOR)
    assert evaluator.post(f"{AT}{case.pk}/tindak-lanjut", {"temuan": names[1]}).status_code == 403
