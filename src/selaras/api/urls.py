"""The API at its address."""

from selaras.api.door import api
from selaras.api.files import router as files
from selaras.api.measurement import router as measurement
from selaras.api.reading import router as reading
from selaras.api.records import router as records

for part in (reading, records, measurement, files):
    api.add_router("", part)

urlpatterns = api.urls[0]
app_name = api.urls[1]
