"""Verifying with the register: which version a file is, whether print and data agree, queue, roots; by verb, page and terminal."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from tests.signing_authority import Authority, alone
from tests.web.conftest import BIRO, inside, one_connection, samples, signed_in  # noqa: F401 (fixtures)

from selaras.actions import _verifying_runner, verifying
from selaras.actions.anchors import anchor_trail
from selaras.actions.verifying import add_root, clear_verifications, look, remove_root, request_verification, work_off
from selaras.cli.main import main
from selaras.core.access import Actor, Role, acting, operator
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.issuing.inspection import plain
from selaras.core.issuing.stages import IssuedState, SignatureState
from selaras.core.issuing.verdict import verdict
from selaras.core.reporting import compose
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.figures import Figures
from selaras.core.value import percent
from selaras.documents.pades.verify_child import inspect
from selaras.documents.write import write
from selaras.store import models as tables
from selaras.store.issuing import issued_path
from selaras.store.models.proofs import VerificationState
from selaras.store.proofs import registered_as, trusted_roots, upload_path, verifications_folder

pytestmark = pytest.mark.slow
PUBLIC = Actor("publik")
ADMIN = operator("Penata Contoh")


@pytest.fixture(scope="module")
def authority():
    with Authority() as one:
        yield one


def changed(snapshot, target):
    """The same agency with another agreed target of one indicator."""
    return replace(
        snapshot,
        agreement_lines=tuple(
            replace(item, target=target) if item.indicator == "IKU-2" else item for item in snapshot.agreement_lines
        ),
        head_goals=tuple(
            replace(item, target=target) if item.indicator == "IKU-2" else item for item in snapshot.head_goals
        ),
    )


@pytest.fixture(scope="module")
def papers(biro, law, tmp_path_factory):
    """An agreement as it should be; one whose print, and one whose attached data, were changed; one with a false figure."""
    folder = tmp_path_factory.mktemp("dokumen")
    other = changed(biro, percent(99))
    right, wrong = compose(biro, law, kind="pk"), compose(other, law, kind="pk")
    report = compose(biro, law, kind="lkjip")
    body = json.loads(report.attachment)
    body["figures"][0]["value"] = "12345"
    made = {
        "right": right, "print": replace(wrong, attachment=right.attachment),
        "data": replace(right, attachment=attach(other, Figures(other, law).computed)),
        "figure": replace(report, attachment=json.dumps(body)), "broken": replace(right, attachment='{"schema":"x"}'),
        "code": replace(right, footer="Keasliannya diperiksa dengan kode 7KQ2M-XW9TP."),
    }  # fmt: skip
    for name, document in made.items():
        write(document, "pdf", folder / f"{name}.pdf")
    return folder


def signed(content, signer, name="Tanda1"):
    about = signers.PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    return alone(signers.sign_pdf, IncrementalPdfFileWriter(BytesIO(content)), about, signer.simple()).getvalue()


@pytest.fixture
def trusted(inside, authority):  # noqa: F811
    add_root(ADMIN, pem=authority.roots_pem.decode(), name="Akar Uji", source="dibuat oleh uji")


@pytest.fixture(scope="module")
def stages(papers, authority, tmp_path_factory):
    """Who signs an agreement, and its files by stage: before, after the first signature, after the second."""
    who = (authority.signer("Pihak Pertama Contoh"), authority.signer("Pihak Kedua Contoh"))
    content = [(papers / "right.pdf").read_bytes()]
    content += [signed(content[0], who[0])]
    content += [signed(content[1], who[1], "Tanda2")]
    folder = tmp_path_factory.mktemp("tahap")
    paths = [folder / f"tahap-{number}.pdf" for number in range(len(content))]
    for path, one in zip(paths, content, strict=True):
        path.write_bytes(one)
    return who, paths, [hashlib.sha256(one).hexdigest() for one in content]


@pytest.fixture
def issued(trusted, stages):
    """Version 1 of an agreement with two signatures, as the register keeps it, and its files by stage."""
    signers_, paths, hashes = stages
    row = tables.IssuedDocument.objects.create(
        agency=tables.Agency.objects.get(code=BIRO), kind="pk", key="PK-1", title="Perjanjian kinerja contoh", year=2024,
        code="7KQ2MXW9TP", state=IssuedState.ISSUED.value, reason="Terbitan pertama.", source_sha256=hashes[0],
        sha256=hashes[2], file="pk.pdf", pages=2, issued_at=timezone.now(), made_by="Penata Contoh",
    )  # fmt: skip
    for number, sha256 in enumerate(hashes):
        tables.IssuedStage.objects.create(document=row, number=number, sha256=sha256)
    for order, who in enumerate(signers_, 1):
        tables.IssuedSignature.objects.create(
            document=row, order=order, role="pihak", holder=who.name, state=SignatureState.SIGNED.value,
            certificate_sha256=who.sha256, signed_at=timezone.now(),
        )  # fmt: skip
    return row, paths


def known(path, authority):
    """What is said of a file by signatures and register, without reading it back."""
    order = {
        "roots": [{"name": "Akar Uji", "pem": authority.roots_pem.decode()}], "moment": timezone.now().isoformat(),
    }  # fmt: skip
    found = inspect(path, order)
    rows = registered_as(found)
    return {"verdict": plain(verdict(found, rows)), "registered": [plain(one) for one in rows]}


def said(answer):
    told = answer["verdict"]
    return " ".join([told["headline"], *(one["words"] for one in told["sentences"])])


def test_the_registered_version_is_known_with_its_data(issued):
    answer = look(PUBLIC, path=issued[1][2])
    assert answer["verdict"]["outcome"] == "sah"
    assert "sama persis dengan yang terdaftar: Perjanjian kinerja contoh, versi 1" in said(answer)
    assert "Angka yang tercetak cocok dengan data terlampir" in said(answer)
    assert "Data terlampir sama dengan data beku" in said(answer)


def test_an_earlier_stage_is_known_as_such(issued, authority):
    answer = known(issued[1][1], authority)
    assert "tahap sebelumnya" in said(answer)
    assert "dengan 1 dari 2 tanda tangan" in said(answer)
    assert known(issued[1][0], authority)["registered"][0]["match"] == "tahap sebelumnya"


def test_a_newer_version_and_a_withdrawal_are_told(issued, authority):
    row, paths = issued
    newer = tables.IssuedDocument.objects.create(
        agency=row.agency, kind="pk", key="PK-1", title=row.title, year=2024, version=2, code="3FGHJK4MNP", file="x",
        state=IssuedState.ISSUED.value, reason="Target IKU-2 diperbaiki.", replaces=row,
    )  # fmt: skip
    row.state = IssuedState.REPLACED.value
    row.save()
    answer = known(paths[2], authority)
    assert answer["verdict"]["outcome"] == "tidak berlaku lagi"
    assert "Sudah diganti versi 2 (kode 3FGHJK4MNP) karena Target IKU-2 diperbaiki." in said(answer)
    newer.delete()
    row.state, row.note = IssuedState.WITHDRAWN.value, "Salah instansi."
    row.save()
    answer = known(paths[2], authority)
    assert answer["verdict"]["headline"] == "Dokumen ini asli, tetapi sudah ditarik."
    assert "Dokumen ini sudah ditarik: Salah instansi." in said(answer)


def test_a_registered_file_with_something_added_is_not_the_registered_one(issued, authority, tmp_path):
    path = tmp_path / "ditambah.pdf"
    path.write_bytes(signed(issued[1][0].read_bytes(), Authority.self_signed("Orang Lain"), "Palsu"))
    answer = known(path, authority)
    assert answer["verdict"]["outcome"] == "berubah"
    assert "sesudahnya ada yang ditambahkan dan tidak terdaftar" in said(answer)
    path.write_bytes(issued[1][2].read_bytes() + b"\n%%EOF\n")
    assert known(path, authority)["registered"][0]["match"] == "berkas terdaftar yang ditambah"


def test_a_file_that_only_bears_the_code_is_told_apart(issued, papers, authority):
    answer = known(papers / "code.pdf", authority)
    assert answer["registered"][0]["match"] == "hanya kodenya"
    assert "tetapi berkas ini bukan berkas yang terdaftar" in said(answer)


@pytest.mark.parametrize(("name", "words"), [
    ("print", "tercetak 99%, data terlampir memuat 60%"), ("data", "data terlampir memuat 99"),
    ("figure", "data terlampir memuat 12345"),
])  # fmt: skip
def test_a_figure_that_differs_between_print_and_data_is_named_with_its_page(trusted, papers, name, words):
    answer = look(PUBLIC, path=papers / f"{name}.pdf")
    assert answer["verdict"]["outcome"] == "angka tidak cocok"
    found = [item for item in answer["compared"]["differences"] if words in item["sentence"]]
    assert found, answer["compared"]["differences"]
    assert name == "figure" or found[0]["pages"]


def test_what_is_no_document_of_ours_is_told(trusted, papers, tmp_path):
    answer = look(PUBLIC, path=papers / "right.pdf")
    assert answer["verdict"]["outcome"] == "tanpa tanda tangan"
    assert "tidak tercatat dalam register" in said(answer)
    assert look(PUBLIC, path=papers / "broken.pdf")["compared"]["agreement"] == "tidak terbaca"


@pytest.fixture
def queue(monkeypatch):
    """The work of the process that verifies is done here, when the test says so."""
    started = []
    monkeypatch.setattr(_verifying_runner, "launch", lambda _data, waiting: started.append(waiting))
    return started


def test_a_file_waits_is_looked_at_and_forgotten(trusted, papers, queue, monkeypatch):
    row = request_verification(PUBLIC, path=papers / "right.pdf", name="../../etc/Berkas\x00 saya.pdf")
    assert queue == [{row.code: row.code}]
    assert upload_path(row.code).exists()
    assert row.name == "Berkas saya.pdf"
    assert work_off(PUBLIC) == 1
    row.refresh_from_db()
    assert row.state == VerificationState.READY.value
    assert not upload_path(row.code).exists()
    assert row.result["verdict"]["outcome"] == "tanpa tanda tangan"
    monkeypatch.setattr(verifying, "MOST_WAITING", 1)
    request_verification(PUBLIC, path=papers / "right.pdf", name="a.pdf")
    with pytest.raises(Refusal, match="menunggu"):
        request_verification(PUBLIC, path=papers / "right.pdf", name="b.pdf")
    tables.Verification.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert clear_verifications(PUBLIC) == 1


def test_no_more_than_so_many_processes_verify_at_once_and_who_asks_for_much_waits(settings, tmp_path, monkeypatch):
    from contextlib import ExitStack

    from selaras.store.turns import Lane, queue, seat

    settings.DATA = tmp_path
    monkeypatch.setenv("SELARAS_TURNS", "2")
    with ExitStack() as held:
        assert [held.enter_context(seat(Lane.VERIFYING)) for _ in range(3)] == [True, True, False]
        _verifying_runner.launch(tmp_path, {"a1": "banyak", "a2": "banyak", "b1": "b1"})
        _verifying_runner.launch(tmp_path, {"a1": "banyak"})
        assert not (tmp_path / "verifications").exists(), "no process beside those that have the places"
    assert [item.order["code"] for item in queue(Lane.VERIFYING)] == ["a1", "b1", "a2"]
    with seat(Lane.VERIFYING) as found:
        assert found


def test_the_public_page_takes_a_file_and_shows_the_answer(issued, queue, settings):
    browser = Client(enforce_csrf_checks=True)
    assert browser.get("/verifikasi/").status_code == 200
    assert browser.post("/verifikasi/").status_code == 422
    upload = SimpleUploadedFile("dokumen.pdf", issued[1][2].read_bytes(), "application/pdf")
    answer = browser.post("/verifikasi/", {"berkas": upload})
    assert answer.status_code == 302
    waiting = browser.get(answer.url)
    assert b'hx-trigger="every 2s"' in waiting.content
    assert b"hx-get" in browser.get(f"{answer.url}keadaan/").content
    work_off(PUBLIC)
    done = browser.get(answer.url)
    page = done.content.decode()
    assert "Tanda tangan sah dan isi berkas tidak berubah." in page
    assert "Pihak Pertama Contoh" in page
    assert done["Cache-Control"] == "no-store"
    assert "every 2s" not in page
    assert not browser.cookies
    assert browser.get("/verifikasi/periksa/tidak-ada-kode-ini-sama-sekali/").status_code == 404
    assert browser.put("/verifikasi/").status_code == 405


def test_the_public_page_of_a_document_says_how_it_stands(issued):
    row, _ = issued
    browser = Client()
    assert browser.get("/verifikasi/?kode=7kq2m-xw9tp").url == "/verifikasi/7KQ2MXW9TP/"
    page = browser.get("/verifikasi/7KQ2MXW9TP/").content.decode()
    assert "Dokumen ini terdaftar dan berlaku" in page
    assert "Pihak Kedua Contoh" in page
    assert row.sha256 in page
    assert browser.get("/verifikasi/AAAAAAAAAA/").status_code == 404
    assert browser.get("/verifikasi/?kode=salah").status_code == 404
    assert browser.get("/verifikasi/<b>/").status_code == 404


def test_the_file_is_handed_out_only_where_its_issuer_said_so(issued, settings):
    row, paths = issued
    browser, where = Client(), "/verifikasi/7KQ2MXW9TP/"
    path = issued_path(BIRO, row.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(paths[2].read_bytes())
    assert browser.get(f"{where}berkas/").status_code == 404
    assert f"{where}berkas/" not in browser.get(where).content.decode()
    tables.IssuedDocument.objects.filter(pk=row.pk).update(public=True)
    assert f"{where}berkas/" in browser.get(where).content.decode()
    assert browser.get(f"{where}berkas/").content == paths[2].read_bytes()
    tables.IssuedDocument.objects.filter(pk=row.pk).update(state=IssuedState.WITHDRAWN.value)
    assert browser.get(f"{where}berkas/").status_code == 404


def test_a_root_of_one_agency_vouches_only_for_its_own_register(inside, authority):  # noqa: F811
    here = acting("Penata Instansi", {Role.ADMINISTRATOR}, [BIRO])
    add_root(here, pem=authority.roots_pem.decode(), name="Akar Instansi", source="uji", agency=BIRO)
    assert not [one for one in trusted_roots() if one.name == "Akar Instansi"]
    assert not [one for one in trusted_roots("KPU-PROB") if one.name == "Akar Instansi"]
    assert [one for one in trusted_roots("KPU-PROB", BIRO) if one.name == "Akar Instansi"]


def test_a_file_that_breaks_the_verification_stops_nobody_behind_it(inside, queue, monkeypatch, tmp_path):  # noqa: F811
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF-1.7 rusak")
    rows = [verifying.request_verification(PUBLIC, path=path, name="a.pdf") for _ in range(2)]
    answers = iter([RuntimeError("tak terduga"), {"verdict": verifying._storable("a\0b\ud800")}])

    def looked(*_args, **_given):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(verifying, "look", looked)
    assert verifying.work_off(PUBLIC) == 2
    states = [tables.Verification.objects.get(pk=row.pk) for row in rows]
    assert [one.state for one in states] == ["gagal", "selesai"]
    assert states[1].result == {"verdict": "a�b?"}
    assert not list(verifications_folder().glob("*.file"))


def test_one_address_may_not_hand_in_files_without_end(inside, queue):  # noqa: F811
    browser = Client()
    codes = [browser.post("/verifikasi/").status_code for _ in range(14)]
    assert codes[0] == 422
    assert codes[-1] == 429


def test_roots_are_added_with_their_source_by_who_may_and_taken_away(inside, authority):  # noqa: F811
    pem = authority.roots_pem.decode()
    here = acting("Penata Instansi", {Role.ADMINISTRATOR}, [BIRO])
    reader = acting("Pembaca", {Role.REVIEWER}, [BIRO])
    with pytest.raises(Refusal, match="Sumber"):
        add_root(here, pem=pem, name="A", source=" ", agency=BIRO)
    with pytest.raises(NotAllowed):
        add_root(reader, pem=pem, name="A", source="uji", agency=BIRO)
    with pytest.raises(NotAllowed):
        add_root(here, pem=pem, name="A", source="uji")
    with pytest.raises(Refusal, match="bukan akar"):
        add_root(here, pem=authority.signer().pem.decode(), name="A", source="uji", agency=BIRO)
    with pytest.raises(Refusal, match="bukan sertifikat"):
        add_root(here, pem="bukan", name="A", source="uji", agency=BIRO)
    row = add_root(here, pem=pem, name="A", source="uji", agency=BIRO)
    with pytest.raises(Refusal, match="sudah dipercaya"):
        add_root(here, pem=pem, name="A", source="uji", agency=BIRO)
    with pytest.raises(Refusal, match="Alasan"):
        remove_root(here, root=row.pk, reason="")
    remove_root(here, root=row.pk, reason="Kuncinya bocor.")
    with pytest.raises(NotFound):
        remove_root(here, root=row.pk, reason="Lagi.")


def test_the_pages_inside_show_register_anchors_and_roots(issued, signed_in, authority, django_assert_max_num_queries):  # noqa: F811
    browser = signed_in(Role.ADMINISTRATOR)
    home = f"/i/{BIRO}/2024/verifikasi/"
    with django_assert_max_num_queries(12):
        page = browser.get(home).content.decode()
    assert "7KQ2MXW9TP" in page
    row = tables.IssuedDocument.objects.get()
    tables.IssuedDocument.objects.filter(pk=row.pk).update(title="=HYPERLINK(1)")
    table = browser.get(f"{home}register.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    assert row.sha256 in table
    body = json.loads(browser.get(f"{home}register.json").content)
    assert (body["documents"][0]["versi"], body["documents"][0]["alasan"]) == (1, "Terbitan pertama.")
    assert browser.get(f"{home}register.xls").status_code == 404
    assert browser.post(f"{home}jangkar/").status_code == 403, "only who looks after the whole installation"
    assert anchor_trail(ADMIN) is not None
    assert "Sesuai" in browser.get(f"{home}jangkar/").content.decode()
    assert signed_in(Role.PLANNER).get(home).status_code == 403
    assert signed_in(Role.ADMINISTRATOR, agency="KPU-PROB", name="contoh-lain").get(home).status_code == 404
    assert "Akar Uji" in browser.get(f"{home}akar/").content.decode()
    whole = signed_in(Role.ADMINISTRATOR, agency=None, name="contoh-instalasi")
    text = whole.get(f"{home}jangkar/berkas.json").content.decode()
    assert json.loads(text)["anchors"][0]["schema"] == "selaras/anchor/1"
    other = Authority("Penyelenggara Lain")
    other._server.server_close()
    upload = SimpleUploadedFile("akar.pem", other.roots_pem, "application/x-pem-file")
    assert whole.post(f"{home}akar/", {"berkas": upload, "sumber": "uji", "lingkup": "instalasi"}).status_code == 302
    added = tables.TrustRoot.objects.order_by("-pk").first()
    assert added.agency is None
    assert whole.post(f"{home}akar/{added.pk}/cabut/", {"alasan": "Uji selesai."}).status_code == 302
    assert whole.post(f"{home}akar/", {"pem": "bukan", "sumber": "uji"}).status_code == 422


def test_anchors_are_signed_by_the_certificate_of_an_agency_too(inside, authority):  # noqa: F811
    from selaras.store.anchors import signature_fault
    from selaras.store.anchors import signed as as_value

    row = anchor_trail(ADMIN, p12=authority.signer("Segel Contoh").p12("rahasia"), passphrase="rahasia")
    assert signature_fault(as_value(row)) == ""
    forged = replace(as_value(row), anchor=replace(as_value(row).anchor, records=1))
    assert "tidak sesuai" in signature_fault(forged)
    assert anchor_trail(ADMIN) is None, "nothing new but the anchor itself"
    with pytest.raises(NotAllowed):
        anchor_trail(acting("Penata", {Role.ADMINISTRATOR}, [BIRO]))


def test_the_terminal_verifies_without_a_database(papers, authority, tmp_path, capsys):
    path = tmp_path / "surat.pdf"
    path.write_bytes(signed((papers / "right.pdf").read_bytes(), authority.signer("Penanda Contoh")))
    assert main(["verify", str(path)]) == 3
    text = capsys.readouterr().out
    assert "Penanda tangan tidak dikenal: akar “Akar Uji” tidak ada dalam daftar tepercaya." in text
    (tmp_path / "akar").mkdir()
    (tmp_path / "akar" / "uji.pem").write_bytes(authority.roots_pem)
    assert main(["verify", str(path), "--trust", str(tmp_path / "akar"), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"]["outcome"] == "sah"
    assert told["inspection"]["signatures"][0]["certificate"]["subject"] == "Penanda Contoh"
    path.write_bytes(path.read_bytes().replace(b"/Title", b"/Tutle", 1))
    assert main(["verify", str(path), "--trust", str(tmp_path / "akar")]) == 1
    assert main(["verify", str(tmp_path / "tidak-ada.pdf")]) != 0
