"""Documents issued and signed: who, in which order, what is refused, and what stays on record."""

import hashlib
import io
from datetime import date
from functools import partial
from pathlib import Path

import pypdf
import pytest
from django.db import transaction
from tests.key_device import LABEL, PIN, TOKEN, filled_token, hanging
from tests.signing_authority import Authority

from selaras.actions import issuing, issuing_keys
from selaras.actions.agreements import draft_agreement
from selaras.actions.exchange import load_workbook
from selaras.actions.signing import agree_agreement, propose_agreement
from selaras.core.access import Actor, Grant, Role, acting, operator
from selaras.core.errors import CannotRun, Conflict, NotAllowed, NotFound, Refusal
from selaras.core.issuing.stages import IssuedState, Level, SignatureState, Way
from selaras.documents.pades.device import Pkcs11Place
from selaras.documents.pades.providers import FileProvider
from selaras.store import models as tables
from selaras.store.issuing import find_issued, issued_of, read_issued, waiting_for
from selaras.store.models.work import AgreementState
from selaras.store.together import load_together

pytestmark = pytest.mark.slow

BIRO = "BIRO-ORG"
ROOT = Path(__file__).parents[2]
KEY = "PK-KABAG-RBA-2024"
PLANNER = acting("Contoh Perencana", {Role.PLANNER}, {BIRO})
ADMIN = acting("Contoh Admin", {Role.ADMINISTRATOR}, {BIRO})
STRANGER = acting("Orang Lain", {Role.PLANNER}, {"KPU-PROB"})
HEAD = Actor("Contoh Kepala", (Grant(Role.SUPERIOR, BIRO),), "kepala", frozenset({(BIRO, "KABIRO")}))
CHIEF = Actor("Contoh Kabag", (Grant(Role.OWNER, BIRO),), "kabag", frozenset({(BIRO, "KABAG-RBA")}))
OTHER = Actor("Contoh Staf", (Grant(Role.EMPLOYEE, BIRO),), "staf")


@pytest.fixture(scope="module")
def authority():
    with Authority() as made:
        yield made


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_workbook(operator("Contoh"), path=ROOT / "examples" / "biro-organisasi-2024.xlsx")
        for who in (HEAD, CHIEF, OTHER):
            tables.User.objects.create(username=who.login, name=who.name)
        draft_agreement(PLANNER, agency=BIRO, year=2024, position="KABAG-RBA")
        propose_agreement(PLANNER, agency=BIRO, agreement=KEY)
        agree_agreement(HEAD, agency=BIRO, agreement=KEY, note="sesuai RKT")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def rows(sample, db, settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def issued():
    return issuing.issue(PLANNER, agency=BIRO, kind="pk", key=KEY)


def holder(position):
    facts = load_together(BIRO, 2024, {__import__("selaras.core.org", fromlist=["Tenure"]).Tenure})
    return next(item.name for item in facts.tenures if item.position == position)


@pytest.fixture(scope="module")
def keys(authority, sample, django_db_blocker):
    """Keys of those whom the document names."""
    with django_db_blocker.unblock():
        return {
            CHIEF.login: authority.signer(holder("KABAG-RBA")), HEAD.login: authority.signer(holder("KABIRO")),
            "seal": authority.signer("Segel Uji"), "other": authority.signer("Orang Asing"),
        }  # fmt: skip


def own(signer, passphrase="sandi"):
    return FileProvider(signer.p12(passphrase), passphrase)


def sign(by, row, order, signer, **more):
    return issuing.sign_document(by, agency=BIRO, document=row.pk, order=order, provider=own(signer), **more)


def test_an_agreement_is_signed_by_both_in_order_and_its_road_goes_along(issued, keys):
    assert [one.office for one in issued.signatures.all()] and issued.state == IssuedState.WAITING
    assert [row.pk for row, _ in waiting_for(CHIEF, BIRO)] == [issued.pk] and not waiting_for(HEAD, BIRO)
    first = sign(CHIEF, issued, 1, keys["kabag"], seen=issued.sha256)
    assert first.level == Level.B and first.provider == Way.OWN_FILE and first.sha256_before == issued.sha256
    issued.refresh_from_db()
    assert issued.state == IssuedState.SIGNING and first.sha256_after == issued.sha256
    assert [row.pk for row, _ in waiting_for(HEAD, BIRO)] == [issued.pk] and not waiting_for(CHIEF, BIRO)
    assert tables.AgreementFlow.objects.get(agreement__code=KEY).state == AgreementState.SIGNED_BY_PROMISER.value
    sign(HEAD, issued, 2, keys["kepala"])
    issued.refresh_from_db()
    assert issued.state == IssuedState.ISSUED and issued.issued_at
    assert tables.Agreement.objects.get(code=KEY).signed_on == date.today()
    stages = list(issued.stages.values_list("number", "sha256"))
    assert [number for number, _ in stages] == [0, 1, 2] and len({sha for _, sha in stages}) == 3
    for _, sha in stages:
        assert hashlib.sha256(read_issued(BIRO, sha)).hexdigest() == sha
    final = read_issued(BIRO, issued.sha256)
    reader = pypdf.PdfReader(io.BytesIO(final))
    assert "selaras.json" in reader.attachments
    foot = f"{issued.code[:5]}-{issued.code[5:]}"
    assert all(foot in page.extract_text() for page in reader.pages), "the code stands at the foot of every page"
    assert {place["page"] for place in issued.places.values()} == {0}
    buttons = [one.get_object() for one in reader.pages[1]["/Annots"]]
    assert sorted(one["/T"] for one in buttons) == ["Cap1-1", "Cap2-1"], "the block of the annex"
    assert all(b"Do" in one["/AP"]["/N"].get_data() for one in buttons), "bears each signer's stamp"
    with pytest.raises(Refusal, match="tidak perlu dua kali"):
        sign(HEAD, issued, 2, keys["kepala"])
    trail = tables.AuditRecord.objects.filter(action="menandatangani dokumen").order_by("pk")
    assert "refused" in trail.last().details and trail.first().details["level"] == "B-B"


def test_out_of_order_the_wrong_person_and_a_program_are_refused(issued, keys):
    with pytest.raises(Refusal, match="Belum giliran"):
        sign(HEAD, issued, 2, keys["kepala"])
    for who in (OTHER, HEAD, PLANNER):
        with pytest.raises(NotAllowed):
            sign(who, issued, 1, keys["kabag"])
    with pytest.raises(NotFound):
        sign(STRANGER, issued, 1, keys["kabag"])
    program = Actor(CHIEF.name, CHIEF.grants, CHIEF.login, CHIEF.positions, limits=frozenset())
    with pytest.raises((NotAllowed, NotFound)):
        sign(program, issued, 1, keys["kabag"])
    with pytest.raises(NotAllowed, match="milik Orang Asing"):
        sign(CHIEF, issued, 1, keys["other"])
    with pytest.raises(Refusal, match="Frasa sandi"):
        issuing.sign_document(CHIEF, agency=BIRO, document=issued.pk, order=1,
                              provider=FileProvider(keys["kabag"].p12("benar"), "sandi-rahasia-salah"))  # fmt: skip
    told = str(list(tables.AuditRecord.objects.values_list("details", flat=True)))
    assert "sandi-rahasia-salah" not in told and "benar" not in told
    with pytest.raises(Refusal, match="B-LTA"):
        sign(CHIEF, issued, 1, keys["kabag"], level=Level.LTA)
    issued.refresh_from_db()
    assert issued.sha256 == issued.source_sha256 and issued.stages.count() == 1


def test_what_changed_since_stops_signatures_and_a_new_version_needs_a_reason(issued, keys):
    sign(CHIEF, issued, 1, keys["kabag"])
    line = tables.AgreementLine.objects.filter(agreement__code=KEY).first()
    tables.AgreementLine.objects.filter(pk=line.pk).update(wording=f"{line.wording} (diubah)")
    with pytest.raises(Refusal, match="berubah sejak"):
        sign(HEAD, issued, 2, keys["kepala"])
    assert issuing.has_changed(HEAD, row=issued)
    with pytest.raises(Refusal):
        issuing.issue(PLANNER, agency=BIRO, kind="pk", key=KEY, reason="kata-kata diperbaiki")
    tables.AgreementLine.objects.filter(pk=line.pk).update(wording=line.wording)
    with pytest.raises(Refusal, match="alasan"):
        issuing.issue(PLANNER, agency=BIRO, kind="pk", key=KEY)
    newer = issuing.issue(PLANNER, agency=BIRO, kind="pk", key=KEY, reason="ejaan nama diperbaiki")
    issued.refresh_from_db()
    assert (newer.version, newer.replaces_id, newer.code != issued.code) == (2, issued.pk, True)
    assert issued.state == IssuedState.REPLACED
    with pytest.raises(Refusal, match="diganti"):
        sign(HEAD, issued, 2, keys["kepala"])


class Overtaken(FileProvider):
    """While this signature is being made, another session of the same person is quicker."""

    def sign(self, content, wish, services):
        made = super().sign(content, wish, services)
        row = tables.IssuedDocument.objects.get()
        issuing.sign_document(
            CHIEF, agency=BIRO, document=row.pk, order=1, provider=FileProvider(self.content, self.passphrase)
        )
        return made


def test_of_two_at_once_one_wins_and_the_other_is_told(issued, keys):
    late = Overtaken(keys["kabag"].p12("s"), "s")
    with pytest.raises(Conflict, match="orang lain"):
        issuing.sign_document(CHIEF, agency=BIRO, document=issued.pk, order=1, provider=late)
    won = issued.signatures.get(order=1)
    issued.refresh_from_db()
    assert issued.sha256 == won.sha256_after and issued.stages.count() == 2
    with pytest.raises(Conflict, match="sejak Anda membukanya"):
        sign(HEAD, issued, 2, keys["kepala"], seen=issued.source_sha256)


def test_who_refuses_ends_the_version_and_what_is_withdrawn_stays_on_record(issued, keys):
    with pytest.raises(Refusal, match="Alasan"):
        issuing.refuse_signature(CHIEF, agency=BIRO, document=issued.pk, order=1, reason=" ")
    issuing.refuse_signature(CHIEF, agency=BIRO, document=issued.pk, order=1, reason="Target belum dibahas.")
    issued.refresh_from_db()
    assert issued.state == IssuedState.WITHDRAWN and issued.note == "Target belum dibahas."
    assert issued.signatures.get(order=1).state == SignatureState.REFUSED
    again = issuing.issue(PLANNER, agency=BIRO, kind="pk", key=KEY, reason="sudah dibahas")
    sign(CHIEF, again, 1, keys["kabag"])
    with pytest.raises(NotAllowed):
        issuing.withdraw_document(OTHER, agency=BIRO, document=again.pk, reason="iseng")
    issuing.withdraw_document(PLANNER, agency=BIRO, document=again.pk, reason="pejabat berganti")
    assert find_issued(PLANNER, BIRO, again.pk).state == IssuedState.WITHDRAWN
    with pytest.raises(Refusal, match="ditarik"):
        sign(HEAD, again, 2, keys["kepala"])


def test_a_record_that_is_not_ready_and_a_person_without_the_right_issue_nothing():
    with pytest.raises(NotFound):
        issuing.issue(PLANNER, agency=BIRO, kind="pk", key="PK-TIDAK-ADA")
    with pytest.raises(NotFound):
        issuing.issue(PLANNER, agency=BIRO, kind="surat", key="1")
    with pytest.raises(NotFound):
        issuing.issue(STRANGER, agency=BIRO, kind="pk", key=KEY)
    with pytest.raises(NotAllowed):
        issuing.issue(OTHER, agency=BIRO, kind="pk", key=KEY)
    draft_agreement(PLANNER, agency=BIRO, year=2024, position="KABAG-TLP")
    with pytest.raises(Refusal, match="belum dapat diterbitkan"):
        issuing.issue(PLANNER, agency=BIRO, kind="pk", key="PK-KABAG-TLP-2024")
    assert not tables.IssuedDocument.objects.exists()


def test_keys_on_the_server_are_sealed_and_serve_their_holder_alone(issued, keys, authority):
    with pytest.raises(NotAllowed):
        issuing_keys.add_p12(PLANNER, agency=BIRO, name="x", content=keys["kabag"].p12("p"), passphrase="p")
    given = {"agency": BIRO, "content": keys["kabag"].p12("frasa-kunci"), "passphrase": "frasa-kunci"}
    row = issuing_keys.add_p12(ADMIN, name="Kunci Kabag", holder="kabag", **given)
    assert "frasa-kunci" not in row.secret and row.subject == holder("KABAG-RBA") and row.not_after
    with pytest.raises(Refusal, match="sudah ada"):
        issuing_keys.add_p12(ADMIN, name="Lagi", holder="kabag", **given)
    assert issuing_keys.check_key(ADMIN, agency=BIRO, key=row.pk).sha256 == row.sha256
    with pytest.raises(NotAllowed):
        issuing_keys.server_provider(HEAD, agency=BIRO, key=row.pk, is_seal=False)
    with pytest.raises(NotAllowed):
        issuing_keys.server_provider(ADMIN, agency=BIRO, key=row.pk, is_seal=True)
    provider = issuing_keys.server_provider(CHIEF, agency=BIRO, key=row.pk, is_seal=False)
    made = issuing.sign_document(CHIEF, agency=BIRO, document=issued.pk, order=1, provider=provider)
    assert made.provider == Way.SERVER and made.certificate_sha256 == row.sha256
    issuing_keys.switch_key(ADMIN, agency=BIRO, key=row.pk, active=False)
    with pytest.raises(Refusal, match="tidak aktif"):
        issuing_keys.server_provider(CHIEF, agency=BIRO, key=row.pk, is_seal=False)
    assert issuing_keys.remove_secret(ADMIN, agency=BIRO, key=row.pk).secret == ""
    told = str(list(tables.AuditRecord.objects.values_list("details", flat=True)))
    assert "frasa-kunci" not in told
    seal = issuing_keys.add_p12(ADMIN, agency=BIRO, name="Segel", content=keys["seal"].p12("s"), passphrase="s")
    assert seal.agency_seal and seal.holder is None
    with pytest.raises(CannotRun, match="belum diatur"):
        issuing_keys.add_device(ADMIN, agency=BIRO, name="HSM", token="t", label="k", pin="1")
    with pytest.raises(CannotRun, match="belum diatur"):
        issuing_keys.remote_provider(CHIEF, nik="1" * 16, passphrase="x")


def test_a_key_in_a_device_signs_for_its_holder_and_one_that_hangs_hangs_nobody(issued, keys, settings, tmp_path,
                                                                               monkeypatch):  # fmt: skip
    settings.SIGN_PKCS11 = filled_token(keys["kabag"], tmp_path, monkeypatch)
    given = {"agency": BIRO, "name": "Perangkat", "token": TOKEN, "label": LABEL, "holder": "kabag"}
    with pytest.raises(NotAllowed):
        issuing_keys.add_device(PLANNER, **given, pin=PIN)
    with pytest.raises(Refusal, match="PIN perangkat kunci salah"):
        issuing_keys.add_device(ADMIN, **given, pin="98765")
    key = issuing_keys.add_device(ADMIN, **given, pin=PIN)
    assert issuing_keys.check_key(ADMIN, agency=BIRO, key=key.pk).subject == holder("KABAG-RBA")
    provider = issuing_keys.server_provider(CHIEF, agency=BIRO, key=key.pk, is_seal=False)
    hanging(tmp_path, monkeypatch)
    monkeypatch.setattr("selaras.actions.issuing_keys.Pkcs11Place", partial(Pkcs11Place, seconds=1))
    stuck = issuing_keys.server_provider(CHIEF, agency=BIRO, key=key.pk, is_seal=False)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for act in (
        lambda: issuing_keys.check_key(ADMIN, agency=BIRO, key=key.pk),
        lambda: issuing.sign_document(CHIEF, agency=BIRO, document=issued.pk, order=1, provider=stuck),
    ):
        with pytest.raises(CannotRun, match="Perangkat kunci tidak menjawab"):
            act()
    assert issued.stages.count() == 1 and len(list(Path("/proc/self/fd").iterdir())) == before
    told = tables.AuditRecord.objects.order_by("-pk").first()
    assert (told.action, told.details["refused"]) == ("menandatangani dokumen", "Perangkat kunci tidak menjawab.")
    assert PIN not in str(list(tables.AuditRecord.objects.values_list("details", flat=True)))
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    made = issuing.sign_document(CHIEF, agency=BIRO, document=issued.pk, order=1, provider=provider)
    assert made.provider == Way.SERVER and made.certificate_sha256 == key.sha256


def test_each_person_sees_the_documents_that_are_theirs_to_see(issued):
    assert list(issued_of(PLANNER, BIRO)) == [issued] == list(issued_of(OTHER, BIRO))
    assert not issued_of(STRANGER, BIRO)
    tables.IssuedDocument.objects.filter(pk=issued.pk).update(kind="skp")
    assert not issued_of(PLANNER, BIRO) and not issued_of(OTHER, BIRO)
    assert list(issued_of(CHIEF, BIRO)) == [issued] == list(issued_of(HEAD, BIRO))
