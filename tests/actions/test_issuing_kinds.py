"""Each kind of document from its own workflow to its signatures: SKP, annual report, LHE, review statement, minutes."""

import io
from datetime import date

import pypdf
import pytest
from tests.actions import evaluating, staffed
from tests.actions.test_reviews import REVIEWER, case, inside, samples  # noqa: F401
from tests.remote_signing import RemoteSigning
from tests.signing_authority import Authority
from tests.store.example import records
from tests.store.filling import fill

from selaras.actions import issuing, issuing_keys, issuing_minutes
from selaras.actions import review_desk as desk
from selaras.actions.editions import approve, freeze
from selaras.actions.evaluation_papers import write_letter
from selaras.core.access import Actor, Grant, Role, acting
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.issuing.orders import CONCLUSION
from selaras.core.issuing.outcome import Standing
from selaras.core.issuing.sentences import of_register
from selaras.core.issuing.stages import IssuedState, SignatureState, Way
from selaras.documents.pades.providers import FileProvider
from selaras.store import models as tables
from selaras.store.issuing import issued_of, overtaken, read_issued, waiting_for
from selaras.store.models.work import EditionState, ReviewState
from selaras.store.proofs import register_of_code

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BIRO = "BIRO-ORG"
NIK = "5171010101700001"


@pytest.fixture(scope="module")
def authority():
    with Authority() as made:
        yield made


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA = tmp_path


def sign(by, row, order, signer):
    provider = FileProvider(signer.p12("s"), "s")
    return issuing.sign_document(by, agency=row.agency.code, document=row.pk, order=order, provider=provider)


def not_after(rows, by, row, order=1, **change):
    """What stands behind a document changes, so that it is not signed; then it is put back."""
    kept = rows.values(*change).get()
    rows.update(**change)
    with pytest.raises(Refusal, match="berubah sejak"):
        sign(by, row, order, Authority.self_signed("Siapa pun"))
    rows.update(**kept)
    assert row.stages.count() == order, "nothing was kept"


def words(row):
    row.refresh_from_db()
    reader = pypdf.PdfReader(io.BytesIO(read_issued(row.agency.code, row.sha256)))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_an_skp_is_signed_by_the_employee_then_the_assessor_and_nobody_else_sees_it(folder, authority):
    who = staffed.filled()
    staffed.staff_plan(who)
    with pytest.raises(Refusal, match="keadaan SKP"):
        issuing.issue(who["pegawai"], agency=staffed.CODE, kind="skp", key=staffed.STAFF)
    from selaras.actions import people_agreeing

    people_agreeing.propose(who["pegawai"], agency=staffed.CODE, code=staffed.STAFF)
    people_agreeing.agree(who["sekretaris"], agency=staffed.CODE, code=staffed.STAFF)
    for name in ("rekan", "administrator", "staffing"):
        with pytest.raises(NotFound):
            issuing.issue(who[name], agency=staffed.CODE, kind="skp", key=staffed.STAFF)
    row = issuing.issue(who["pegawai"], agency=staffed.CODE, kind="skp", key=staffed.STAFF)
    assert [one.role for one in row.signatures.all()] == ["pegawai", "pejabat penilai"]
    first, second = row.signatures.all()
    assert (first.user.username, second.position) == ("pegawai", "SEKRETARIS")
    with pytest.raises(Refusal, match="Belum giliran"):
        sign(who["sekretaris"], row, 2, authority.signer(second.holder))
    line = tables.SkpRow.objects.filter(plan__code=staffed.STAFF)
    not_after(line.filter(pk=line.first().pk), who["pegawai"], row, result="Hasil kerja yang lain")
    sign(who["pegawai"], row, 1, authority.signer(first.holder))
    assert [found.pk for found, _ in waiting_for(who["sekretaris"], staffed.CODE)] == [row.pk]
    sign(who["sekretaris"], row, 2, authority.signer(second.holder))
    row.refresh_from_db()
    assert row.state == IssuedState.ISSUED
    assert {place["page"] for place in row.places.values()} == {row.pages - 1} or row.pages
    assert list(issued_of(who["pegawai"], staffed.CODE)) == [row]
    assert not issued_of(who["administrator"], staffed.CODE) and not issued_of(who["rekan"], staffed.CODE)


def test_an_lhe_is_signed_by_whom_its_letter_names_once_it_is_final(folder, authority):
    fill(records())
    who = evaluating.people()
    row = evaluating.opened(who)
    with pytest.raises(Refusal, match="keadaan evaluasi"):
        issuing.issue(who["ketua"], agency=evaluating.CODE, kind="lhe", key=str(row.pk))
    tables.Evaluation.objects.filter(pk=row.pk).delete()
    row = evaluating.closed(who)
    letter = {"number": "700/1/2025", "date": "2025-03-01", "recipient": "Kepala Dinas", "signatory_title": "Inspektur",
              "signatory_name": "Contoh kepala, S.E.", "place": "Denpasar"}  # fmt: skip
    write_letter(
        who["kepala"],
        agency=evaluating.CODE,
        evaluation=row.pk,
        fields=letter | {"signatory_name": "Orang Tak Dikenal"},
    )
    with pytest.raises(Refusal, match="akun dengan nama"):
        issuing.issue(who["ketua"], agency=evaluating.CODE, kind="lhe", key=str(row.pk))
    write_letter(who["kepala"], agency=evaluating.CODE, evaluation=row.pk, fields=letter)
    made = issuing.issue(who["ketua"], agency=evaluating.CODE, kind="lhe", key=str(row.pk))
    with pytest.raises(NotAllowed):
        sign(who["mutu"], made, 1, authority.signer("Contoh kepala"))
    not_after(
        tables.Evaluation.objects.filter(pk=row.pk), who["kepala"], made, letter=letter | {"number": "700/9/2025"}
    )
    sign(who["kepala"], made, 1, authority.signer("CONTOH KEPALA"))
    made.refresh_from_db()
    assert made.state == IssuedState.ISSUED and "700/1/2025" in words(made)
    write_letter(who["kepala"], agency=evaluating.CODE, evaluation=row.pk, fields={"number": "700/2/2025"})
    assert issuing.has_changed(who["kepala"], row=made)


def test_a_review_statement_needs_the_reviewers_own_conclusion(case, authority):  # noqa: F811
    user = tables.User.objects.create(username="pereviu", name="Pereviu Contoh")
    agency = tables.Agency.objects.get(code=BIRO)
    tables.RoleGrant.objects.create(user=user, role=Role.REVIEWER.value, agency=agency)
    reviewer = Actor(user.name, (Grant(Role.REVIEWER, BIRO),), user.username)
    given = {"number": "X/1", "date": "2025-03-01", "place": "Denpasar", "signatory_title": "Inspektur",
             "signatory_name": user.name}  # fmt: skip
    desk.write_statement(REVIEWER, agency=BIRO, case=case.pk, fields=given)
    with pytest.raises(Refusal, match="keadaan reviu"):
        issuing.issue(reviewer, agency=BIRO, kind="pernyataan-reviu", key=str(case.pk), given={CONCLUSION: "x"})
    tables.ReviewCase.objects.filter(pk=case.pk).update(state=ReviewState.DONE.value)
    with pytest.raises(Refusal, match="simpulan belum ditulis"):
        issuing.issue(reviewer, agency=BIRO, kind="pernyataan-reviu", key=str(case.pk))
    said = "laporan disajikan secara memadai."
    row = issuing.issue(reviewer, agency=BIRO, kind="pernyataan-reviu", key=str(case.pk), given={CONCLUSION: said})
    cases = tables.ReviewCase.objects.filter(pk=case.pk)
    not_after(cases, reviewer, row, statement=given | {"number": "X/2"})
    not_after(cases, reviewer, row, state=ReviewState.OPEN.value)
    with RemoteSigning({NIK: ("sandi jauh", authority.signer("Pereviu Contoh"))}) as there:
        from django.conf import settings

        before = settings.SIGN_REMOTE
        settings.SIGN_REMOTE = there.url
        try:
            provider = issuing_keys.remote_provider(reviewer, nik=NIK, passphrase="sandi jauh")
            made = issuing.sign_document(reviewer, agency=BIRO, document=row.pk, order=1, provider=provider)
        finally:
            settings.SIGN_REMOTE = before
    assert made.provider == Way.REMOTE and said in words(row)
    told = str(list(tables.AuditRecord.objects.values_list("details", flat=True)))
    assert NIK not in told and "sandi jauh" not in told


def test_an_annual_report_after_its_approval_and_minutes_with_the_seal(inside, authority):  # noqa: F811
    head = acting("Pimpinan Contoh", {Role.LEADER}, [BIRO])
    writer = acting("Penulis Contoh", {Role.REPORTER}, [BIRO])
    admin = acting("Admin Contoh", {Role.ADMINISTRATOR}, [BIRO])
    edition = freeze(writer, agency=BIRO, year=2024, kind="lkjip")
    with pytest.raises(Refusal, match="keadaan edisi"):
        issuing.issue(writer, agency=BIRO, kind="lkjip", key=str(edition.pk))
    tables.ReviewCase.objects.create(
        agency=edition.agency, edition=edition, title="x", sha256="0" * 64, state=ReviewState.DONE.value
    )
    approve(head, agency=BIRO, edition=edition.pk)
    row = issuing.issue(writer, agency=BIRO, kind="lkjip", key=str(edition.pk))
    place = row.signatures.get(order=1)
    assert place.position and place.holder and row.pages > 10
    leader = Actor("Kepala", (Grant(Role.LEADER, BIRO),), "kepala", frozenset({(BIRO, place.position)}))
    with pytest.raises(Refusal, match="Belum giliran"):
        sign(admin, row, 2, authority.signer("Instansi"))
    not_after(tables.ReportEdition.objects.filter(pk=edition.pk), leader, row, state=EditionState.FROZEN.value)
    newer = tables.ReportEdition.objects.get(pk=edition.pk)
    newer.pk, newer.version = None, 2
    newer.save()
    with pytest.raises(Refusal, match="berubah sejak"):
        sign(leader, row, 1, authority.signer(place.holder))
    newer.delete()
    sign(leader, row, 1, authority.signer(place.holder))
    row.refresh_from_db()
    assert row.state == IssuedState.ISSUED, "the seal is optional"
    _told_as_revised(row, edition)
    minutes = issuing_minutes.write_minutes(
        writer, agency=BIRO, number="1/BA", title="Rapat kinerja", held_on=date(2024, 5, 6), place="Denpasar",
        text="Satu.\nDua.", signers=[place.position],
    )  # fmt: skip
    made = issuing.issue(writer, agency=BIRO, kind="berita-acara", key=str(minutes.pk))
    one, seal = made.signatures.all()
    with pytest.raises(Refusal, match="Belum giliran"):
        sign(admin, made, 2, authority.signer(seal.holder))
    attendant = Actor("K", (Grant(Role.LEADER, BIRO),), "k", frozenset({(BIRO, one.position)}))
    not_after(tables.Minutes.objects.filter(pk=minutes.pk), attendant, made, text="Satu.\nTiga.")
    sign(attendant, made, 1, authority.signer(one.holder))
    stamp = authority.signer(seal.holder)
    key = issuing_keys.add_p12(admin, agency=BIRO, name="Segel", content=stamp.p12("x"), passphrase="x")
    provider = issuing_keys.server_provider(admin, agency=BIRO, key=key.pk, is_seal=True)
    issuing.sign_document(admin, agency=BIRO, document=made.pk, order=2, provider=provider)
    made.refresh_from_db()
    assert made.signatures.get(order=2).state == SignatureState.SIGNED and "Rapat kinerja" in words(made)


def _told_as_revised(row, edition):
    """A signed report whose later edition was published, and then signed, is no longer the one that counts."""

    def told():
        return register_of_code(row.code)[1]

    assert (told().standing, told().newer) == (Standing.CURRENT, None)
    later = tables.ReportEdition.objects.get(pk=edition.pk)
    later.pk, later.version = None, 2
    later.save()
    assert told().standing is Standing.CURRENT, "a later edition that is only approved replaces nothing"
    assert overtaken([row]) == set()
    tables.ReportEdition.objects.filter(pk=later.pk).update(state=EditionState.PUBLISHED.value)
    assert (told().standing, told().newer_title) == (Standing.REPLACED, "edisi 2")
    assert overtaken([row]) == {row.pk}
    tables.ReportEdition.objects.filter(pk=later.pk).update(state=EditionState.APPROVED.value)
    signed = tables.IssuedDocument.objects.create(
        agency=row.agency, kind="lkjip", key="lkjip 2024 edisi 2", record=later.pk, title="Laporan edisi 2", year=2024,
        code="3FGHJK4MNP", state=IssuedState.ISSUED.value, reason="Angka diperbaiki.",
    )  # fmt: skip
    assert overtaken([row, signed]) == {row.pk}, "signed suffices, and the newest itself is not overtaken"
    assert (told().newer_title, told().newer_code, told().newer_reason) == (signed.title, signed.code, signed.reason)
    assert "Sudah diganti Laporan edisi 2 (kode 3FGHJK4MNP) karena Angka diperbaiki." in [
        one.words for one in of_register([told()])
    ]
    signed.delete()
    later.delete()
