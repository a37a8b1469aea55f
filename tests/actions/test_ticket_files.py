"""Files and letters of a ticket: consent is kept, files are looked at and lose their names, letters come when complete."""

import pytest
from tests.actions.desk import ASKED, NAME, PPID, PUBLIC, TODAY, answered, office
from tests.actions.staffed import CODE

from selaras.actions import service_papers, ticket_files, tickets
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.public_service import public_counts, public_year, years_told
from selaras.store.register_view import record_view
from selaras.store.tickets import TicketView

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def who(settings, tmp_path):
    settings.DATA = tmp_path
    return office()


def upload(tmp_path, content=PDF, name="ktp-warga-rekaan.pdf"):
    path = tmp_path / "masuk"
    path.write_bytes(content)
    return ticket_files.Upload(path, name)


def sent(**more):
    return tickets.open_ticket(PUBLIC, agency=CODE, register=PPID, texts=ASKED, source="198.51.100.7", **more)


def followed(ticket) -> TicketView:
    return tickets.follow_ticket(PUBLIC, agency=CODE, number=ticket.number, secret=ticket.secret)


def test_consent_is_kept_and_its_refusal_refuses(who):
    ticket = sent(consent=True)
    assert tables.RegisterEvent.objects.filter(record__number=ticket.number, note=tickets.AGREED).exists()
    with pytest.raises(Refusal) as refused:
        sent(consent=False)
    assert "persetujuan" in refused.value.faults[0].message


def test_a_file_goes_along_and_only_its_owner_fetches_it(who, tmp_path):
    ticket = sent(uploads=[upload(tmp_path)])
    (order,) = [step.order for step in followed(ticket).steps if step.order]
    name = ticket_files.fetch_file(PUBLIC, agency=CODE, number=ticket.number, secret=ticket.secret, order=order)
    assert name.endswith("-lampiran.pdf")
    with pytest.raises(NotFound):
        ticket_files.fetch_file(PUBLIC, agency=CODE, number=ticket.number, secret="0000-0000-0000-0000", order=order)
    assert not any(event.file for event in record_view(who["owner"], CODE, PPID, ticket.number, TODAY).events)
    assert any(event.file for event in record_view(who["desk"], CODE, PPID, ticket.number, TODAY).events)


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ\x90" + b"\0" * 300, "a.pdf"), (b"", "a.pdf"), (PDF + b"\0" * (6 << 20), "a.pdf")]
)
def test_what_is_no_evidence_is_no_attachment(who, tmp_path, content, name):
    with pytest.raises(Refusal):
        sent(uploads=[upload(tmp_path, content, name)])
    with pytest.raises(Refusal):
        sent(uploads=[upload(tmp_path)] * 4)
    assert not tables.RegisterRecord.objects.exists()


def test_the_office_sends_a_file_along_with_its_answer(who, tmp_path):
    ticket = sent()
    tickets.answer_client(
        who["desk"], agency=CODE, register=PPID, number=ticket.number, text="Terlampir.", upload=upload(tmp_path)
    )
    assert [step.told for step in followed(ticket).steps if step.order] == ["Terlampir."]
    with pytest.raises(NotAllowed):
        tickets.answer_client(who["owner"], agency=CODE, register=PPID, number=ticket.number, text="x")


def test_letters_are_for_the_state_and_complete(who, tmp_path):
    ticket = sent()
    assert [code for code, _name in followed(ticket).letters] == ["tanda_terima"]
    answered(who["desk"], ticket.number, TODAY)
    view = followed(ticket)
    assert [code for code, _name in view.letters] == ["pemberitahuan"]
    assert view.dues == ()
    key = {"agency": CODE, "number": ticket.number, "secret": ticket.secret}
    path = ticket_files.fetch_letter(PUBLIC, **key, letter="pemberitahuan", output=tmp_path)
    assert path.read_bytes().startswith(b"%PDF")
    with pytest.raises(NotFound):
        ticket_files.fetch_letter(PUBLIC, **key, letter="penolakan", output=tmp_path)
    assert NAME not in repr(list(tables.AuditRecord.objects.values()))


def test_counts_are_told_to_everybody_and_the_report_to_who_may_export(who, tmp_path):
    ticket = sent()
    answered(who["desk"], ticket.number, TODAY)
    (line,) = public_counts(CODE, TODAY.year, TODAY)
    assert (line.received, line.finished, line.open, line.late) == (1, 0, 1, 0)
    assert years_told(CODE, PPID) == (TODAY.year,)
    told = public_year(CODE, PPID, TODAY.year, TODAY)
    assert NAME not in repr(told.tables)
    with pytest.raises(NotFound):
        public_year(CODE, "tiada", TODAY.year, TODAY)
    go = {"agency": CODE, "register": PPID, "year": TODAY.year, "output": tmp_path}
    assert service_papers.compose_service_report(who["leader"], **go, form="docx").stat().st_size > 1000
    with pytest.raises(NotAllowed):
        service_papers.compose_service_report(who["employee"], **go, form="docx")
    with pytest.raises(Refusal):
        service_papers.compose_service_report(who["leader"], **go, form="exe")
