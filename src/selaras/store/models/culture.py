"""Tables of stage culture: studies with their people, texts, codings, rounds and conclusions; surveys; what follows.

Persons stand here by pseudonym and role; who they are is sealed in a table of its own. A link to a survey and the
answers given by it share no key, no order and no time.
"""

from __future__ import annotations

import secrets
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from selaras.core.culture.coding import FINAL, Kind, MemoKind, Stance
from selaras.core.culture.conclusions import Tactic
from selaras.core.culture.sources import Method
from selaras.core.culture.studies import Stage
from selaras.store.models.columns import choice, in_order, reference, text
from selaras.store.models.org import Agency
from selaras.store.models.users import User

RANDOM_BITS = 62


class StudyRole(StrEnum):
    """What a person is to a study."""

    LEAD = "ketua"
    CODER = "penyandi"
    REVIEWER = "penelaah"
    READER = "pembaca"


class RoundPurpose(StrEnum):
    """What a round of blind coding compares: several coders, or one coder with the own earlier reading."""

    AGREEMENT = "kesepakatan antarpenyandi"
    RECODE = "sandi ulang"


class RoundUnit(StrEnum):
    """The unit by which agreement of a round is counted."""

    GRID = "penggalan × kode"
    CHARACTERS = "aksara"


class CheckKind(StrEnum):
    """What kind of check a conclusion went through."""

    TACTIC = "cara pemeriksaan"
    MEMBER = "umpan balik informan"
    READER = "pembaca kedua"


class DisplayKind(StrEnum):
    """The displays that can be kept with a study."""

    BY_SOURCE = "simpulan × sumber"
    BY_METHOD = "simpulan × metode"
    BY_ROLE = "kode × kelompok peran"
    CLUSTERED = "sumber × konstruk"
    CHECKLIST = "daftar periksa konstruk"
    EFFECTS = "faktor × akibat"


class SurveyMode(StrEnum):
    """Whether two sets of answers of one person can be laid beside each other; respondents are told which it is."""

    ANONYMOUS = "anonim"
    LINKED = "rahasia, dapat dihubungkan"


class SurveyUse(StrEnum):
    """What a survey is for; the same engine serves all."""

    CULTURE = "budaya kerja"
    SERVICE = "kepuasan masyarakat"


class ActionState(StrEnum):
    """Where a follow-up of a study stands."""

    PLANNED = "direncanakan"
    RUNNING = "berjalan"
    DONE = "selesai"
    DROPPED = "dibatalkan"


def random_key() -> int:
    """A key that says nothing about when a row was written; also the place of the row in a SQLite file."""
    return secrets.randbits(RANDOM_BITS) + 1


class CultureFramework(models.Model):
    """A framework of an agency's own, written or made out of a preset; `content` is what `rulebook.culture.as_data` gives."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)
    base = models.CharField(max_length=80, blank=True)
    title = text()
    content = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = text()

    class Meta:
        verbose_name = "kerangka budaya kerja"
        ordering = ("agency", "code")
        constraints = (models.UniqueConstraint(fields=("agency", "code"), name="cultureframework_key"),)

    def __str__(self) -> str:
        return self.title


class Study(models.Model):
    """One study of an agency. `content` is its framework, fixed when the study leaves the design."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    title = text()
    subject = text()
    """The organisation that is studied, as the report names it."""
    framework = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    question = text()
    design = text()
    sampling = text()
    analysis = text()
    places = text()
    legal_basis = text()
    methods = models.JSONField(default=list)
    validity = models.JSONField(default=list)
    not_reported = models.JSONField(default=list)
    values = models.JSONField(default=list)
    """Core values with the codes that speak of them: [[name, [code, …]], …]."""
    tested = models.BooleanField(default=False)
    claims_influence = models.BooleanField(default=False)
    fieldwork = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    source = text()
    note = text()
    k_screen = models.PositiveSmallIntegerField(default=5)
    k_publish = models.PositiveSmallIntegerField(default=10)
    strong_accounts = models.PositiveSmallIntegerField(default=3)
    strong_groups = models.PositiveSmallIntegerField(default=2)
    fair_accounts = models.PositiveSmallIntegerField(default=2)
    retention_until = models.DateField(null=True, blank=True)
    indicator = reference("store.Indicator", optional=True)
    stage = choice(Stage)
    demo = models.CharField(max_length=200, blank=True)
    """How every page calls the data where they are a worked example; empty for a study of one's own."""
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = text()
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = text()
    edition = models.JSONField(default=dict)
    """What was published, as it stood then; the only part of a study that leaves by the API."""

    class Meta:
        verbose_name = "studi budaya kerja"
        verbose_name_plural = "studi budaya kerja"
        ordering = ("-year", "code")
        constraints = (
            models.UniqueConstraint(fields=("agency", "code"), name="study_key"),
            models.CheckConstraint(
                name="study_thresholds",
                condition=Q(k_screen__gte=3) & Q(k_publish__gte=F("k_screen")),
                violation_error_message="ambang penyajian terlalu rendah",
            ),
            models.CheckConstraint(
                name="study_support_rule",
                condition=Q(fair_accounts__gte=1) & Q(strong_accounts__gte=F("fair_accounts")),
                violation_error_message="aturan kekuatan bukti tidak sah",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class StudyMember(models.Model):
    """Who works on a study and as what."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = choice(StudyRole)

    class Meta:
        verbose_name = "anggota tim studi"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("study", "user"), name="studymember_key"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class StudyStep(models.Model):
    """A study on its way from one stage to another, forward or back."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="steps")
    before = choice(Stage, optional=True)
    after = choice(Stage)
    reason = text()
    by = text()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "langkah studi"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class StudyInformant(models.Model):
    """One person by pseudonym and role, why this person was asked, and what the person agreed to."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="informants")
    code = models.CharField(max_length=40)
    order = models.PositiveIntegerField(default=0)
    role = text()
    group = text()
    reason = text()
    holders = models.PositiveIntegerField(null=True, blank=True)
    consent_record = models.BooleanField(default=False)
    consent_quote = models.BooleanField(default=False)
    consent_archive = models.BooleanField(default=False)
    consent_given = models.DateField(null=True, blank=True)
    consent_form = text()
    consent_channel = text()
    named_by_office = models.BooleanField(default=False)
    withdrawn = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "informan"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "code"), name="studyinformant_key"),
            in_order("studyinformant", "consent_given", "withdrawn"),
        )

    def __str__(self) -> str:
        return self.code


class InformantIdentity(models.Model):
    """Who an informant is, sealed by the key of the installation. Never exported, and deleted at the retention date."""

    informant = models.OneToOneField(StudyInformant, on_delete=models.CASCADE, related_name="identity")
    sealed = text()

    class Meta:
        verbose_name = "identitas informan"

    def __str__(self) -> str:
        return f"identitas {self.informant_id}"


class StudyGuide(models.Model):
    """A guide for interviews, observation or reading: questions of the tree and own ones, in their order."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="guides")
    title = text()
    method = choice(Method)
    opening = text()
    questions = models.JSONField(default=list)
    """[{"node": code or "", "text": question}, …]."""
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "pedoman pengumpulan data"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class StudySource(models.Model):
    """One text of a study. `seal` is the SHA-256 of the text once it is locked; `length` counts code points."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sources")
    code = models.CharField(max_length=40)
    order = models.PositiveIntegerField(default=0)
    title = text()
    method = choice(Method)
    held = models.DateField(null=True, blank=True)
    place = text()
    collector = text()
    joint = models.BooleanField(default=False)
    informants = models.ManyToManyField(StudyInformant, related_name="sources", blank=True)
    gap = text()
    seal = models.CharField(max_length=64, blank=True)
    length = models.PositiveIntegerField(default=0)
    file = text()
    """The name under which the original lies in the evidence store; empty for pasted text."""
    file_sha256 = models.CharField(max_length=64, blank=True)
    evidence = text()
    """Which evidence of the system it was drawn from: indicator, period and title; empty for others."""
    added_by = text()
    added_at = models.DateTimeField(auto_now_add=True)
    text = text()

    class Meta:
        verbose_name = "sumber studi"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "code"), name="studysource_key"),
            models.CheckConstraint(
                name="studysource_line_ends",
                condition=~Q(text__contains="\r"),
                violation_error_message="akhir baris bukan LF",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class StudyCode(models.Model):
    """One word of the codebook of a study."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=80)
    order = models.PositiveIntegerField(default=0)
    name = text()
    node = models.CharField(max_length=80, blank=True)
    family = text()
    definition = text()
    includes = text()
    excludes = text()
    merged_into = models.CharField(max_length=80, blank=True)
    colour = models.CharField(max_length=7, blank=True)

    class Meta:
        verbose_name = "kode"
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=("study", "code"), name="studycode_key"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StudySegment(models.Model):
    """A passage [start, end) of a source in code points; `within` repeats the length of the text for the database."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="segments")
    source = models.ForeignKey(StudySource, on_delete=models.CASCADE, related_name="segments")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField(default=0)
    """The order of segments in the study."""
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    within = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = text()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "penggalan"
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "code"), name="studysegment_key"),
            models.UniqueConstraint(fields=("source", "start", "end"), name="studysegment_span"),
            models.CheckConstraint(
                name="studysegment_in_text",
                condition=Q(start__gte=0) & Q(end__gt=F("start")) & Q(end__lte=F("within")),
                violation_error_message="batas penggalan di luar teks",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.start}–{self.end}"


class StudyCoding(models.Model):
    """One coder's reading of a segment. `coder` is a login, or the name that an import brought."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codings")
    segment = models.ForeignKey(StudySegment, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(StudyCode, on_delete=models.CASCADE, related_name="codings")
    stance = choice(Stance)
    kind = choice(Kind)
    coder = models.CharField(max_length=150)
    layer = models.CharField(max_length=80, default=FINAL)

    class Meta:
        verbose_name = "penyandian"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("segment", "code", "coder", "layer"), name="studycoding_key"),
        )  # fmt: skip
        indexes = (models.Index(fields=("study", "layer", "coder"), name="studycoding_layer"),)

    def __str__(self) -> str:
        return f"{self.segment_id} {self.code_id} {self.stance}"


class StudyMemo(models.Model):
    """A note on a code, segment, source or conclusion, by its code."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="memos")
    about = models.CharField(max_length=200, blank=True)
    kind = choice(MemoKind)
    author = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(auto_now=True)
    text = text()

    class Meta:
        verbose_name = "memo"
        ordering = ("pk",)
        indexes = (models.Index(fields=("study", "about"), name="studymemo_about"),)

    def __str__(self) -> str:
        return f"{self.about} {self.kind}"


class CodingRound(models.Model):
    """A round in which coders work blind to each other. `code` is the layer of its codings."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="rounds")
    code = models.CharField(max_length=80)
    purpose = choice(RoundPurpose)
    unit = choice(RoundUnit)
    coders = models.JSONField(default=list)
    segments = models.JSONField(default=list)
    """The segments that were agreed on before the round; empty where coders mark freely."""
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = text()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = text()
    result = models.JSONField(default=dict)
    """The numbers of agreement as they were when the round was closed."""
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = text()
    decisions = models.JSONField(default=list)

    class Meta:
        verbose_name = "putaran penyandian"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("study", "code"), name="codinground_key"),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether coders still work in it."""
        return self.closed_at is None


class CodingChange(models.Model):
    """One change of codes and codings, only ever added; what takes one back is a change of its own."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="changes")
    sentence = text()
    codes = models.JSONField(default=list)
    codings = models.JSONField(default=list)
    layer = models.CharField(max_length=80, blank=True)
    coder = models.CharField(max_length=150, blank=True)
    """Whose codings it changed; empty where several."""
    undoes = models.OneToOneField("self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone")
    by = models.CharField(max_length=150, blank=True)
    by_name = text()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "perubahan penyandian"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.sentence


class StudyConclusion(models.Model):
    """One statement of a study with the codes that it rests on, and a frozen copy of the display that it was written on."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="conclusions")
    code = models.CharField(max_length=40)
    order = models.PositiveIntegerField(default=0)
    construct = text()
    statement = text()
    codes = models.JSONField(default=list)
    override = models.CharField(max_length=80, blank=True)
    reason = text()
    rival = text()
    recommendation = text()
    frozen = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = text()
    by = text()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "simpulan studi"
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=("study", "code"), name="studyconclusion_key"),)

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"


class ConclusionCheck(models.Model):
    """One check of a conclusion: a tactic carried out, an informant's feedback, or what a second reader says."""

    conclusion = models.ForeignKey(StudyConclusion, on_delete=models.CASCADE, related_name="checks")
    kind = choice(CheckKind)
    tactic = choice(Tactic, optional=True)
    informant = models.ForeignKey(StudyInformant, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    agrees = models.BooleanField(null=True, blank=True)
    outcome = text()
    by = text()
    login = models.CharField(max_length=150, blank=True)
    held = models.DateField(null=True, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "pemeriksaan simpulan"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("conclusion", "tactic"), condition=Q(kind=CheckKind.TACTIC.value), name="conclusioncheck_tactic"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.tactic}"


class StudyDisplay(models.Model):
    """A display that was kept: what its cells said then, with the analyst's own words in them."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="displays")
    kind = choice(DisplayKind)
    construct = models.CharField(max_length=80, blank=True)
    """The code of the construct that it serves."""
    title = text()
    words = models.JSONField(default=dict)
    """The analyst's text by row, then by column."""
    frozen = models.JSONField(default=dict)
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "sajian"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class StudyAction(models.Model):
    """What the agency does about a study: an action with owner and date."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="actions")
    code = models.CharField(max_length=40)
    conclusion = models.ForeignKey(
        StudyConclusion, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    statement = text()
    action = text()
    owner = reference("store.Position", optional=True)
    owner_words = text()
    """Who owns it, where that is no position of the agency."""
    unit = reference("store.Unit", optional=True)
    due = models.DateField(null=True, blank=True)
    state = choice(ActionState)
    result = text()
    closed_on = models.DateField(null=True, blank=True)
    by = text()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "tindak lanjut studi"
        ordering = ("due", "pk")
        constraints = (models.UniqueConstraint(fields=("study", "code"), name="studyaction_key"),)
        indexes = (models.Index(fields=("state", "due"), name="studyaction_due"),)

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"


class Survey(models.Model):
    """A questionnaire of an agency. `content` is its framework, fixed when the first wave is opened."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys")
    code = models.CharField(max_length=80)
    use = choice(SurveyUse)
    mode = models.CharField(
        max_length=80, choices=[(mode.value, mode.value) for mode in SurveyMode], default=SurveyMode.ANONYMOUS.value
    )
    title = text()
    framework = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    notice = text()
    """What a person reads before the first question: purpose, data, retention, rights."""
    buckets = models.JSONField(default=dict)
    """The coarse groups that are asked for, each with its choices."""
    comments = models.BooleanField(default=True)
    convention = models.CharField(max_length=120, blank=True)
    k_screen = models.PositiveSmallIntegerField(default=5)
    k_publish = models.PositiveSmallIntegerField(default=10)
    synthetic = models.BooleanField(default=False)
    """Whether the answers are invented for demonstration."""
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = text()

    class Meta:
        verbose_name = "survei"
        ordering = ("agency", "code")
        constraints = (
            models.UniqueConstraint(fields=("agency", "code"), name="survey_key"),
            models.CheckConstraint(
                name="survey_thresholds",
                condition=Q(k_screen__gte=3) & Q(k_publish__gte=F("k_screen")),
                violation_error_message="ambang penyajian terlalu rendah",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class SurveyWave(models.Model):
    """One opening of a survey; `population` counts the employees by unit on the opening day."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    code = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    opens = models.DateField()
    closes = models.DateField()
    population = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = text()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = text()
    edition = models.JSONField(default=dict)
    """The results as published, already suppressed by the stricter threshold."""

    class Meta:
        verbose_name = "gelombang survei"
        ordering = ("opens", "pk")
        constraints = (
            models.UniqueConstraint(fields=("survey", "code"), name="surveywave_key"),
            in_order("surveywave", "opens", "closes"),
        )

    def __str__(self) -> str:
        return self.code


class SurveyTicket(models.Model):
    """One link that was given out: the digest of its token, its unit, whether it was used; no time and no order."""

    key = models.BigAutoField(primary_key=True)
    wave = models.ForeignKey(SurveyWave, on_delete=models.CASCADE, related_name="+")
    unit = models.CharField(max_length=None, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)

    class Meta:
        verbose_name = "tautan survei"
        ordering = ("key",)
        indexes = (models.Index(fields=("wave", "unit", "used"), name="surveyticket_unit"),)

    def __str__(self) -> str:
        return f"{self.unit} {'terpakai' if self.used else 'belum terpakai'}"


class SurveyResponse(models.Model):
    """One set of answers under a random key, with its unit and coarse groups; no time, no token, no address."""

    key = models.BigAutoField(primary_key=True)
    wave = models.ForeignKey(SurveyWave, on_delete=models.CASCADE, related_name="+")
    unit = models.CharField(max_length=None, blank=True)
    answers = models.JSONField(default=dict)
    buckets = models.JSONField(default=dict)
    hurried = models.BooleanField(default=False)
    repeat = models.CharField(max_length=64, blank=True)
    """Keyed digest of the code that the respondent made up, in a survey that says so; empty in an anonymous one."""
    comment = text()

    class Meta:
        verbose_name = "jawaban survei"
        ordering = ("key",)
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "repeat"), condition=~Q(repeat=""), name="surveyresponse_repeat"
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=("wave", "unit"), name="surveyresponse_unit"),)

    def __str__(self) -> str:
        return self.unit


class StatisticsRun(models.Model):
    """One computation on the answers of a wave, kept as it was and never edited."""

    wave = models.ForeignKey(SurveyWave, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    input_sha256 = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    result = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    by = text()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "perhitungan statistik"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("wave", "kind"), name="statisticsrun_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
