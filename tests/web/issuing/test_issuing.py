"""The pages of issuing: from a record to its signatures, the keys, the minutes; who gets in and who does not."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.signing_authority import Authority
from tests.web.conftest import BIRO, KPU

from selaras.actions import issuing, issuing_keys
from selaras.actions.agreements import draft_agreement
from selaras.actions.signing import agree_agreement, propose_agreement
from selaras.actions.verifying import add_root
from selaras.core.access import Role, acting, operator
from selaras.core.issuing.stages import IssuedState
from selaras.store import models as tables

KEY = "PK-KABAG-RBA-2024"
PLANNER = acting("Contoh Perencana", {Role.PLANNER}, {BIRO})


@pytest.fixture(scope="module")
def authority():
    with Authority() as made:
        yield made


def at(name, *rest, agency=BIRO):
    return reverse(f"issuing:{name}", args=(agency, 2024, *rest))


@pytest.fixture
def agreed(inside):
    draft_agreement(PLANNER, agency=BIRO, year=2024, position="KABAG-RBA")
    propose_agreement(PLANNER, agency=BIRO, agreement=KEY)
    agree_agreement(operator("Contoh Kepala"), agency=BIRO, agreement=KEY, note="sesuai RKT")


@pytest.fixture
def chief(signed_in, agreed):
    """The browser of whoever promises, by the seat of the position."""
    browser = signed_in(Role.OWNER, name="kabag")
    seat("kabag", "KABAG-RBA")
    return browser


def seat(login, position):
    tenure = tables.Tenure.objects.filter(position__code=position, agency__code=BIRO).order_by("-since").first()
    tables.Tenure.objects.filter(pk=tenure.pk).update(until=None)
    tables.Seat.objects.get_or_create(user=tables.User.objects.get(username=login), tenure=tenure)
    return tenure.name


@pytest.fixture
def row(agreed):
    return issuing.issue(PLANNER, agency=BIRO, kind="pk", key=KEY)


def file_of(signer, passphrase="sandi-berkas"):
    return SimpleUploadedFile("kunci.p12", signer.p12(passphrase), "application/x-pkcs12")


def test_a_document_goes_from_its_record_to_a_signature(chief, planner, authority, django_assert_max_num_queries):
    case = planner.get(reverse("agreements:case", args=(BIRO, 2024, KEY)))
    assert at("new", "pk", KEY) in case.content.decode()
    assert planner.get(at("new", "pk", KEY)).status_code == 200
    made = planner.post(at("new", "pk", KEY), {"publik": "1"})
    row = tables.IssuedDocument.objects.get()
    assert made.status_code == 302 and row.public and made["Location"] == at("document", row.pk)
    again = planner.post(at("new", "pk", KEY), {})
    assert again.status_code == 422 and "alasan versi baru" in again.content.decode()
    home = chief.get(reverse("home:overview", args=(BIRO, 2024))).content.decode()
    assert "Tanda tangani secara elektronik" in home
    with django_assert_max_num_queries(12):
        page = chief.get(at("document", row.pk))
    assert at("sign", row.pk, 1) in page.content.decode()
    assert "berubah" not in chief.get(at("data", row.pk)).content.decode()
    with django_assert_max_num_queries(12):
        assert "Menunggu tanda tangan Anda" in chief.get(at("listing")).content.decode()
    holder = row.signatures.get(order=1).holder
    form = chief.get(at("sign", row.pk, 1))
    assert form.status_code == 200 and holder in form.content.decode()
    given = {"terlihat": row.sha256, "cara": "berkas", "sandi": "salah-sekali", "tingkat": "B-B", "baca": "1"}
    wrong = chief.post(at("sign", row.pk, 1), given | {"p12": file_of(authority.signer(holder))})
    assert wrong.status_code == 422 and "Frasa sandi berkas kunci salah" in wrong.content.decode()
    assert "salah-sekali" not in wrong.content.decode()
    unread = chief.post(at("sign", row.pk, 1), given | {"baca": ""})
    assert unread.status_code == 422
    good = given | {"sandi": "sandi-berkas", "p12": file_of(authority.signer(holder))}
    done = chief.post(at("sign", row.pk, 1), good)
    assert done.status_code == 302, done.content.decode()[:2000]
    row.refresh_from_db()
    assert row.state == IssuedState.SIGNING and row.stages.count() == 2
    file = chief.get(at("file", row.pk, 1))
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF")
    assert "attachment" in file["Content-Disposition"]
    late = chief.post(at("sign", row.pk, 1), good)
    assert late.status_code == 422 and "tidak perlu dua kali" in late.content.decode()


def test_a_person_is_warned_of_the_own_certificate_before_it_signs(chief, row, authority):
    holder, address = row.signatures.get(order=1).holder, at("sign", row.pk, 1)
    assert "belum mempunyai akar tepercaya" in chief.get(address).content.decode()
    pem = authority.roots_pem.decode()
    add_root(operator("Contoh"), pem=pem, name="Akar Uji", source="dibuat oleh uji")
    assert "belum mempunyai akar tepercaya" not in chief.get(address).content.decode()
    stranger, short = Authority.self_signed(holder), authority.signer(holder, not_after=timedelta(days=9))
    given = {"terlihat": row.sha256, "cara": "berkas", "sandi": "sandi-berkas", "tingkat": "B-B", "baca": "1"}
    for signer, words in ((stranger, "penerbit sertifikat tidak termasuk akar"), (short, "segera berakhir")):
        page = chief.post(address, given | {"p12": file_of(signer)})
        assert page.status_code == 422 and words in page.content.decode()
        assert "sandi-berkas" not in page.content.decode()
        assert tables.IssuedDocument.objects.get().state == IssuedState.WAITING, "told before, not after"
    admin = acting("Contoh Admin", {Role.ADMINISTRATOR}, {BIRO})
    issuing_keys.add_p12(admin, agency=BIRO, name="Kunci", content=short.p12("s"), passphrase="s", holder="kabag")
    assert "segera berakhir" in chief.get(address).content.decode(), "of a key on the server it is said at once"
    done = chief.post(address, given | {"p12": file_of(short), "paham": "1"})
    assert done.status_code == 302 and tables.IssuedDocument.objects.get().state == IssuedState.SIGNING


def test_an_upload_for_signing_never_touches_the_disk(chief, row, authority, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "tidak-ada")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    given = {"cara": "berkas", "sandi": "x", "baca": "1", "p12": SimpleUploadedFile("k.p12", b"x" * 5000)}
    assert chief.post(at("sign", row.pk, 1), given).status_code == 422, "too large for memory: told, not spooled"
    forged = chief.__class__(enforce_csrf_checks=True)
    forged.force_login(
        tables.User.objects.get(username="kabag"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert forged.post(at("sign", row.pk, 1), given).status_code == 403, "the form is still protected"


def test_refusing_and_withdrawing_need_a_reason(chief, planner, row):
    assert chief.post(at("refuse", row.pk, 1), {"alasan": " "}).status_code == 422
    assert chief.post(at("refuse", row.pk, 1), {"alasan": "Target keliru."}).status_code == 302
    assert "Target keliru." in planner.get(at("document", row.pk)).content.decode()
    newer = issuing.issue(PLANNER, agency=BIRO, kind="pk", key=KEY, reason="target diperbaiki")
    assert planner.post(at("withdraw", newer.pk), {}).status_code == 422
    assert planner.post(at("withdraw", newer.pk), {"alasan": "Salah terbit."}).status_code == 302
    assert "Ditarik" in planner.get(at("listing")).content.decode()
    assert planner.get(at("listing") + "?format=xlsx")["Content-Type"].startswith("application/vnd.openxml")


def test_the_administrator_keeps_the_keys(signed_in, row, authority):
    admin = signed_in(Role.ADMINISTRATOR)
    assert "Belum ada kunci" in admin.get(at("keys")).content.decode()
    signer = authority.signer("Segel Uji", not_after=timedelta(days=20))
    bad = admin.post(at("key-file"), {"p12": file_of(signer), "sandi": "keliru", "nama": "Segel"})
    assert bad.status_code == 422 and "keliru" not in bad.content.decode()
    assert (
        admin.post(at("key-file"), {"p12": file_of(signer), "sandi": "sandi-berkas", "nama": "Segel"}).status_code
        == 302
    )
    key = tables.SigningKey.objects.get()
    page = admin.get(at("keys")).content.decode()
    assert "Segera berakhir" in page and "sandi-berkas" not in page and key.secret not in page
    for what in ("uji", "nonaktif", "aktif", "nonaktif", "hapus"):
        assert admin.post(at("key-change", key.pk, what)).status_code == 302
    assert admin.post(at("key-change", key.pk, "lain")).status_code == 404
    key.refresh_from_db()
    assert not key.active and key.secret == "" and key.tested_at
    assert admin.post(at("key-device"), {"token": "t", "label": "k", "pin": "1"}).status_code == 422


def test_minutes_are_written_issued_and_then_locked(planner, inside):
    given = {"nomor": "12/BA/2024", "judul": "Rapat pembahasan kinerja", "tanggal": "12 Maret 2024", "tempat": "Denpasar",
             "isi": "Target disepakati.\nTindak lanjut sebulan.", "penanda": ["KABAG-RBA", "KABIRO"]}  # fmt: skip
    assert planner.get(at("minutes-new")).status_code == 200
    assert planner.post(at("minutes-new"), given | {"penanda": []}).status_code == 422
    assert planner.post(at("minutes-new"), given).status_code == 302
    row = tables.Minutes.objects.get()
    assert row.held_on == date(2024, 3, 12) and row.signers == ["KABAG-RBA", "KABIRO"]
    assert (
        planner.post(at("minutes-edit", row.pk), given | {"nomor": "13/BA/2024", "terlihat": row.text}).status_code
        == 302
    )
    assert (
        planner.post(at("minutes-edit", row.pk), given | {"terlihat": "teks lain", "isi": "Lain."}).status_code == 409
    )
    assert planner.post(at("new", "berita-acara", row.pk), {}).status_code == 302
    made = tables.IssuedDocument.objects.get()
    assert [one.role for one in made.signatures.all()] == ["peserta rapat", "peserta rapat", "segel instansi"]
    assert planner.post(at("minutes-edit", row.pk), given | {"isi": "Diubah."}).status_code == 422
    assert "13/BA/2024" in planner.get(at("minutes")).content.decode()


def test_strangers_and_colleagues_without_the_right_stay_outside(signed_in, chief, row, client):
    reader = signed_in(Role.EMPLOYEE)
    other = signed_in(Role.PLANNER, agency=KPU, name="planner-kpu")
    assert other.get(at("document", row.pk)).status_code == 404
    assert other.get(at("document", row.pk, agency=KPU)).status_code == 404, "the document of another agency"
    assert client.get(at("listing")).status_code == 302
    assert reader.get(at("listing")).status_code == 200
    assert reader.get(at("keys")).status_code == 403 == reader.post(at("key-file")).status_code
    assert reader.get(at("new", "pk", KEY)).status_code == 403
    assert reader.get(at("sign", row.pk, 1)).status_code == 403
    assert reader.post(at("withdraw", row.pk), {"alasan": "x"}).status_code == 403
    assert reader.get(at("minutes")).status_code == 403
    assert chief.get(at("sign", row.pk, 2)).status_code == 403
    assert chief.get(at("document", 999_999)).status_code == 404 == chief.get(at("file", row.pk, 7)).status_code
    assert chief.get(at("new", "surat", "1")).status_code == 404
    assert chief.get(at("withdraw", row.pk)).status_code == 405
