"""The API at its address."""

from django.urls import re_path

from selaras.api.answering import around, nowhere
from selaras.api.culture import router as culture
from selaras.api.door import api
from selaras.api.editions import router as editions
from selaras.api.evaluations import router as evaluations
from selaras.api.files import router as files
from selaras.api.hooks import router as hooks
from selaras.api.issuing import router as issuing
from selaras.api.measurement import router as measurement
from selaras.api.people import router as people
from selaras.api.reading import router as reading
from selaras.api.records import router as records
from selaras.api.reform import router as reform
from selaras.api.registers import router as registers
from selaras.api.reviews import router as reviews
from selaras.api.verification import router as verification

for part in (
    reading,
    records,
    measurement,
    files,
    editions,
    reviews,
    evaluations,
    people,
    reform,
    culture,
    registers,
    issuing,
    verification,
    hooks,
):
    api.add_router("", part)

urlpatterns, app_name, _ = api.urls
for pattern in urlpatterns:
    assert pattern.callback is not None
    pattern.callback = around(pattern.callback)
urlpatterns += [re_path(r"^(?P<rest>[\s\S]*)$", nowhere)]
