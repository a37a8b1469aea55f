"""Every operation of the API as a request that is good for those who may, and who they are: one table."""

import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.conftest import Program
from tests.web.conftest import BIRO, ROOT

from selaras.actions.evaluations import open_evaluation
from selaras.actions.register_records import open_record
from selaras.actions.registers import take_preset
from selaras.api.schemas import MODELS
from selaras.core.access import Role, Scope, operator
from selaras.core.measurement.records import Realisation
from selaras.core.snapshot import RECORD_KINDS
from selaras.store import models as tables
from selaras.store.issuing import issued_path

R = Role
ALL = set(R) - {R.READER}
PLANNERS = {R.ADMINISTRATOR, R.PLANNER}
COMPOSERS = PLANNERS | {R.REPORTER, R.LEADER, R.SUPERIOR, R.REVIEWER, R.EVALUATOR}
DRAFTERS = PLANNERS | {R.SUPERIOR}
WRITERS = PLANNERS | {R.REPORTER}
EXPLAINERS = PLANNERS | {R.OWNER, R.REPORTER, R.TREASURER}
STAFF = PLANNERS | {R.STAFFING}
MONEY = PLANNERS | {R.TREASURER}
MEASURERS = PLANNERS | {R.OWNER}
VERIFIERS = PLANNERS | {R.SUPERIOR}

CHANGERS = {
    "ReportSettings": PLANNERS, "Unit": STAFF, "Position": STAFF, "Tenure": STAFF, "LegalBasis": STAFF,
    "Employee": {R.ADMINISTRATOR, R.STAFFING}, "BudgetVersion": MONEY, "BudgetLine": MONEY, "Spending": MONEY,
    "Agreement": DRAFTERS, "AgreementLine": DRAFTERS, "AgreementProgramme": DRAFTERS, "HeadGoal": DRAFTERS,
    "Evidence": MEASURERS, "Explanation": EXPLAINERS, "DataQuality": EXPLAINERS,
    "Obstacle": PLANNERS | {R.OWNER, R.REPORTER, R.SUPERIOR}, "PhotoRecord": WRITERS, "Narrative": WRITERS,
}  # fmt: skip
"""Who changes which kind of record; the kinds that are not named belong to the plan."""


@dataclass
class Asked:
    """A request that is good for those who may, and who they are."""

    method: str
    path: str
    allowed: set
    body: dict | None = None
    files: dict = field(default_factory=dict)

    def sent(self, program, agency=None):
        path = f"/api/v1{self.path}" if agency is None else f"/api/v1{self.path}".replace(BIRO, agency)
        if self.files:
            files = {name: SimpleUploadedFile(*given) for name, given in self.files.items()}
            return program.client.post(path, files)
        given = {} if self.body is None else {"data": json.dumps(self.body), "content_type": "application/json"}
        return getattr(program.client, self.method)(path, **given)


def asked():
    """Every operation of the document by its name; makes what the samples lack."""
    at, year = f"/agencies/{BIRO}", f"/agencies/{BIRO}/2024"
    unit = tables.Agency.objects.get(code=BIRO)
    hook = tables.Webhook.objects.create(agency=unit, url="https://contoh.go.id/", secret="whsec_AAAA", events=["ping"])
    sent = tables.WebhookDelivery.objects.create(webhook=hook, event="ping", payload={})
    edition = tables.ReportEdition.objects.create(agency=unit, year=2024, kind="pk", span="tahun", state="dibekukan")
    content = b"%PDF-1.7 contoh"
    digest = sha256(content).hexdigest()
    issued_path(BIRO, digest).parent.mkdir(parents=True, exist_ok=True)
    issued_path(BIRO, digest).write_bytes(content)
    issued = tables.IssuedDocument.objects.create(
        agency=unit,
        kind="laporan",
        key="lkj",
        title="Contoh",
        year=2024,
        code="CONTOH0000000001",
        sha256=digest,
        file="a.pdf",
    )
    case = tables.ReviewCase.objects.create(agency=unit, title="Contoh", sha256="0" * 64, state="dibaca")
    take_preset(operator("Contoh"), agency=BIRO, preset_code="permohonan_informasi")
    texts = {"nama": "Warga Rekaan", "jenis_pemohon": "perorangan", "informasi": "x", "tujuan": "x"}
    number = open_record(
        operator("Contoh"), agency=BIRO, register="permohonan_informasi", texts=texts, on=date(2024, 3, 4)
    ).replace("/", "~2F")
    desk = f"{at}/registers/permohonan_informasi"
    evaluation = open_evaluation(operator("Contoh"), agency=BIRO, year=2024)
    place = tables.Position.objects.filter(agency=unit).first()
    tables.SkpPlan.objects.create(
        agency=unit, code="SKP-1", year=2024, position=tables.Position.objects.create(agency=unit, code="KOSONG", title="K"),
        assessor=place, form="JA dan JF", method="kuantitatif", since="2024-01-01", until="2024-12-31",
        capacity="definitif", cycle="triwulan", state="disepakati",
    )  # fmt: skip
    tables.ReformAction.objects.create(
        agency=unit, year=2024, code="RB-01", title="Contoh", area="tata-laksana", first=1, root_cause="Contoh"
    )
    tables.Recommendation.objects.create(agency=unit, code="REK-1", year=2023, text="Contoh", stage="direncanakan")
    direct = tables.Indicator.objects.filter(agency=unit, formula="nilai langsung").first()
    known = tables.Realisation.objects.filter(agency=unit).first()
    period = {"year": 2024, "span": "triwulan", "index": 1}
    value = {"kind": direct.value_kind, "amount": "3"}
    hooks, row = f"{at}/webhooks", f"{at}/webhooks/{hook.pk}"
    book = (ROOT / "examples" / "biro-organisasi-2024.xlsx").read_bytes()
    page = (ROOT / "tests" / "web" / "review" / "laporan.html").read_bytes()
    found = {
        "getAgency": Asked("get", at, ALL),
        "figures": Asked("get", f"{year}/figures", COMPOSERS),
        "findings": Asked("get", f"{year}/findings", COMPOSERS),
        "audit": Asked("get", f"{at}/audit", {R.ADMINISTRATOR, R.REVIEWER}),
        "recordRealisation": Asked(
            "put", f"{at}/indicators/{direct.code}/realisation", MEASURERS, {"period": period, "value": value}
        ),
        "moveRealisation": Asked(
            "post",
            f"{at}/indicators/{known.indicator.code}/realisation/verify",
            VERIFIERS,
            {
                "period": {"year": known.year, "span": known.span, "index": known.index},
            },
        ),
        "loadWorkbook": Asked("post", "/workbooks", PLANNERS, files={"file": ("data.xlsx", book)}),
        "saveWorkbook": Asked("get", f"{year}/workbook", ALL - {R.SERVICE, R.EMPLOYEE}),
        "composeDocument": Asked("post", f"{year}/documents", COMPOSERS, {"kind": "entah"}),
        "attachEvidence": Asked("post", f"{at}/evidence", MEASURERS, files={"file": ("a.pdf", b"%PDF-1.7 contoh")}),
        "listEditions": Asked("get", f"{year}/editions", ALL),
        "getEdition": Asked("get", f"{at}/editions/{edition.pk}", ALL),
        "getEditionFile": Asked("get", f"{at}/editions/{edition.pk}/files/a.pdf", ALL),
        "listIssued": Asked("get", f"{year}/issued", ALL),
        "getIssued": Asked("get", f"{at}/issued/{issued.pk}", ALL),
        "getIssuedFile": Asked("get", f"{at}/issued/{issued.pk}/file", ALL),
        "saveEsr": Asked("get", f"{year}/esr", ALL - {R.SERVICE, R.EMPLOYEE}),
        "openReview": Asked("post", f"{at}/reviews", {R.REVIEWER}, files={"file": ("a.html", page)}),
        "listReviews": Asked("get", f"{at}/reviews", ALL),
        "getReview": Asked("get", f"{at}/reviews/{case.pk}", {R.REVIEWER}),
        "reviewFindings": Asked("get", f"{at}/reviews/{case.pk}/findings", {R.REVIEWER}),
        "listEvaluations": Asked("get", f"{year}/evaluations", ALL),
        "getEvaluation": Asked("get", f"{at}/evaluations/{evaluation.pk}", ALL),
        "answerEvaluation": Asked("put", f"{at}/evaluations/{evaluation.pk}/answers/1.a", WRITERS, {"answer": "E"}),
        "adoptEvaluationAnswers": Asked(
            "post", f"{at}/evaluations/{evaluation.pk}/adopt", WRITERS, {"column": "penilaian mandiri"}
        ),
        "shareEvaluationTeam": Asked("post", f"{at}/evaluations/{evaluation.pk}/team/share", {R.REVIEWER, R.EVALUATOR}),
        "listRecommendations": Asked("get", f"{at}/recommendations", ALL),
        "addRecommendationStep": Asked(
            "post",
            f"{at}/recommendations/REK-1/steps",
            PLANNERS | {R.OWNER, R.REPORTER, R.SUPERIOR},
            {"text": "Rapat."},
        ),
        "listOwnSkp": Asked("get", f"{year}/skp/mine", ALL),
        "listSubordinateSkp": Asked("get", f"{year}/skp/subordinates", ALL),
        "getSkp": Asked("get", f"{at}/skp/SKP-1", set()),
        "giveSkpFeedback": Asked("post", f"{at}/skp/SKP-1/feedback", set(), {"text": "Teruskan."}),
        "recordSkpResult": Asked(
            "put",
            f"{at}/skp/SKP-1/results/1",
            set(),
            {"period": {"year": 2024, "span": "tahun", "index": 1}, "text": "x"},
        ),
        "getReform": Asked("get", f"{year}/reform", ALL),
        "reportReformAction": Asked(
            "put",
            f"{year}/reform/actions/RB-01/progress/1",
            PLANNERS | {R.OWNER, R.REPORTER},
            {"realised": "1", "evidence": ["Bukti"]},
        ),
        "saveReformUnits": Asked("put", f"{year}/reform/units", PLANNERS, {"units": []}),
        "listRegisters": Asked("get", f"{at}/registers", ALL),
        "listRegisterRecords": Asked("get", f"{desk}/records", ALL - {R.EMPLOYEE}),
        "getRegisterRecord": Asked("get", f"{desk}/records/{number}", ALL - {R.EMPLOYEE}),
        "openRegisterRecord": Asked("post", f"{desk}/records", {R.SERVICE}, {"texts": {}}),
        "changeRegisterRecord": Asked("put", f"{desk}/records/{number}", {R.SERVICE}, {"texts": {"ringkasan": "x"}}),
        "advanceRegisterRecord": Asked(
            "post", f"{desk}/records/{number}/steps", {R.SERVICE}, {"target": "diproses", "texts": {"ringkasan": "x"}}
        ),
        "fillRegisterFile": Asked(
            "post", f"{desk}/records/{number}/files/surat", {R.SERVICE}, files={"file": ("a.pdf", b"%PDF-1.7 contoh")}
        ),
        "getRegisterFigures": Asked("get", f"{desk}/figures/2024", ALL),
        "getRecordsBehindFigure": Asked("get", f"{desk}/figures/2024/sesuai_sop/met", ALL - {R.EMPLOYEE}),
        "cultureStudies": Asked("get", f"{year}/culture/studies", ALL),
        "cultureSurveys": Asked("get", f"{year}/culture/surveys", ALL),
        "listWebhooks": Asked("get", hooks, PLANNERS),
        "createWebhook": Asked("post", hooks, PLANNERS, {"url": "https://contoh.go.id/"}),
        "getWebhook": Asked("get", row, PLANNERS),
        "changeWebhook": Asked("patch", row, PLANNERS, {"active": True}),
        "removeWebhook": Asked("delete", row, PLANNERS),
        "pingWebhook": Asked("post", f"{row}/ping", PLANNERS),
        "listDeliveries": Asked("get", f"{row}/deliveries", PLANNERS),
        "retryDelivery": Asked("post", f"{row}/deliveries/{sent.pk}/retry", PLANNERS),
    }
    everyone = Program(secret(unit))
    for kind in RECORD_KINDS:
        name, path = kind.record.__name__, f"{year}/{kind.field.replace('_', '-')}"
        item = everyone.get(path, limit=1).json()["items"]
        found[f"list{name}"] = Asked("get", path, ALL)
        if item:
            found[f"get{name}"] = Asked("get", f"{path}/{item[0]['id']}", ALL)
        if kind.record is Realisation:
            continue
        changers = CHANGERS.get(name, PLANNERS)
        record = item[0]["record"] if item else MODELS[kind.record].model_config["json_schema_extra"]["examples"][0]
        found[f"save{name}"] = Asked("put", path, changers, record)
        if item:
            found[f"remove{name}"] = Asked("delete", f"{path}/{item[0]['id']}", changers)
    return found


def secret(agency):
    from selaras.actions.tokens import create_token
    from selaras.core.access import Actor

    user = tables.User.objects.create_user("contoh-semua", name="Contoh Semua")
    for role in ALL:
        tables.RoleGrant.objects.create(user=user, role=role.value, agency=agency)
    return create_token(Actor("Contoh Semua", login="contoh-semua"), name="uji", scopes=list(Scope))[1]
