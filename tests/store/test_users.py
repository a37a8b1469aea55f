"""Which roles an account has on a day."""

from datetime import date

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.core.access import Act, Role, may, may_somewhere
from selaras.core.errors import NotFound
from selaras.core.org import Capacity
from selaras.store import models as tables
from selaras.store.users import actor_of, find_user, holders_of

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 1)


@pytest.fixture
def agency():
    fill(records())
    return tables.Agency.objects.get(code=AGENCY.code)


@pytest.fixture
def user():
    return tables.User.objects.create_user("contoh", "rahasia-contoh-1", name="Contoh Pengguna")


def test_an_account_without_roles_reaches_nothing(user, agency):
    actor = actor_of(user, TODAY)
    assert (actor.name, actor.login, actor.grants) == ("Contoh Pengguna", "contoh", ())
    assert not may_somewhere(actor, Act.SEE, agency.code)


def test_a_role_counts_from_its_first_day_to_its_last(user, agency):
    tables.RoleGrant.objects.create(
        user=user, role=Role.PLANNER, agency=agency, since=date(2024, 7, 1), until=date(2024, 7, 31)
    )
    allowed = [
        may(actor_of(user, day), Act.EDIT_PLAN, agency.code) for day in (date(2024, 6, 30), TODAY, date(2024, 8, 1))
    ]
    assert allowed == [False, True, False]


def test_a_role_for_a_unit_reaches_the_units_below_it(user, agency):
    top = tables.Unit.objects.filter(agency=agency, parent__isnull=True).first()
    child = tables.Unit.objects.create(agency=agency, code="ANAK", name="Subbagian Contoh", parent=top, kind="unit")
    tables.RoleGrant.objects.create(user=user, role=Role.OWNER, agency=agency, unit=top)
    actor = actor_of(user, TODAY)
    assert may(actor, Act.MEASURE, agency.code, child.code)
    assert not may(actor, Act.MEASURE, agency.code)


def test_an_acting_official_has_the_duties_of_the_position_from_the_first_day(user, agency):
    position = tables.Position.objects.filter(agency=agency).first()
    tenure = tables.Tenure.objects.create(
        agency=agency, position=position, name="Contoh Pengguna", capacity=Capacity.PLT, since=TODAY
    )
    tables.Seat.objects.create(user=user, tenure=tenure)
    tables.RoleGrant.objects.create(position=position, role=Role.SUPERIOR, agency=agency)
    assert may(actor_of(user, TODAY), Act.VERIFY, agency.code)
    assert actor_of(user, TODAY).positions == {(agency.code, position.code)}
    assert not may_somewhere(actor_of(user, date(2024, 6, 30)), Act.VERIFY, agency.code)
    assert holders_of(agency.code, TODAY, Role.SUPERIOR) == [user]
    assert holders_of(agency.code, date(2024, 6, 30), Role.SUPERIOR) == []


def test_building_an_actor_takes_two_queries(user, agency, django_assert_num_queries):
    tables.RoleGrant.objects.create(user=user, role=Role.PLANNER, agency=agency)
    with django_assert_num_queries(2):
        actor_of(user, TODAY)


def test_an_unknown_account_is_said_so():
    with pytest.raises(NotFound, match="siapa"):
        find_user("siapa")
