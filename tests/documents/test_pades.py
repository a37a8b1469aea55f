"""Signatures in PDF files: levels, providers, what survives, and what comes back from a service that cannot be trusted."""

import io
import re
import time
from datetime import UTC, datetime

import pypdf
import pytest
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from tests.key_device import filled_token, hanging
from tests.remote_signing import PASSWORD, USER, RemoteSigning
from tests.signing_authority import Authority, alone

from selaras.core import document as d
from selaras.core.errors import CannotRun, Refusal
from selaras.core.issuing.stages import Level
from selaras.documents.pades.certificates import SOON, open_p12, pem_of, warnings_of
from selaras.documents.pades.device import Pkcs11Place
from selaras.documents.pades.engine import Wish
from selaras.documents.pades.fields import with_copies, with_fields
from selaras.documents.pades.places import find_places, find_repeats
from selaras.documents.pades.providers import DeviceProvider, FileProvider
from selaras.documents.pades.proving import prove
from selaras.documents.pades.remote import RemoteProvider, RemoteService
from selaras.documents.pades.services import Services
from selaras.documents.pades.stamp import HEIGHT, Stamped, stamp_pdf
from selaras.documents.write.pdf import write_pdf

pytestmark = pytest.mark.slow

ONE, TWO = "Ani Contoh, S.Sos.", "Budi Misal, M.Si."
NIK = "5171010101700001"


@pytest.fixture(scope="module")
def authority():
    with Authority() as made:
        yield made


@pytest.fixture(scope="module")
def ani(authority):
    return authority.signer("Ani Contoh")


@pytest.fixture(scope="module")
def budi(authority):
    return authority.signer("Budi Misal")


@pytest.fixture(scope="module")
def services(authority):
    return Services(tsa=authority.tsa_url, roots=(authority.root.certificate,), seconds=5)


@pytest.fixture(scope="module")
def stamp():
    return stamp_pdf(
        Stamped("Kepala Bidang", ONE, "2 Januari 2026, 10.15 WIB", "7KQ2M-XW9TP", "https://contoh.example/v/7")
    )


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A document of two pages with a block for two signatures on each, as an agreement has."""
    people = d.Signatures(
        (d.Signatory("Pihak Kedua,", "Kepala Dinas", TWO, nip="197001012000011001"),
         d.Signatory("Pihak Pertama,", "Kepala Bidang", ONE, nip="198001012005012002")), "Denpasar, 2 Januari 2026",
    )  # fmt: skip
    promise = d.Paragraph(d.text(f"Nama {ONE} berjanji kepada {TWO}."))
    blocks = (
        d.Division(d.PageNumbers.ARABIC),
        d.Heading(1, "PERJANJIAN"),
        promise,
        people,
        d.PageBreak(),
        promise,
        people,
    )
    made = d.Document("Perjanjian", "pk", "Uji", 2026, blocks, footer="Kode 7KQ2M-XW9TP.", attachment='{"angka": 1}')
    path = tmp_path_factory.mktemp("pades") / "pk.pdf"
    write_pdf(made, path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def places(plain):
    return find_places(plain, [ONE, TWO])[0]


@pytest.fixture(scope="module")
def ready(plain, places):
    copies = [(order, place, "Cap") for order, (place,) in enumerate(find_repeats(plain, [ONE, TWO], places), 1)]
    return with_fields(plain, [(1, places[0], "Tanda tangan pertama"), (2, places[1], "Tanda tangan kedua")], copies)


def facts(content):
    """What must survive: the attached data, PDF/A, the tags, the text, the fonts."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    words = root["/Metadata"].get_object().get_data().decode()
    part, level = (re.search(rf"pdfaid:{name}(?:>|=\")(\w)", words)[1] for name in ("part", "conformance"))
    tree = root["/StructTreeRoot"]["/K"]
    top = tree[0].get_object() if isinstance(tree, list) else tree
    kinds = [kid.get_object()["/S"] for kid in top["/K"]]
    return {
        "attached": reader.attachments["selaras.json"], "pdfa": part + level, "marked": root["/MarkInfo"]["/Marked"],
        "tags": [kind for kind in kinds if kind != "/Form"], "forms": kinds.count("/Form"),
        "text": [page.extract_text() for page in reader.pages], "pages": len(reader.pages),
        "lang": root.get("/Lang"), "order": [page.get("/Tabs") for page in reader.pages],
    }  # fmt: skip


def statuses(content, services):
    reader = PdfFileReader(io.BytesIO(content))
    return [alone(validate_pdf_signature, one, services.context()) for one in reader.embedded_regular_signatures]


def own(signer):
    return FileProvider(signer.p12("sandi"), "sandi")


def test_a_stamp_stands_in_the_gap_above_the_name_not_where_the_name_is_text(plain, places):
    assert [place.page for place in places] == [0, 0]
    assert places[0].left > places[1].right, "who promises signs right"
    assert all(round(place.top - place.bottom) == HEIGHT for place in places)
    assert [[one.page for one in found] for found in find_repeats(plain, [ONE, TWO], places)] == [[1], [1]]
    unknown, pages = find_places(plain, ["Nama Yang Tidak Ada"])
    assert pages == 2 and unknown[0].page == 1


def test_fields_are_tagged_before_anybody_signs(plain, ready):
    before, after = facts(plain), facts(ready)
    assert after.pop("forms") == 4 and before.pop("forms") == 0
    assert after.pop("order")[0] == "/S"
    before.pop("order")
    assert after == before and after["pdfa"] == "3A"


def test_every_level_is_reached_exactly(ready, stamp, ani, services):
    for level in Level:
        signed = own(ani).sign(ready, Wish(1, level, "Menyetujui", "Denpasar", stamp), services)
        assert prove(ready, signed, strict=True).level is level


def test_two_long_term_signatures_hold_and_everything_survives(plain, ready, stamp, ani, budi, services):
    first = own(ani).sign(with_copies(ready, 1, stamp), Wish(1, Level.LTA, stamp=stamp), services)
    stamped = with_copies(first, 2, stamp)
    second = own(budi).sign(stamped, Wish(2, Level.LTA, stamp=stamp), services)
    assert second.startswith(stamped) and stamped.startswith(first) and first.startswith(ready)
    assert prove(stamped, second, strict=True).certificate.subject == "Budi Misal"
    found = statuses(second, services)
    assert [one.bottom_line for one in found] == [True, True]
    before, after = facts(plain), facts(second)
    for name in ("attached", "pdfa", "marked", "tags", "text", "pages", "lang"):
        assert after[name] == before[name], name
    assert after["forms"] == 4
    assert [_copies(one) for one in (ready, first, second)] == [[False, False], [True, False], [True, True]]
    assert _fonts_inside(second)


def test_an_unreachable_level_is_refused_and_never_lowered(ready, ani, authority, services):
    with pytest.raises(Refusal, match="B-T"):
        own(ani).sign(ready, Wish(1, Level.T), Services())
    with pytest.raises(Refusal, match="akar tepercaya"):
        own(ani).sign(ready, Wish(1, Level.LT), Services(tsa=authority.tsa_url))
    authority.tsa_works = False
    try:
        with pytest.raises(CannotRun, match="stempel waktu tidak menjawab"):
            own(ani).sign(ready, Wish(1, Level.T), services)
    finally:
        authority.tsa_works = True
    authority.ocsp_works = False
    try:
        with pytest.raises(CannotRun, match="Keadaan sertifikat"):
            own(ani).sign(ready, Wish(1, Level.LT), services)
    finally:
        authority.ocsp_works = True


def test_bad_certificates_are_refused_in_words(ready, authority, services):
    with pytest.raises(Refusal, match="kedaluwarsa"):
        own(authority.expired()).certificate()
    with pytest.raises(Refusal, match="belum berlaku"):
        own(authority.not_yet()).certificate()
    with pytest.raises(Refusal, match="dicabut"):
        own(authority.revoked()).sign(ready, Wish(1, Level.LT), services)
    with pytest.raises(Refusal, match="akar yang tepercaya"):
        own(authority.self_signed()).sign(ready, Wish(1, Level.LT), services)
    signer = authority.signer()
    with pytest.raises(Refusal, match="Frasa sandi") as wrong:
        open_p12(signer.p12("benar"), "rahasia-yang-salah")
    assert "rahasia-yang-salah" not in str(wrong.value) and wrong.value.__cause__ is None
    with pytest.raises(Refusal, match="tidak terbaca"):
        open_p12(b"bukan kunci", "x")
    assert "sandi" not in repr(own(signer)) and repr(signer.key) not in repr(own(signer))


def test_a_certificate_is_warned_of_before_it_signs(authority, ani):
    def told(signer, roots=(authority.root.certificate,), chain=True):
        found = warnings_of((signer.certificate, *(signer.chain if chain else ())), roots, datetime.now(UTC))
        return [one.message for one in found]

    unknown = ["penerbit sertifikat tidak termasuk akar tepercaya instalasi ini"]
    assert told(ani) == [] == told(ani, (authority.intermediate.certificate,), chain=False)
    assert told(ani, chain=False) == unknown, "the chain does not lead up to the root"
    assert told(authority.self_signed()) == unknown and told(authority.self_signed(), ()) == []
    forged = Authority()
    forged._server.server_close()
    assert told(forged.signer()) == unknown, "a root of the same name is not the root"
    assert told(authority.signer(not_after=SOON / 2)) == ["sertifikat segera berakhir"]
    purposes = x509.ExtendedKeyUsageOID.SERVER_AUTH
    assert told(authority.signer(usage=purposes)) == ["sertifikat diterbitkan untuk keperluan lain"]
    with pytest.raises(Refusal, match="bukan untuk tanda tangan"):
        own(authority.signer(for_signatures=False)).certificate()


def test_what_is_not_one_good_signature_more_is_refused(ready, ani, budi, services, stamp):
    signed = own(ani).sign(ready, Wish(1, Level.B, stamp=stamp), services)
    with pytest.raises(Refusal, match="tidak disimpan"):
        prove(ready + b" ", signed)
    with pytest.raises(Refusal, match="tepat satu"):
        prove(ready, ready)
    at = len(ready) + 100
    with pytest.raises(Refusal, match="tidak disimpan"):
        prove(ready, signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :])
    twice = own(budi).sign(signed, Wish(2, Level.B), services)
    with pytest.raises(Refusal, match="tepat satu"):
        prove(ready, twice)


def test_the_remote_service_signs_and_its_answer_is_looked_at(ready, places, stamp, ani):
    wish = Wish(1, Level.B, "Menyetujui", "Denpasar", stamp, places[0])
    with RemoteSigning({NIK: ("sandi jauh", ani)}) as there:
        service = RemoteService(there.url, USER, PASSWORD)
        remote = RemoteProvider(service, NIK, "sandi jauh")
        for own_field in (False, True):
            there.own_field = own_field
            signed = remote.sign(ready, wish, Services())
            assert prove(ready, signed, strict=True).certificate.subject == "Ani Contoh"
        there.own_field = False
        for mood, words in (("tamper", "selain tanda tangan"), ("rewrite", "tidak disimpan")):
            there.mood = mood
            with pytest.raises(Refusal, match="tidak disimpan") as refused:
                prove(ready, remote.sign(ready, wish, Services()), strict=True)
            assert words in str(refused.value)
        for mood, kind, words in (
            ("down", CannotRun, "terganggu"), ("slow", CannotRun, "terlalu lama"), ("busy", CannotRun, "terganggu"),
            ("expired", Refusal, "kedaluwarsa"),
        ):  # fmt: skip
            there.mood = mood
            before = there.asked.count("POST")
            hasty = RemoteProvider(RemoteService(there.url, USER, PASSWORD, read=0.7), NIK, "sandi jauh")
            with pytest.raises(kind, match=words) as refused:
                (hasty if mood == "slow" else remote).sign(ready, wish, Services())
            assert "sandi jauh" not in str(refused.value) and NIK not in str(refused.value)
            assert there.asked.count("POST") - before <= 1, "a file that was sent is never sent again"
        there.mood = ""
        with pytest.raises(Refusal, match="Frasa sandi"):
            RemoteProvider(service, NIK, "salah").sign(ready, wish, Services())
        with pytest.raises(Refusal, match="tidak terdaftar"):
            RemoteProvider(service, "1" * 16, "x").sign(ready, wish, Services())
        assert "sandi jauh" not in repr(remote) and NIK not in repr(remote) and PASSWORD not in repr(remote)
    with pytest.raises(CannotRun, match="tidak dapat dihubungi"):
        RemoteProvider(RemoteService("http://127.0.0.1:9"), NIK, "x").certificate()


def test_a_key_in_a_device_signs_without_leaving_it(ready, authority, services, stamp, tmp_path, monkeypatch):
    signer = authority.signer("Instansi Uji")
    module = filled_token(signer, tmp_path, monkeypatch)
    chain = (signer.certificate, *signer.chain)
    device = DeviceProvider(Pkcs11Place(module, "selaras-uji", "kunci", "1234"), chain)
    assert device.certificate().subject == "Instansi Uji"
    device.try_key()
    signed = device.sign(ready, Wish(1, Level.LT, stamp=stamp), services)
    assert prove(ready, signed).level is Level.LT
    assert statuses(signed, services)[0].bottom_line
    bare = DeviceProvider(Pkcs11Place(module, "selaras-uji", "kunci", "1234"))
    assert pem_of(bare.pem_chain()) == pem_of([signer.certificate])
    with pytest.raises(Refusal, match="PIN") as wrong:
        DeviceProvider(Pkcs11Place(module, "selaras-uji", "kunci", "9876"), chain).try_key()
    assert "9876" not in str(wrong.value)
    with pytest.raises(CannotRun, match="tidak dapat dibuka"):
        DeviceProvider(Pkcs11Place(module, "lain", "kunci", "1234"), chain).try_key()
    with pytest.raises(CannotRun, match="Modul"):
        DeviceProvider(Pkcs11Place("/tidak/ada.so", "selaras-uji", "kunci", "1234"), chain).try_key()


def test_a_device_that_hangs_or_crashes_is_given_up_in_time(tmp_path, monkeypatch):
    module = hanging(tmp_path, monkeypatch)
    begun = time.monotonic()
    with pytest.raises(CannotRun, match="tidak menjawab") as given_up:
        DeviceProvider(Pkcs11Place(module, "selaras-uji", "kunci", "1234", seconds=2)).try_key()
    assert time.monotonic() - begun < 6
    assert "1234" not in str(given_up.value)
    broken = tmp_path / "rusak.so"
    broken.write_bytes(b"bukan modul")
    with pytest.raises(CannotRun, match="tidak dapat dibuka"):
        Pkcs11Place(str(broken), "selaras-uji", "kunci", "1234").held()


def _copies(content):
    """Whether each copy of a stamp on the second page shows something."""
    annotations = [one.get_object() for one in pypdf.PdfReader(io.BytesIO(content)).pages[1]["/Annots"]]
    return [b"Do" in one["/AP"]["/N"].get_data() for one in annotations if one.get("/FT") == "/Btn"]


def _fonts_inside(content):
    """Whether every font of the file, also those of the stamps, lies in it."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    found = []
    for number in range(1, int(reader.trailer["/Size"])):
        try:
            item = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        except (pypdf.errors.PdfReadError, KeyError):
            continue
        if isinstance(item, dict) and item.get("/Type") == "/FontDescriptor":
            found.append("/FontFile3" in item or "/FontFile2" in item)
    return bool(found) and all(found)
