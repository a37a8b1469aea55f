"""People and a small study for the tests of stage culture."""

from datetime import date

from tests.actions.staffed import CODE, filled, person

from selaras.actions import culture as verbs
from selaras.actions import culture_field as field
from selaras.actions import culture_sources as sources
from selaras.core.access import Actor, Role
from selaras.core.culture.sources import Method
from selaras.store import models as tables
from selaras.store.models.culture import StudyRole

STUDY = "studi"
TEXT = "Rapat pleno setiap Senin. Keputusan diambil bersama 🤝\nTugas dibagi rata, tetapi tidak sebelum acara."
NOBODY = Actor("anonim")


def team():
    """An agency with a lead, two coders, a head who publishes, a planner who reads, and somebody without rights."""
    filled()
    return {
        "ketua": person("ketua", Role.CULTURE), "ani": person("ani", Role.CULTURE), "budi": person("budi", Role.CULTURE),
        "pimpinan": person("pimpinan", Role.LEADER), "perencana": person("perencana", Role.PLANNER),
        "pegawai": person("orang", Role.EMPLOYEE),
    }  # fmt: skip


def study(who, *, framework="nilai-fungsi-faktor", code=STUDY):
    """A study in design, with its team."""
    row = verbs.open_study(
        who["ketua"], agency=CODE, code=code, title="Studi contoh", framework=framework, year=2024,
        fields={"methods": [Method.INTERVIEW, Method.DOCUMENT]},
    )  # fmt: skip
    for login in ("ani", "budi"):
        verbs.set_member(who["ketua"], agency=CODE, study=code, login=login, role=StudyRole.CODER)
    return row


def with_source(who, *, text=TEXT, code=STUDY, locked=True):
    """A study with one informant, consent and one source; the codes of informant and source."""
    study(who, code=code)
    lead = {"agency": CODE, "study": code}
    informant = field.save_informant(
        who["ketua"], **lead, role="Pejabat struktural", group="Struktural", reason="Mengenal tugas."
    )
    field.record_consent(
        who["ketua"], **lead, informant=informant, record=True, quote=True, archive=False, given=date(2024, 3, 1),
        form="Formulir 1",
    )  # fmt: skip
    source = sources.add_source(
        who["ketua"], **lead, title="Wawancara 1", method=Method.INTERVIEW, text=text, held=date(2024, 3, 2),
        informants=[informant],
    )  # fmt: skip
    if locked:
        sources.lock_source(who["ketua"], **lead, source=source)
    return informant, source


def audit():
    """The actions of the trail, newest first."""
    return list(tables.AuditRecord.objects.order_by("-pk").values_list("action", flat=True))
