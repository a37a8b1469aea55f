"""Evidence that people add, documents that evaluators ask for, narratives and the letter."""

import http.server
import threading

import pytest
from tests.actions.evaluating import CODE, closed, letters_only, opened, people
from tests.store.example import records
from tests.store.filling import fill

from selaras.actions import evaluation_papers as verbs
from selaras.actions.evaluations import submit
from selaras.actions.evidence import Upload
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.evaluation.stages import Column
from selaras.store import models as tables
from selaras.store.evaluations import sheet_of
from selaras.store.evidence import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    fill(records())
    return people()


@pytest.fixture
def row(who):
    return opened(who)


def submitted(who, row):
    letters_only(who["unit"], row, Column.SELF)
    submit(who["unit"], agency=CODE, evaluation=row.pk)


def test_files_and_links_are_added_with_a_note_and_taken_back(who, row, tmp_path):
    file = tmp_path / "x"
    file.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    kept = verbs.add_proof(
        who["unit"], agency=CODE, evaluation=row.pk, item="1.a.1", upload=Upload(file, "Renstra.pdf"), note="Bab II."
    )
    assert path_of(CODE, kept.target).read_bytes() == file.read_bytes()
    link = verbs.add_proof(who["unit"], agency=CODE, evaluation=row.pk, item="1.a", link="https://contoh.example/r")
    assert (link.title, kept.title) == ("contoh.example", "Renstra.pdf")
    with pytest.raises(Refusal, match="tidak disimpan"):
        verbs.add_proof(who["unit"], agency=CODE, evaluation=row.pk, item="1.a", link="ftp://contoh")
    with pytest.raises(Refusal):
        verbs.add_proof(who["unit"], agency=CODE, evaluation=row.pk, item="1.a")
    with pytest.raises(NotFound):
        verbs.add_proof(who["unit"], agency=CODE, evaluation=row.pk, item="9", link="https://contoh.example/r")
    verbs.add_proof(who["ketua"], agency=CODE, evaluation=row.pk, item="1.a", link="https://contoh.example/k")
    with pytest.raises(NotAllowed):
        verbs.remove_proof(who["ketua"], agency=CODE, proof=link.pk)
    verbs.remove_proof(who["unit"], agency=CODE, proof=link.pk, reason="Salah.")
    assert len(sheet_of(row).proofs["1.a"]) == 1


def test_the_unit_adds_evidence_only_while_it_fills_in(who, row):
    submitted(who, row)
    with pytest.raises(Refusal, match="sudah diajukan"):
        verbs.add_proof(who["unit"], agency=CODE, evaluation=row.pk, item="1.a", link="https://contoh.example/r")
    verbs.add_proof(who["anggota"], agency=CODE, evaluation=row.pk, item="1.a", link="https://contoh.example/r")


def test_dead_links_are_told(who, row, monkeypatch):
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(200 if self.path == "/ada" else 404)
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815 (the name that the server asks for)

        def log_message(self, *parts):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        base = f"http://127.0.0.1:{server.server_port}"
        for name in ("ada", "hilang"):
            tables.EvaluationProof.objects.create(
                evaluation=row, item="1.a", kind="tautan", title=name, target=f"{base}/{name}", by="x"
            )
        found = verbs.check_proof_links(who["unit"], agency=CODE, evaluation=row.pk)
    finally:
        server.shutdown()
        server.server_close()
    told = {proof.title: (proof.healthy, proof.answer) for proof in found}
    assert told["hilang"][0] is False
    assert told["ada"][1]
    assert tables.EvaluationProof.objects.filter(checked_at__isnull=False).count() == 2


def test_documents_are_asked_for_answered_and_closed(who, row):
    with pytest.raises(Refusal, match="tim"):
        verbs.ask_document(who["unit"], agency=CODE, evaluation=row.pk, text="x")
    asked = verbs.ask_document(who["ketua"], agency=CODE, evaluation=row.pk, text="Notula reviu Renstra.", item="1.b")
    assert tables.Notice.objects.filter(user__username="unit", text__contains="Notula").exists()
    with pytest.raises(NotAllowed):
        verbs.answer_request(who["ketua"], agency=CODE, request=asked.pk, reply="x")
    with pytest.raises(Refusal, match="tidak disimpan"):
        verbs.answer_request(who["unit"], agency=CODE, request=asked.pk)
    done = verbs.answer_request(who["unit"], agency=CODE, request=asked.pk, link="https://contoh.example/n")
    assert (done.target, done.answered_by) == ("https://contoh.example/n", who["unit"].name)
    with pytest.raises(Refusal):
        verbs.close_request(who["unit"], agency=CODE, request=asked.pk)
    verbs.close_request(who["ketua"], agency=CODE, request=asked.pk)
    with pytest.raises(Refusal, match="ditutup"):
        verbs.answer_request(who["unit"], agency=CODE, request=asked.pk, reply="Lagi.")
    assert sheet_of(row).open_requests == 0


def test_narratives_and_letter_are_the_teams_and_also_follow_the_decision(who):
    row = closed(who)
    verbs.write_note(who["mutu"], agency=CODE, evaluation=row.pk, component="1", text="Baik.\r\nLanjutkan.")
    with pytest.raises(Conflict):
        verbs.write_note(who["mutu"], agency=CODE, evaluation=row.pk, component="1", text="Lain.", seen="")
    with pytest.raises(NotFound):
        verbs.write_note(who["mutu"], agency=CODE, evaluation=row.pk, component="9", text="x")
    with pytest.raises(Refusal):
        verbs.write_note(who["unit"], agency=CODE, evaluation=row.pk, component="1", text="x")
    done = verbs.write_letter(
        who["ketua"], agency=CODE, evaluation=row.pk, fields={"date": "1/7/2025", "number": " 7 "}
    )
    assert done.letter == {"date": "2025-07-01", "number": "7"}
    with pytest.raises(Refusal, match="Tanggal tidak terbaca"):
        verbs.write_letter(who["ketua"], agency=CODE, evaluation=row.pk, fields={"date": "besok"})
    with pytest.raises(Refusal, match="tidak disimpan"):
        verbs.write_letter(who["ketua"], agency=CODE, evaluation=row.pk, fields={"conclusion": "x"})
    assert done.notes == {"1": "Baik.\nLanjutkan."}
