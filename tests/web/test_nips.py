"""No page and no answer of the API shows a NIP in full to who does not keep the register of staff."""

import pytest

from selaras.actions.records import save_record
from selaras.core.access import Role, Scope, operator
from selaras.core.nip import mask, spaced
from selaras.core.org import Education, Employee, Employment, Sex
from selaras.store import models as tables
from tests.api.conftest import fresh_pace, program  # noqa: F401 (fixtures)
from tests.web.conftest import BIRO

AT = f"/i/{BIRO}/2024/data/"
API = f"/agencies/{BIRO}/2024"
NIP = "199001012015041007"
KINDS = {"pejabat": (tables.Tenure, "tenures"), "pegawai": (tables.Employee, "employees")}


@pytest.fixture
def rows(inside):
    found = {}
    person = Employee("P-9", "Contoh Pegawai", "Staf", Employment.PNS, Sex.FEMALE, Education.S1)
    save_record(operator("Contoh"), agency=BIRO, record=person)
    for slug, (model, _path) in KINDS.items():
        row = model.objects.filter(agency__code=BIRO).order_by("sequence").first()
        model.objects.filter(pk=row.pk).update(nip=NIP)
        key = row.code if slug == "pegawai" else f"{row.position.code} {row.name}"
        found[slug] = row.pk
        tables.FieldChange.objects.create(
            act="00000000-0000-0000-0000-000000000000", at="2024-01-01T00:00:00+07:00", actor="Contoh", agency=BIRO,
            kind=model.__name__, key=key, field="NIP", before="", after=NIP,
        )  # fmt: skip
    return found


@pytest.mark.parametrize("slug", KINDS)
def test_the_plain_pages_mask_it(signed_in, rows, slug):
    planner, keeper = signed_in(Role.PLANNER), signed_in(Role.STAFFING)
    for path in (f"{AT}{slug}/", f"{AT}{slug}/{rows[slug]}/", f"{AT}{slug}/{rows[slug]}/riwayat/"):
        assert NIP not in planner.get(path).content.decode()
    assert NIP in keeper.get(f"{AT}{slug}/{rows[slug]}/").content.decode()
    assert mask(NIP) in planner.get(f"{AT}{slug}/{rows[slug]}/").content.decode()


@pytest.mark.parametrize("slug", KINDS)
def test_searching_by_it_finds_nothing_for_who_may_not_see_it(signed_in, rows, slug):
    assert not signed_in(Role.PLANNER).get(f"{AT}{slug}/?cari={NIP[:10]}").context["lines"]
    assert signed_in(Role.STAFFING).get(f"{AT}{slug}/?cari={NIP[:10]}").context["lines"]


def test_a_planner_saves_the_form_of_a_holder_and_the_number_stays(signed_in, rows):
    planner = signed_in(Role.PLANNER)
    page = planner.get(f"{AT}pejabat/{rows['pejabat']}/")
    form = page.context["form"]
    given = {name: form.initial.get(name, "") for name in form.fields} | dict(form.opened) | {"rank": "Pembina Contoh"}
    assert planner.post(f"{AT}pejabat/{rows['pejabat']}/", given).status_code == 302
    row = tables.Tenure.objects.get(pk=rows["pejabat"])
    assert (row.nip, row.rank) == (NIP, "Pembina Contoh")


@pytest.mark.parametrize("slug", KINDS)
def test_the_api_masks_it_except_with_the_right_and_the_scope(program, rows, slug):  # noqa: F811
    path = f"{API}/{KINDS[slug][1]}"
    for reader in (program(Role.PLANNER), program(Role.STAFFING, scopes=(Scope.READ,))):
        for asked in (reader.get(path), reader.get(f"{path}/{rows[slug]}")):
            assert asked.status_code == 200
            assert NIP not in asked.content.decode()
        assert reader.get(path, q=NIP[:10]).json()["total"] == 0
    keeper = program(Role.STAFFING, scopes=(Scope.READ, Scope.EDIT))
    assert keeper.get(f"{path}/{rows[slug]}").json()["record"]["nip"] == NIP


def test_what_the_api_masked_can_be_sent_back(program, rows):  # noqa: F811
    planner = program(Role.PLANNER)
    record = planner.get(f"{API}/tenures/{rows['pejabat']}").json()["record"]
    answer = planner.send("put", f"{API}/tenures", record | {"rank": "Pembina Contoh", "seen": record})
    assert answer.status_code == 200, answer.content
    assert [change["field"] for change in answer.json()["changes"]] == ["Pangkat/Golongan"]
    assert tables.Tenure.objects.get(pk=rows["pejabat"]).nip == NIP


def test_the_person_sees_the_own_number_in_full_on_the_pages_of_the_organisation(signed_in, rows):
    planner, seat = signed_in(Role.PLANNER), tables.Tenure.objects.get(pk=rows["pejabat"])
    page = f"/i/{BIRO}/2024/organisasi/jabatan/{seat.position.code}/"
    assert spaced(NIP) not in planner.get(page).content.decode()
    tables.Seat.objects.create(tenure=seat, user=tables.User.objects.get(pk=planner.session["_auth_user_id"]))
    assert spaced(NIP) in planner.get(page).content.decode()
