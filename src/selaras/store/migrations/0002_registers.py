"""Registers: definitions, records and what happened to them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables of the stage registers."""

    dependencies = [
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterDefinition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("name", models.TextField(blank=True)),
                ("preset", models.CharField(blank=True, max_length=80)),
                ("version", models.PositiveIntegerField(default=1)),
                ("restricted", models.BooleanField(default=False)),
                ("open_to_public", models.BooleanField(default=False)),
                ("at_desk", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.TextField(blank=True)),
                ("body", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "register",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RegisterClearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=200)),
                (
                    "clearing",
                    models.CharField(choices=[("dihapus", "dihapus"), ("dianonimkan", "dianonimkan")], max_length=80),
                ),
                ("on", models.DateField()),
                ("due", models.DateField()),
                ("fields", models.JSONField(default=list)),
                ("by", models.TextField(blank=True)),
                ("basis", models.TextField(blank=True)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clearings",
                        to="store.registerdefinition",
                    ),
                ),
            ],
            options={
                "verbose_name": "pembersihan rekaman",
                "ordering": ("definition", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RegisterBinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "indicator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_binding",
                        to="store.indicator",
                    ),
                ),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bindings",
                        to="store.registerdefinition",
                    ),
                ),
            ],
            options={
                "verbose_name": "indikator dari register",
            },
        ),
        migrations.CreateModel(
            name="RegisterSkpBinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                (
                    "whose",
                    models.CharField(
                        choices=[
                            ("semua rekaman", "semua rekaman"),
                            ("rekaman unit pegawai", "rekaman unit pegawai"),
                            ("rekaman pegawai sendiri", "rekaman pegawai sendiri"),
                        ],
                        max_length=80,
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=40)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skp_bindings",
                        to="store.registerdefinition",
                    ),
                ),
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_binding",
                        to="store.skprow",
                    ),
                ),
            ],
            options={
                "verbose_name": "hasil kerja SKP dari register",
            },
        ),
        migrations.CreateModel(
            name="RegisterRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=200)),
                ("series", models.CharField(blank=True, max_length=10)),
                ("serial", models.PositiveIntegerField(blank=True, null=True)),
                ("state", models.CharField(max_length=40)),
                ("opened", models.DateField()),
                ("closed", models.DateField(blank=True, null=True)),
                ("last_on", models.DateField()),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("belum mulai", "belum mulai"),
                            ("berbatas", "berbatas"),
                            ("dihentikan", "dihentikan"),
                            ("tanpa batas", "tanpa batas"),
                        ],
                        max_length=80,
                    ),
                ),
                ("started", models.DateField(blank=True, null=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("ended", models.DateField(blank=True, null=True)),
                ("used", models.PositiveIntegerField(blank=True, null=True)),
                ("running", models.BooleanField(default=False)),
                ("unsure", models.BooleanField(default=False)),
                ("seal", models.BigIntegerField(default=0)),
                ("public", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("asked1", models.CharField(blank=True, max_length=60, null=True)),
                ("asked2", models.CharField(blank=True, max_length=60, null=True)),
                ("asked3", models.CharField(blank=True, max_length=60, null=True)),
                ("asked4", models.CharField(blank=True, max_length=60, null=True)),
                ("asked5", models.CharField(blank=True, max_length=60, null=True)),
                ("asked6", models.CharField(blank=True, max_length=60, null=True)),
                ("asked7", models.CharField(blank=True, max_length=60, null=True)),
                ("asked8", models.CharField(blank=True, max_length=60, null=True)),
                ("content", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="store.user",
                    ),
                ),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="store.registerdefinition",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "rekaman register",
                "ordering": ("-opened", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="RegisterRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("survey", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("answers", models.JSONField(default=dict)),
                ("comment", models.TextField(blank=True)),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rating", to="store.registerrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "penilaian layanan",
            },
        ),
        migrations.CreateModel(
            name="RegisterPrivate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="private", to="store.registerrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "data pribadi rekaman",
            },
        ),
        migrations.CreateModel(
            name="RegisterMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(blank=True, max_length=254)),
                ("subject", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="store.registerrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "surel kepada pemohon",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="RegisterEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("keadaan", "keadaan"),
                            ("perpanjangan", "perpanjangan"),
                            ("perubahan isi", "perubahan isi"),
                            ("penugasan", "penugasan"),
                            ("catatan", "catatan"),
                            ("pesan kepada pemohon", "pesan kepada pemohon"),
                            ("pesan dari pemohon", "pesan dari pemohon"),
                            ("surat", "surat"),
                            ("dibaca", "dibaca"),
                        ],
                        max_length=80,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.TextField(blank=True)),
                ("shown_publicly", models.BooleanField(default=False)),
                ("file", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("note", models.TextField(blank=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="store.registerrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "langkah rekaman",
                "ordering": ("record", "order"),
            },
        ),
        migrations.CreateModel(
            name="RegisterSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=10)),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="store.registerdefinition",
                    ),
                ),
            ],
            options={
                "verbose_name": "deret nomor register",
            },
        ),
        migrations.CreateModel(
            name="RegisterTicket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seal", models.CharField(max_length=64)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ticket", to="store.registerrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "tiket",
            },
        ),
        migrations.CreateModel(
            name="RegisterVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("body", models.TextField()),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="store.registerdefinition",
                    ),
                ),
            ],
            options={
                "verbose_name": "versi register",
                "ordering": ("definition", "version"),
            },
        ),
        migrations.CreateModel(
            name="RegisterVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("permohonan", "permohonan"),
                            ("percobaan", "percobaan"),
                            ("kode salah", "kode salah"),
                        ],
                        max_length=80,
                    ),
                ),
                ("source", models.CharField(max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "kunjungan laman umum",
                "indexes": [models.Index(fields=["source", "at"], name="registervisit_source")],
            },
        ),
        migrations.CreateModel(
            name="ServiceNorm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("service", models.CharField()),
                ("name", models.TextField(blank=True)),
                ("deadline", models.CharField(blank=True, max_length=40)),
                ("announced", models.BooleanField(default=False)),
                ("statements", models.JSONField(default=dict)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="norms",
                        to="store.registerdefinition",
                    ),
                ),
            ],
            options={
                "verbose_name": "standar pelayanan",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SkmRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("title", models.TextField(blank=True)),
                ("survey", models.CharField(max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("population", models.PositiveIntegerField(blank=True, null=True)),
                ("published", models.BooleanField(default=False)),
                ("services", models.JSONField(default=list)),
                ("seal", models.CharField(blank=True, max_length=64)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "survei kepuasan",
                "ordering": ("-since", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SkmResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("answers", models.JSONField(default=dict)),
                ("traits", models.JSONField(default=dict)),
                ("suggestion", models.TextField(blank=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responses", to="store.skmround"
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban survei",
                "ordering": ("round", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SkmPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("element", models.CharField(max_length=40)),
                ("responsible", models.TextField(blank=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("action", models.TextField(blank=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan", to="store.skmround"
                    ),
                ),
            ],
            options={
                "verbose_name": "tindak lanjut survei",
                "ordering": ("round", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="registerdefinition",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"),
                name="registerdefinition_key",
                violation_error_message="kunci yang sama sudah ada",
            ),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(fields=["definition", "state", "opened"], name="registerrecord_state"),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(fields=["definition", "due"], name="registerrecord_due"),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(fields=["definition", "last_on"], name="registerrecord_last"),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(fields=["definition", "seal"], name="registerrecord_seal"),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(
                condition=models.Q(("unsure", True)), fields=["definition"], name="registerrecord_unsure"
            ),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(
                fields=[
                    "definition",
                    "opened",
                    "state",
                    "standing",
                    "started",
                    "due",
                    "ended",
                    "last_on",
                    "seal",
                    "unsure",
                    "used",
                    "closed",
                    "unit",
                    "asked1",
                    "asked2",
                    "asked3",
                    "asked4",
                    "asked5",
                    "asked6",
                    "asked7",
                    "asked8",
                ],
                name="registerrecord_count",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerrecord",
            constraint=models.UniqueConstraint(fields=("definition", "number"), name="registerrecord_key"),
        ),
        migrations.AddConstraint(
            model_name="registerevent",
            constraint=models.UniqueConstraint(fields=("record", "order"), name="registerevent_key"),
        ),
        migrations.AddConstraint(
            model_name="registerseries",
            constraint=models.UniqueConstraint(fields=("definition", "name"), name="registerseries_key"),
        ),
        migrations.AddConstraint(
            model_name="registerversion",
            constraint=models.UniqueConstraint(fields=("definition", "version"), name="registerversion_key"),
        ),
        migrations.AddConstraint(
            model_name="servicenorm",
            constraint=models.UniqueConstraint(
                fields=("agency", "service"),
                name="servicenorm_key",
                violation_error_message="kunci yang sama sudah ada",
            ),
        ),
        migrations.AddConstraint(
            model_name="skmround",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"), name="skmround_key", violation_error_message="kunci yang sama sudah ada"
            ),
        ),
        migrations.AddConstraint(
            model_name="skmround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__isnull", True), ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="skmround_until_after_since",
                violation_error_message="akhir mendahului awal",
            ),
        ),
        migrations.AddConstraint(
            model_name="skmplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("action", ""), _negated=True),
                name="skmplan_has_action",
                violation_error_message="tindakan belum diisi",
            ),
        ),
    ]
