"""The API against its own document: every operation with examples, border cases and fuzzed requests, good and bad."""

import hypothesis
import pytest
from django.core.cache import caches
from hypothesis import HealthCheck
from tests.long_run import LONG, tries
from tests.web.conftest import BIRO

from selaras.api.urls import api
from selaras.core.access import Role
from selaras.web.wsgi import application

schemathesis = pytest.importorskip("schemathesis")
from schemathesis.core.parameters import ParameterLocation  # noqa: E402, after the check that it is there

pytestmark = pytest.mark.slow

CONFIG = f"""
seed = 20241122

[parameters]
"path.agency" = "{BIRO}"
"path.indicator" = "IKU-1"

[generation]
max-examples = 12
deterministic = true
database = "none"

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
"""
"""Data that fit their shape may still contradict the data that are stored: that is what 409 and 422 say."""


schema = schemathesis.openapi.from_dict(
    api.get_openapi_schema(path_prefix="/api/v1/"), config=schemathesis.Config.from_str(CONFIG)
)
schema.app = application


@pytest.fixture
def everyone(program):
    return program(*(role for role in Role if role is not Role.READER))


@schema.parametrize()
@hypothesis.settings(
    max_examples=tries(20, 100), derandomize=not LONG, suppress_health_check=list(HealthCheck), deadline=None
)
def test_every_answer_is_one_that_the_document_promises(case, everyone):
    caches["local"].clear()
    if case.meta is not None and case.meta.generation.mode.is_positive and "year" in case.path_parameters:
        case.path_parameters["year"] = 2024  # the year of the sample, so that good requests meet data
    broken_header = case.meta is not None and case.meta.is_negative_at(ParameterLocation.HEADER)
    # a request whose fault is its sign-in is sent as it is: a good one put in its place would heal it
    case.call_and_validate(headers=None if broken_header else {"Authorization": f"Bearer {everyone.secret}"})
