"""Verifying signed PDFs: good ones of every level, and every way in which one can be wrong."""

import hashlib
import io
from datetime import UTC, datetime, timedelta
from functools import partial

import pypdf
import pytest
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext
from tests.signing_authority import Authority, alone

from selaras.core.issuing.inspection import Kind, Problem, Revocation, Trust, TrustedRoot, inspection_of, plain
from selaras.core.issuing.outcome import Outcome
from selaras.core.issuing.verdict import verdict
from selaras.documents.pades.verify import inspect_file
from selaras.documents.pades.verify_child import inspect
from selaras.documents.read.limits import Limits

pytestmark = pytest.mark.slow
DATA = b'{"schema":"selaras/snapshot/1"}'


@pytest.fixture(scope="module")
def authority():
    with Authority() as one:
        yield one


@pytest.fixture(scope="module")
def signer(authority):
    return authority.signer("Penanda Uji NIP 199001012015011001", identifier="3171234567890001")


@pytest.fixture(scope="module")
def paper():
    """Two pages with text, a form field, an overlay and attached data."""
    writer = pypdf.PdfWriter()
    for number in (1, 2):
        page = writer.add_blank_page(300, 300)
        content = pypdf.generic.DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 200 Td (Realisasi {number}: 87,5) Tj ET /X1 Do".encode())
        overlay = pypdf.generic.DecodedStreamObject()
        overlay.set_data(b"0 0 m 10 10 l S")
        overlay.update({
            pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/XObject"),
            pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Form"),
            pypdf.generic.NameObject("/BBox"): pypdf.generic.ArrayObject([pypdf.generic.NumberObject(n) for n in (0, 0, 10, 10)]),
        })  # fmt: skip
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(content)
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject({
            pypdf.generic.NameObject("/XObject"): pypdf.generic.DictionaryObject(
                {pypdf.generic.NameObject("/X1"): writer._add_object(overlay)}
            )
        })  # fmt: skip
    writer.add_attachment("selaras.json", DATA)
    field = pypdf.generic.DictionaryObject({
        pypdf.generic.NameObject(key): value for key, value in {
            "/FT": pypdf.generic.NameObject("/Tx"), "/T": pypdf.generic.TextStringObject("jumlah"),
            "/V": pypdf.generic.TextStringObject("12"), "/Type": pypdf.generic.NameObject("/Annot"),
            "/Subtype": pypdf.generic.NameObject("/Widget"),
            "/Rect": pypdf.generic.ArrayObject([pypdf.generic.NumberObject(n) for n in (10, 10, 50, 30)]),
        }.items()
    })  # fmt: skip
    ref = writer._add_object(field)
    writer.pages[0][pypdf.generic.NameObject("/Annots")] = pypdf.generic.ArrayObject([ref])
    form = {pypdf.generic.NameObject("/Fields"): pypdf.generic.ArrayObject([ref])}
    writer._root_object[pypdf.generic.NameObject("/AcroForm")] = writer._add_object(
        pypdf.generic.DictionaryObject(form)
    )
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def sign(content, signer, authority, level="B-B", name="Tanda1", **more):
    """The content with one more signature of this level."""
    lasting = level in ("B-LT", "B-LTA")
    context = None
    if lasting:
        roots = list(load_certs_from_pemder_data(authority.roots_pem))
        context = ValidationContext(trust_roots=roots, allow_fetching=True, revocation_mode="hard-fail")
    about = signers.PdfSignatureMetadata(
        field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm=more.pop("md_algorithm", "sha256"),
        embed_validation_info=lasting, use_pades_lta=level == "B-LTA", validation_context=context, **more,
    )  # fmt: skip
    stamper = None if level == "B-B" else HTTPTimeStamper(authority.tsa_url)
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    return alone(signers.sign_pdf, writer, about, signer.simple(), timestamper=stamper).getvalue()


@pytest.fixture(scope="module")
def signed(paper, signer, authority):
    """One good file of each level."""
    return {level: sign(paper, signer, authority, level) for level in ("B-B", "B-T", "B-LT", "B-LTA")}


@pytest.fixture
def looked(authority, tmp_path):
    """What is found in some bytes, in this process; `trusting` says whether the root of the tests is on the list."""

    def look(content, *, trusting=True, now=None, pem=None):
        path = tmp_path / "berkas.pdf"
        path.write_bytes(content)
        pem = pem or authority.roots_pem.decode()
        order = {
            "roots": [{"name": "Akar Uji", "pem": pem, "source": "uji"}] if trusting else [],
            "moment": (now or datetime.now(UTC)).isoformat(), "name": "berkas.pdf",
        }  # fmt: skip
        found = inspect(path, order)
        assert inspection_of(plain(found)) == found
        return found

    return look


def outcome(found):
    return verdict(found, None).outcome


def words(found):
    said = verdict(found, None)
    return " ".join(one.words for one in (*said.sentences, *(each for group in said.signatures for each in group)))


def updated(content, change):
    """The content with an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LT", "B-LTA"])
def test_a_good_signature_of_each_level_is_told_with_its_level(signed, looked, level):
    found = looked(signed[level])
    (one,) = found.people
    assert outcome(found) is Outcome.VALID
    assert (one.level, one.holds, one.certificate.trust, one.allowed) == (level, True, Trust.TRUSTED, True)
    assert (one.stamp is not None and one.stamp.counts) is (level != "B-B")
    known = Revocation.GOOD if level in ("B-LT", "B-LTA") else Revocation.UNKNOWN
    assert one.certificate.revocation is known
    assert one.certificate.chain == ("Antara Uji", "Akar Uji")
    assert found.attachment_sha256 == hashlib.sha256(DATA).hexdigest()
    assert len(found.signatures) == (2 if level == "B-LTA" else 1)


def test_identifiers_are_masked(signed, looked):
    said = str(plain(looked(signed["B-B"])))
    assert "199001012015011001" not in said
    assert "3171234567890001" not in said
    assert "••••••••••••0001" in said


def test_a_long_term_file_is_still_good_after_its_certificates_have_expired(signed, looked):
    later = datetime.now(UTC) + timedelta(days=3 * 365)
    assert outcome(looked(signed["B-LTA"], now=later)) is Outcome.VALID
    assert outcome(looked(signed["B-LT"], now=later)) is Outcome.VALID
    found = looked(signed["B-B"], now=later)
    assert outcome(found) is Outcome.UNCERTAIN
    assert "tidak ada stempel waktu" in words(found)


def test_an_unknown_root_is_named(signed, looked):
    found = looked(signed["B-LT"], trusting=False)
    assert outcome(found) is Outcome.STRANGER
    assert "Penanda tangan tidak dikenal: akar “Akar Uji” tidak ada dalam daftar tepercaya." in words(found)


def test_a_root_of_the_same_name_is_not_the_root(signed, looked):
    other = Authority()
    found = looked(signed["B-B"], pem=other.roots_pem.decode())
    other._server.server_close()
    assert outcome(found) is Outcome.STRANGER


@pytest.mark.parametrize(("make", "trust", "expected"), [
    ("expired", Trust.EXPIRED, Outcome.UNCERTAIN), ("not_yet", Trust.NOT_YET, Outcome.INVALID),
    ("self_signed", Trust.SELF_SIGNED, Outcome.STRANGER),
])  # fmt: skip
def test_a_certificate_out_of_its_time_or_of_its_own_making_is_told(paper, authority, looked, make, trust, expected):
    found = looked(sign(paper, getattr(authority, make)(), authority))
    assert found.people[0].certificate.trust is trust
    assert outcome(found) is expected
    assert found.people[0].holds


def test_a_revoked_certificate_is_told_with_the_day(paper, authority, looked):
    one = authority.signer("Penanda Yang Dicabut")
    content = sign(paper, one, authority)
    authority.revoke(one, timedelta(minutes=-5))
    crls = [authority.crl(), authority.crl(authority.root)]

    def prove(writer):
        store = generic.DictionaryObject({pdf_name("/CRLs"): generic.ArrayObject(
            [writer.add_object(generic.StreamObject(stream_data=crl)) for crl in crls]
        )})  # fmt: skip
        writer.root[pdf_name("/DSS")] = writer.add_object(store)
        writer.update_root()

    found = looked(updated(content, prove))
    assert found.people[0].certificate.trust is Trust.REVOKED
    assert found.people[0].certificate.revoked_at is not None
    assert outcome(found) is Outcome.INVALID
    assert "dicabut penerbitnya pada" in words(found)


def test_no_flipped_byte_of_the_content_goes_unnoticed(signed, looked):
    content = bytearray(signed["B-LT"])
    at = content.index(b"87,5")
    content[at] ^= 1
    found = looked(bytes(content))
    assert outcome(found) is Outcome.INVALID
    assert not found.people[0].intact
    assert verdict(found, None).headline == "Tanda tangan tidak sah: isinya bukan yang ditandatangani."


def test_a_flipped_byte_of_the_signature_is_noticed(signed, looked):
    content = bytearray(signed["B-B"])
    start = content.index(b"/Contents <") + len("/Contents <")
    end = content.index(b">", start)
    used = content[start:end].rstrip(b"0")
    digest = used.lower().index(b"06092a864886f70d010904")  # the attribute that holds the digest of the content
    for place in (digest + 40, len(used) - 20, len(used) - 300):
        broken = bytearray(content)
        at = start + place
        broken[at] = ord("1") if broken[at] != ord("1") else ord("2")
        assert outcome(looked(bytes(broken))) is Outcome.INVALID


def add_page(writer):
    page = generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Page"),
        pdf_name("/MediaBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 300, 300)]),
    })  # fmt: skip
    from pyhanko.pdf_utils.writer import PageObject

    blank = PageObject(contents=writer.add_object(generic.StreamObject(stream_data=b"")), media_box=(0, 0, 300, 300))
    del page
    writer.insert_page(blank)


def change_field(writer):
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/V")] = generic.pdf_string("99")
    writer.mark_update(field.container_ref)


def change_look(writer, name="jumlah", drawn=b"0 0 m 9 9 l S"):
    """Let a field show something else than its value."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    assert field["/T"] == name
    look = generic.StreamObject(stream_data=drawn)
    look.update({pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
                 pdf_name("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 40, 20)])})  # fmt: skip
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
    writer.mark_update(field.container_ref)


def swap_attachment(writer):
    spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    stream = spec["/EF"].raw_get("/F")
    fresh = generic.StreamObject(stream_data=b'{"palsu":1}')
    writer.objects[(stream.generation, stream.idnum)] = fresh


def hide_overlay(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    target = page["/Resources"]["/XObject"].raw_get("/X1")
    writer.objects[(target.generation, target.idnum)] = generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
         pdf_name("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 300, 300)])},
        stream_data=b"1 g 0 0 300 300 re f",
    )  # fmt: skip


def replace_content(writer):
    page = writer.root["/Pages"]["/Kids"][1]
    target = page.raw_get("/Contents")
    writer.objects[(target.generation, target.idnum)] = generic.StreamObject(
        stream_data=b"BT (Realisasi 2: 99,9) Tj ET"
    )


def annotate(writer):
    page = writer.root["/Pages"]["/Kids"][1]
    note = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText"),
        pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (10, 10, 90, 90)]),
        pdf_name("/Contents"): generic.pdf_string("99,9"),
    }))  # fmt: skip
    page[pdf_name("/Annots")] = generic.ArrayObject([note])
    writer.mark_update(page.container_ref)


def add_script(writer):
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
    )
    writer.update_root()


TAMPERED = {
    "page added": (add_page, Kind.PAGES, "Halaman 3 ditambahkan."),
    "attachment swapped": (swap_attachment, Kind.ATTACHMENT, "Lampiran “selaras.json” diganti isinya."),
    "overlay replaced (shadow: hide)": (hide_overlay, Kind.CONTENT, "Isi halaman 1 diubah."),
    "content replaced (shadow: replace)": (replace_content, Kind.CONTENT, "Isi halaman 2 diubah."),
    "note added": (annotate, Kind.ANNOTATION, "Anotasi (FreeText) ditambahkan pada halaman 2."),
    "script added": (add_script, Kind.ACTION, "Tindakan otomatis (/OpenAction) ditambahkan atau diubah."),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_what_was_changed_after_signing_is_named(signed, looked, case):
    change, kind, sentence = TAMPERED[case]
    found = looked(updated(signed["B-T"], change))
    (one,) = found.people
    assert one.holds, "mathematics alone does not see it"
    assert not one.allowed
    assert outcome(found) is Outcome.CHANGED
    assert (kind, sentence) in {(item.kind, item.sentence) for item in one.changes}


def test_a_form_field_filled_in_later_is_told_with_both_values_and_is_the_signers_to_forbid(
    paper, signer, authority, signed, looked
):
    sentence = "Isian formulir “jumlah” diubah dari “12” menjadi “99”."
    free = looked(updated(signed["B-B"], change_field))
    assert sentence in [item.sentence for item in free.people[0].changes]
    assert verdict(free, None).headline == "Tanda tangan sah; sesudahnya ada perubahan yang diizinkan penanda tangan."
    locked = sign(paper, signer, authority, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    found = looked(updated(locked, change_field))
    assert outcome(found) is Outcome.CHANGED
    assert sentence in words(found)


def test_a_field_that_shows_something_else_than_before_is_told_though_its_value_is_the_same(signed, signer, authority,
                                                                                           paper, looked):  # fmt: skip
    sentence = "Tampilan isian formulir pada halaman 1 diubah."
    found = looked(updated(signed["B-B"], change_look))
    assert sentence in [item.sentence for item in found.people[0].changes]
    assert verdict(found, None).headline == "Tanda tangan sah; sesudahnya ada perubahan yang diizinkan penanda tangan."
    named = sign(paper.replace(b"(jumlah)", b"(Cap2-1)"), signer, authority, name="TandaTangan1")
    copy = partial(change_look, name="Cap2-1")
    alone_filled = updated(named, copy)
    assert sentence in [item.sentence for item in looked(alone_filled).people[0].changes], "nobody signed it"
    both = sign(alone_filled, signer, authority, name="TandaTangan2")
    first, last = looked(both).people
    assert sentence not in [item.sentence for item in first.changes], "the second signature covers its own stamp"
    assert last.whole
    again = looked(updated(both, partial(copy, drawn=b"9 9 m 0 0 l S"))).people
    assert sentence in [item.sentence for item in again[1].changes], "whoever draws over it afterwards is found out"


def test_a_second_signature_leaves_the_first_good(signed, signer, authority, looked):
    second = authority.signer("Penanda Kedua")
    found = looked(sign(signed["B-B"], second, authority, "B-LT", name="Tanda2"))
    first, last = found.people
    assert outcome(found) is Outcome.VALID
    assert (first.certificate.trust, last.certificate.subject) == (Trust.TRUSTED, "Penanda Kedua")
    assert "Tanda tangan “Tanda2” ditambahkan." in [item.sentence for item in first.changes]
    assert not first.whole


def test_a_removed_signature_is_missed(signed, authority, looked):
    def remove(writer):
        field = writer.root["/AcroForm"]["/Fields"][1]
        del field["/V"]
        writer.mark_update(field.container_ref)

    found = looked(updated(signed["B-B"], remove))
    assert outcome(found) is Outcome.CHANGED
    assert found.removed == ("Tanda1",)
    two = sign(signed["B-B"], authority.signer("Penanda Kedua"), authority, name="Tanda2")
    found = looked(updated(two, remove))
    assert outcome(found) is Outcome.CHANGED
    assert found.removed == ("Tanda1",)


def test_a_file_cut_back_to_before_its_signature_is_an_unsigned_one(paper, signed, looked):
    found = looked(signed["B-B"])
    assert hashlib.sha256(paper).hexdigest() in {one.sha256 for one in found.prefixes}
    assert outcome(looked(paper)) is Outcome.UNSIGNED


def test_bytes_behind_the_end_do_not_pass_for_nothing(signed, looked):
    """Some viewers repair a file by reading every object in it, also those that no table names."""
    content, fake = signed["B-LT"], b"\n3 0 obj\n<</Type/Page/Contents 99 0 R>>\nendobj\n"
    start = content[content.rindex(b"startxref") :]
    for tail in (fake, fake + start, b"\nstartxref\n0\n%%EOF" + fake):
        found = looked(content + tail)
        assert outcome(found) in (Outcome.CHANGED, Outcome.UNREADABLE)
    assert "bita ditambahkan di belakang akhir berkas" in words(looked(content + fake + start))
    assert outcome(looked(content + b"\r\n\n ")) is Outcome.VALID


def test_a_weak_algorithm_proves_nothing(paper, signer, authority, looked):
    found = looked(sign(paper, signer, authority, md_algorithm="sha1"))
    assert outcome(found) is Outcome.INVALID
    assert "SHA-1" in words(found)


def test_what_is_no_signed_pdf_gets_a_clear_answer(paper, looked, tmp_path):
    assert looked(b"PK\x03\x04 bukan PDF").problem is Problem.NOT_PDF
    assert looked(b"%PDF-1.7\n" + b"\0" * 500).problem is Problem.BROKEN
    assert looked(paper[: len(paper) // 2]).problem is Problem.BROKEN
    reader = pypdf.PdfWriter(clone_from=io.BytesIO(paper))
    reader.encrypt("sandi", algorithm="AES-256")
    locked = io.BytesIO()
    reader.write(locked)
    found = looked(locked.getvalue())
    assert found.problem is Problem.ENCRYPTED
    assert "terkunci kata sandi" in words(found)


def test_the_child_process_answers_alike_and_keeps_its_bounds(signed, authority, tmp_path):
    path = tmp_path / "baik.pdf"
    path.write_bytes(signed["B-LTA"])
    roots = [TrustedRoot("Akar Uji", authority.roots_pem.decode())]
    now = datetime.now(UTC)
    assert outcome(inspect_file(path, roots, now)) is Outcome.VALID
    assert inspect_file(path, roots, now, limits=Limits(size=1000)).problem is Problem.TOO_LARGE
    path.write_bytes(bomb())
    found = inspect_file(path, roots, now, limits=Limits(seconds=3, memory=700 << 20))
    assert outcome(found) in (Outcome.UNREADABLE, Outcome.UNSIGNED)


def bomb():
    """A few kilobytes that want to become a gigabyte, as the object stream of everything."""
    import zlib

    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(b" " * (1 << 20)) for _ in range(300)) + squeeze.flush()
    head = b"%PDF-1.7\n"
    stream = b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    body = head + stream + packed + b"\nendstream endobj\n"
    at = len(body)
    rows = b"".join((b"\x00\x00\x00\x00\x00\x00", b"\x01" + len(head).to_bytes(4, "big") + b"\x00",
                     b"\x02\x00\x00\x00\x01\x00", b"\x01" + at.to_bytes(4, "big") + b"\x00"))  # fmt: skip
    body += b"3 0 obj\n<</Type/XRef/W[1 4 1]/Size 4/Root 2 0 R/Length %d>>stream\n" % len(rows)
    return body + rows + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % at
