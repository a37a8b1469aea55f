import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from selaras.store.first_tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(unique=True)),
                ("name", models.TextField(blank=True)),
                ("short_name", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pemerintah daerah", "pemerintah daerah"),
                            ("perangkat daerah", "perangkat daerah"),
                            ("kementerian/lembaga", "kementerian/lembaga"),
                            ("satuan kerja", "satuan kerja"),
                            ("sekretariat KPU", "sekretariat KPU"),
                        ],
                        max_length=80,
                    ),
                ),
                ("parent_name", models.TextField(blank=True)),
                ("city", models.TextField(blank=True)),
                ("address", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("email", models.TextField(blank=True)),
                ("website", models.TextField(blank=True)),
                ("data_licence", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name": "instansi",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=150, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("name", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
                ("language", models.CharField(default="id", max_length=5)),
                ("mail_duties", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "pengguna",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="user_email",
                        violation_error_message="alamat surel ini sudah dipakai",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("year", models.PositiveSmallIntegerField()),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("signed_at", models.TextField(blank=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pergantian atau mutasi pejabat", "pergantian atau mutasi pejabat"),
                            (
                                "perubahan strategi yang memengaruhi tujuan dan sasaran",
                                "perubahan strategi yang memengaruhi tujuan dan sasaran",
                            ),
                            (
                                "perubahan prioritas atau asumsi yang berakibat signifikan",
                                "perubahan prioritas atau asumsi yang berakibat signifikan",
                            ),
                        ],
                        max_length=80,
                    ),
                ),
                ("reason_note", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "perjanjian kinerja",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="AgreementFlow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draf", "draf"),
                            ("diajukan", "diajukan"),
                            ("dikembalikan", "dikembalikan"),
                            ("disepakati", "disepakati"),
                            ("ditandatangani pihak pertama", "ditandatangani pihak pertama"),
                            ("ditandatangani", "ditandatangani"),
                        ],
                        max_length=80,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.TextField(blank=True)),
                ("promiser_signed_at", models.DateTimeField(blank=True, null=True)),
                ("promiser_signed_by", models.TextField(blank=True)),
                ("superior_signed_at", models.DateTimeField(blank=True, null=True)),
                ("superior_signed_by", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="flow", to="store.agreement"
                    ),
                ),
            ],
            options={
                "verbose_name": "proses perjanjian",
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField(blank=True)),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="api_tokens", to="store.user"
                    ),
                ),
            ],
            options={
                "verbose_name": "token API",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor", models.TextField()),
                ("action", models.CharField(max_length=80)),
                ("agency", models.CharField(blank=True)),
                ("details", models.JSONField(default=dict)),
                ("previous", models.CharField(blank=True, max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "catatan audit",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["agency", "at"], name="audit_agency_at")],
            },
        ),
        migrations.CreateModel(
            name="BudgetVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("year", models.PositiveSmallIntegerField()),
                ("name", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                ("dated", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "versi anggaran",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "code"),
                        name="budgetversion_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChapterTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("section", models.CharField(max_length=80)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("belum", "belum"), ("ditulis", "ditulis"), ("selesai", "selesai")], max_length=80
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="store.user",
                    ),
                ),
            ],
            options={
                "verbose_name": "tugas bab",
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("agency", "year", "section"), name="chaptertask_key")],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency", models.CharField()),
                ("kind", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=600)),
                ("name", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("resolved_by", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="store.user"
                    ),
                ),
            ],
            options={
                "verbose_name": "komentar",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["agency", "kind", "key"], name="comment_place")],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=60)),
                (
                    "span",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField(default=0)),
                ("due", models.DateField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "tenggat",
                "ordering": ("due", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "year", "what", "span", "index"), name="deadline_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Employee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("name", models.TextField(blank=True)),
                ("group", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(choices=[("PNS", "PNS"), ("PPPK", "PPPK"), ("PPNPN", "PPNPN")], max_length=80),
                ),
                ("sex", models.CharField(choices=[("L", "L"), ("P", "P")], max_length=80)),
                (
                    "education",
                    models.CharField(
                        choices=[
                            ("SD", "SD"),
                            ("SLTP", "SLTP"),
                            ("SLTA", "SLTA"),
                            ("D1", "D1"),
                            ("D2", "D2"),
                            ("D3", "D3"),
                            ("D4", "D4"),
                            ("S1", "S1"),
                            ("S2", "S2"),
                            ("S3", "S3"),
                            ("belum dicatat", "belum dicatat"),
                        ],
                        max_length=80,
                    ),
                ),
                ("nip", models.TextField(blank=True)),
                ("rank", models.TextField(blank=True)),
                ("job", models.TextField(blank=True)),
                ("since_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "pegawai",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("template", models.CharField(max_length=80)),
                ("content", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draf", "draf"),
                            ("diajukan", "diajukan"),
                            ("dievaluasi", "dievaluasi"),
                            ("dikendalikan", "dikendalikan"),
                            ("final", "final"),
                        ],
                        max_length=80,
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("opened_by", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("score", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("predicate", models.CharField(blank=True, max_length=20)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.TextField(blank=True)),
                ("letter", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=dict)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "evaluasi akuntabilitas",
                "ordering": ("-year", "agency", "unit", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EvaluationAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "column",
                    models.CharField(
                        choices=[
                            ("penilaian mandiri", "penilaian mandiri"),
                            ("evaluator", "evaluator"),
                            ("pengendalian mutu", "pengendalian mutu"),
                            ("keputusan akhir", "keputusan akhir"),
                        ],
                        max_length=80,
                    ),
                ),
                ("item", models.CharField(max_length=40)),
                ("answer", models.CharField(blank=True, max_length=20)),
                ("points", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                (
                    "effort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tidak ada", "tidak ada"),
                            ("upaya yang patut dihargai", "upaya yang patut dihargai"),
                            (
                                "upaya inovatif yang layak menjadi percontohan",
                                "upaya inovatif yang layak menjadi percontohan",
                            ),
                        ],
                        max_length=80,
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="store.evaluation"
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban LKE",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("evaluation", "column", "item"), name="evaluationanswer_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("unit kerja", "unit kerja"),
                            ("anggota", "anggota"),
                            ("ketua tim", "ketua tim"),
                            ("pengendali mutu", "pengendali mutu"),
                            ("penanggung jawab", "penanggung jawab"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team", to="store.evaluation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
            ],
            options={
                "verbose_name": "anggota tim evaluasi",
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("evaluation", "user"), name="evaluationmember_key")],
            },
        ),
        migrations.CreateModel(
            name="EvaluationProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[("berkas", "berkas"), ("tautan", "tautan"), ("register", "register")], max_length=80
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("target", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("note", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("healthy", models.BooleanField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="store.evaluation"
                    ),
                ),
            ],
            options={
                "verbose_name": "bukti evaluasi",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["evaluation", "item"], name="evaluationproof_item")],
            },
        ),
        migrations.CreateModel(
            name="EvaluationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(blank=True, max_length=40)),
                ("due", models.DateField(blank=True, null=True)),
                ("asked_by", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("reply", models.TextField(blank=True)),
                ("target", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("answered_by", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="store.evaluation"
                    ),
                ),
            ],
            options={
                "verbose_name": "permintaan dokumen",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="EvaluationTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("base", models.CharField(max_length=80)),
                ("title", models.TextField(blank=True)),
                ("content", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "instrumen evaluasi",
                "ordering": ("agency", "code"),
                "constraints": [models.UniqueConstraint(fields=("agency", "code"), name="evaluationtemplate_key")],
            },
        ),
        migrations.CreateModel(
            name="FieldChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("actor", models.TextField()),
                ("agency", models.CharField()),
                ("kind", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=600)),
                ("field", models.CharField(max_length=120)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "riwayat nilai",
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["agency", "kind", "key"], name="fieldchange_place"),
                    models.Index(fields=["act"], name="fieldchange_act"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("request_hash", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("answer", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.apitoken"
                    ),
                ),
            ],
            options={
                "verbose_name": "kunci idempotensi",
                "constraints": [models.UniqueConstraint(fields=("token", "key"), name="idempotencykey_key")],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("name", models.TextField(blank=True)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("indikator tujuan", "indikator tujuan"),
                            ("indikator sasaran", "indikator sasaran"),
                            ("indikator program", "indikator program"),
                            ("indikator kegiatan", "indikator kegiatan"),
                            ("indikator sub kegiatan", "indikator sub kegiatan"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("masukan", "masukan"),
                            ("keluaran", "keluaran"),
                            ("hasil", "hasil"),
                            ("manfaat", "manfaat"),
                            ("dampak", "dampak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("unit", models.TextField(blank=True)),
                (
                    "value_kind",
                    models.CharField(
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "polarity",
                    models.CharField(
                        choices=[("naik", "naik"), ("turun", "turun"), ("rentang", "rentang")], max_length=80
                    ),
                ),
                (
                    "formula",
                    models.CharField(
                        choices=[
                            ("nilai langsung", "nilai langsung"),
                            ("pembilang/penyebut", "pembilang/penyebut"),
                            ("bobot", "bobot"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "aggregation",
                    models.CharField(
                        choices=[
                            ("jumlah", "jumlah"),
                            ("terakhir", "terakhir"),
                            ("rata-rata", "rata-rata"),
                            ("tertinggi", "tertinggi"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "lower_method",
                    models.CharField(blank=True, choices=[("2T", "2T"), ("inversi", "inversi")], max_length=80),
                ),
                ("cap", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("grade_scale", models.TextField(blank=True)),
                ("iku", models.BooleanField(default=False)),
                ("numerator", models.TextField(blank=True)),
                ("denominator", models.TextField(blank=True)),
                ("definition", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
                ("baseline_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("standard_source", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "baseline_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("baseline_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("baseline_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("baseline_grade", models.CharField(blank=True)),
                ("baseline_flag", models.BooleanField(blank=True, null=True)),
                (
                    "standard_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("standard_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("standard_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("standard_grade", models.CharField(blank=True)),
                ("standard_flag", models.BooleanField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "indikator",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="HeadGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("order", models.IntegerField()),
                ("wording", models.TextField(blank=True)),
                ("unit", models.TextField(blank=True)),
                (
                    "target_kind",
                    models.CharField(
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("target_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_grade", models.CharField(blank=True)),
                ("target_flag", models.BooleanField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.agreement"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "sasaran SKP",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "agreement", "order"),
                        name="headgoal_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target_flag__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["angka", "persen"]),
                                ("target_amount__isnull", False),
                                models.Q(
                                    ("target_upper__isnull", True),
                                    ("target_upper__gte", models.F("target_amount")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_flag__isnull", True),
                                ("target_kind__in", ["predikat"]),
                                ("target_upper__isnull", True),
                                models.Q(("target_grade", ""), _negated=True),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["ya/tidak"]),
                                ("target_upper__isnull", True),
                                ("target_flag__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="headgoal_target_is_whole",
                        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("cause", models.TextField(blank=True)),
                ("obstacle", models.TextField(blank=True)),
                ("solution", models.TextField(blank=True)),
                ("next_step", models.TextField(blank=True)),
                ("efficiency", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "penjelasan",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "indicator", "year"),
                        name="explanation_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[("berkas", "berkas"), ("tautan", "tautan"), ("register", "register")], max_length=80
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("target", models.TextField(blank=True)),
                ("sha256", models.TextField(blank=True)),
                ("dated", models.DateField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "bukti",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "indicator", "year", "span", "index", "title"),
                        name="evidence_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("index__range", (1, 1)), ("span", "tahun")),
                                models.Q(("index__range", (1, 2)), ("span", "semester")),
                                models.Q(("index__range", (1, 4)), ("span", "triwulan")),
                                models.Q(("index__range", (1, 12)), ("span", "bulan")),
                                _connector="OR",
                            ),
                            ("year__range", (1900, 2200)),
                        ),
                        name="evidence_period_is_real",
                        violation_error_message="periode tidak ada",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataQuality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("verification", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
                ("limits", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "mutu data",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "indicator", "year"),
                        name="dataquality_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("order", models.IntegerField()),
                ("sasaran", models.TextField(blank=True)),
                ("wording", models.TextField(blank=True)),
                ("unit", models.TextField(blank=True)),
                (
                    "target_kind",
                    models.CharField(
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("target_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_grade", models.CharField(blank=True)),
                ("target_flag", models.BooleanField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.agreement"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "indikator PK",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "agreement", "order"),
                        name="agreementline_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target_flag__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["angka", "persen"]),
                                ("target_amount__isnull", False),
                                models.Q(
                                    ("target_upper__isnull", True),
                                    ("target_upper__gte", models.F("target_amount")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_flag__isnull", True),
                                ("target_kind__in", ["predikat"]),
                                ("target_upper__isnull", True),
                                models.Q(("target_grade", ""), _negated=True),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["ya/tidak"]),
                                ("target_upper__isnull", True),
                                ("target_flag__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="agreementline_target_is_whole",
                        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("text", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "isu",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "code"), name="issue_key", violation_error_message="kunci yang sama sudah ada"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("kind", models.TextField(blank=True)),
                ("number", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("title", models.TextField(blank=True)),
                ("gazette", models.TextField(blank=True)),
                ("amendment", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("berlaku", "berlaku"),
                            ("diubah", "diubah"),
                            ("dicabut", "dicabut"),
                            ("belum diperiksa", "belum diperiksa"),
                        ],
                        max_length=80,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "dasar hukum",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "code"),
                        name="legalbasis_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("healthy", models.BooleanField()),
                ("answer", models.TextField(blank=True)),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="link_check", to="store.evidence"
                    ),
                ),
            ],
            options={
                "verbose_name": "pemeriksaan tautan",
            },
        ),
        migrations.CreateModel(
            name="MatrixMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("JPT", "JPT"),
                            ("Pimpinan Unit Kerja Mandiri", "Pimpinan Unit Kerja Mandiri"),
                            ("Koordinator/Ketua Tim", "Koordinator/Ketua Tim"),
                            ("Ketua Kelompok", "Ketua Kelompok"),
                            ("Anggota", "Anggota"),
                        ],
                        max_length=80,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.employee"
                    ),
                ),
            ],
            options={
                "verbose_name": "anggota matriks peran hasil",
                "ordering": ("leader", "order", "pk"),
            },
        ),
        migrations.CreateModel(
            name="MatrixCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("result", models.PositiveSmallIntegerField()),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
                ("measure", models.TextField(blank=True)),
                ("unit", models.TextField(blank=True)),
                ("aspect", models.TextField(blank=True)),
                (
                    "target_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("target_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_grade", models.CharField(blank=True)),
                ("target_flag", models.BooleanField(blank=True, null=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.indicator",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="store.matrixmember"
                    ),
                ),
            ],
            options={
                "verbose_name": "isi matriks peran hasil",
                "ordering": ("member", "result", "order"),
                "constraints": [
                    models.UniqueConstraint(fields=("member", "result", "order"), name="matrixcell_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target_flag__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["angka", "persen"]),
                                ("target_amount__isnull", False),
                                models.Q(
                                    ("target_upper__isnull", True),
                                    ("target_upper__gte", models.F("target_amount")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_flag__isnull", True),
                                ("target_kind__in", ["predikat"]),
                                ("target_upper__isnull", True),
                                models.Q(("target_grade", ""), _negated=True),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["ya/tidak"]),
                                ("target_upper__isnull", True),
                                ("target_flag__isnull", False),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_flag__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", [""]),
                                ("target_upper__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="matrixcell_target_is_whole",
                        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Narrative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("section", models.CharField()),
                ("order", models.IntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "narasi",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "section", "order"),
                        name="narrative_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("tujuan", "tujuan"),
                            ("sasaran", "sasaran"),
                            ("program", "program"),
                            ("kegiatan", "kegiatan"),
                            ("sub kegiatan", "sub kegiatan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("number", models.TextField(blank=True)),
                ("nomenclature", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.node",
                    ),
                ),
            ],
            options={
                "verbose_name": "simpul kinerja",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.AddField(
            model_name="indicator",
            name="node",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.node"),
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=20)),
                (
                    "source",
                    models.CharField(choices=[("APBD", "APBD"), ("APBN", "APBN"), ("Hibah", "Hibah")], max_length=80),
                ),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.budgetversion"
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.node"),
                ),
            ],
            options={
                "verbose_name": "anggaran",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "version", "node", "source"),
                        name="budgetline_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("order", models.IntegerField()),
                ("wording", models.TextField(blank=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=20)),
                (
                    "source",
                    models.CharField(choices=[("APBD", "APBD"), ("APBN", "APBN"), ("Hibah", "Hibah")], max_length=80),
                ),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.agreement"
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.node",
                    ),
                ),
            ],
            options={
                "verbose_name": "program PK",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "agreement", "order"),
                        name="agreementprogramme_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency", models.CharField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("topic", models.CharField(max_length=80)),
                ("url", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="store.user"
                    ),
                ),
            ],
            options={
                "verbose_name": "pemberitahuan",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["user", "read_at"], name="notice_user_read")],
            },
        ),
        migrations.CreateModel(
            name="Obstacle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("year", models.PositiveSmallIntegerField()),
                ("obstacle", models.TextField(blank=True)),
                ("constraint", models.TextField(blank=True)),
                ("follow_up", models.TextField(blank=True)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("belum", "belum"), ("berjalan", "berjalan"), ("selesai", "selesai")], max_length=80
                    ),
                ),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.node",
                    ),
                ),
            ],
            options={
                "verbose_name": "hambatan",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FollowUpStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.TextField(blank=True)),
                ("file", models.TextField(blank=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("verified_by", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "obstacle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="store.obstacle"
                    ),
                ),
            ],
            options={
                "verbose_name": "langkah tindak lanjut",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ParentPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("name", models.TextField(blank=True)),
                ("first_year", models.PositiveSmallIntegerField()),
                ("last_year", models.PositiveSmallIntegerField()),
                ("legal_basis", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "rencana induk",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "code"),
                        name="parentplan_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_year__isnull", True),
                            ("last_year__isnull", True),
                            ("last_year__gte", models.F("first_year")),
                            _connector="OR",
                        ),
                        name="parentplan_last_year_after_first_year",
                        violation_error_message="akhir mendahului awal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhotoRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("year", models.PositiveSmallIntegerField()),
                ("caption", models.TextField(blank=True)),
                ("taken", models.DateField(blank=True, null=True)),
                ("location", models.TextField(blank=True)),
                ("file", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "foto",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "code"),
                        name="photorecord_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("title", models.TextField(blank=True)),
                ("outside", models.BooleanField(default=False)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.position",
                    ),
                ),
            ],
            options={
                "verbose_name": "jabatan",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.AddField(
            model_name="obstacle",
            name="responsible",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.position",
            ),
        ),
        migrations.AddField(
            model_name="matrixmember",
            name="position",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.position",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="responsible",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.position",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="promiser",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.position"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="superior",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.position",
            ),
        ),
        migrations.CreateModel(
            name="Realisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("numerator", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("denominator", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draf", "draf"),
                            ("diajukan", "diajukan"),
                            ("terverifikasi", "terverifikasi"),
                            ("terkunci", "terkunci"),
                        ],
                        max_length=80,
                    ),
                ),
                ("entered_by", models.TextField(blank=True)),
                ("verified_by", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField()),
                (
                    "value_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("value_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("value_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("value_grade", models.CharField(blank=True)),
                ("value_flag", models.BooleanField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "realisasi",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "indicator", "year", "span", "index"),
                        name="realisation_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("index__range", (1, 1)), ("span", "tahun")),
                                models.Q(("index__range", (1, 2)), ("span", "semester")),
                                models.Q(("index__range", (1, 4)), ("span", "triwulan")),
                                models.Q(("index__range", (1, 12)), ("span", "bulan")),
                                _connector="OR",
                            ),
                            ("year__range", (1900, 2200)),
                        ),
                        name="realisation_period_is_real",
                        violation_error_message="periode tidak ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_flag__isnull", True),
                                ("value_grade", ""),
                                ("value_kind__in", ["angka", "persen"]),
                                ("value_amount__isnull", False),
                                models.Q(
                                    ("value_upper__isnull", True),
                                    ("value_upper__gte", models.F("value_amount")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("value_amount__isnull", True),
                                ("value_flag__isnull", True),
                                ("value_kind__in", ["predikat"]),
                                ("value_upper__isnull", True),
                                models.Q(("value_grade", ""), _negated=True),
                            ),
                            models.Q(
                                ("value_amount__isnull", True),
                                ("value_grade", ""),
                                ("value_kind__in", ["ya/tidak"]),
                                ("value_upper__isnull", True),
                                ("value_flag__isnull", False),
                            ),
                            models.Q(
                                ("value_amount__isnull", True),
                                ("value_flag__isnull", True),
                                ("value_grade", ""),
                                ("value_kind__in", [""]),
                                ("value_upper__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="realisation_value_is_whole",
                        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                            models.Q(("denominator__isnull", False), ("numerator__isnull", False)),
                            _connector="OR",
                        ),
                        name="realisation_both_or_neither",
                        violation_error_message="pembilang dan penyebut harus diisi bersama-sama",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", ""),
                            models.Q(("verified_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="realisation_two_pairs_of_eyes",
                        violation_error_message="diverifikasi oleh orang yang mengisinya",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("year", models.PositiveSmallIntegerField()),
                ("source", models.TextField(blank=True)),
                ("component", models.CharField(blank=True, max_length=40)),
                ("given_on", models.DateField(blank=True, null=True)),
                ("action", models.TextField(blank=True)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("diberikan", "diberikan"),
                            ("direncanakan", "direncanakan"),
                            ("dikerjakan", "dikerjakan"),
                            ("dinyatakan selesai", "dinyatakan selesai"),
                            ("terverifikasi", "terverifikasi"),
                            ("penyelesaian ditolak", "penyelesaian ditolak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("claimed_by", models.TextField(blank=True)),
                ("claimed_on", models.DateField(blank=True, null=True)),
                ("decided_by", models.TextField(blank=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                ("text", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recommendations",
                        to="store.evaluation",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.position",
                    ),
                ),
            ],
            options={
                "verbose_name": "rekomendasi",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RecommendationReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("note", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.indicator",
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.node",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.recommendation"
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban atas rekomendasi",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "year", "indicator"), name="recommendationreply_indicator"
                    ),
                    models.UniqueConstraint(fields=("recommendation", "year", "node"), name="recommendationreply_node"),
                    models.CheckConstraint(
                        condition=models.Q(("indicator__isnull", False), ("node__isnull", False), _connector="XOR"),
                        name="recommendationreply_names_one",
                        violation_error_message="sebut satu: indikator atau simpul",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.TextField(blank=True)),
                ("file", models.TextField(blank=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("verified_by", models.TextField(blank=True)),
                ("returned", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="store.recommendation"
                    ),
                ),
            ],
            options={
                "verbose_name": "langkah rekomendasi",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ReformAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.TextField(blank=True)),
                ("output", models.TextField(blank=True)),
                ("measure", models.TextField(blank=True)),
                ("first", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("second", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("third", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("fourth", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("area", models.CharField(blank=True, max_length=80)),
                ("theme", models.CharField(blank=True, max_length=80)),
                ("root_cause", models.TextField(blank=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.position",
                    ),
                ),
            ],
            options={
                "verbose_name": "rencana aksi RB",
                "ordering": ("sequence", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ReformProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quarter", models.PositiveSmallIntegerField()),
                ("realised", models.DecimalField(decimal_places=15, max_digits=30)),
                ("evidence", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="progress", to="store.reformaction"
                    ),
                ),
            ],
            options={
                "verbose_name": "kemajuan rencana aksi RB",
                "ordering": ("action", "quarter"),
                "constraints": [
                    models.UniqueConstraint(fields=("action", "quarter"), name="reformprogress_key"),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__range", (1, 4))),
                        name="reformprogress_quarter_exists",
                        violation_error_message="triwulan tidak ada",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReformScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("general_initial", models.DecimalField(decimal_places=15, max_digits=30)),
                ("coefficient", models.DecimalField(decimal_places=15, max_digits=30)),
                ("thematic", models.DecimalField(decimal_places=15, max_digits=30)),
                ("total_weight", models.DecimalField(decimal_places=15, max_digits=30)),
                ("adjusted_weight", models.DecimalField(decimal_places=15, max_digits=30)),
                ("subject", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
                (
                    "adjustment",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "RB General × bobot penyesuaian ÷ total bobot",
                                "RB General × bobot penyesuaian ÷ total bobot",
                            ),
                            (
                                "RB General × total bobot ÷ bobot penyesuaian",
                                "RB General × total bobot ÷ bobot penyesuaian",
                            ),
                        ],
                        max_length=80,
                    ),
                ),
                ("predicate", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "indeks RB",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year"),
                        name="reformscore_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=40)),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField(default=1)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draf", "draf"),
                            ("dibekukan", "dibekukan"),
                            ("direviu", "direviu"),
                            ("dikembalikan", "dikembalikan"),
                            ("disetujui", "disetujui"),
                            ("diterbitkan", "diterbitkan"),
                            ("ditarik", "ditarik"),
                        ],
                        max_length=80,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("snapshot_sha256", models.CharField(blank=True, max_length=64)),
                ("files", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("frozen_by", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("approved_by", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("published_by", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "edisi laporan",
                "ordering": ("-year", "kind", "-version"),
                "indexes": [models.Index(fields=["state", "year"], name="reportedition_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "kind", "span", "index", "version"),
                        name="reportedition_key",
                        violation_error_message="edisi ini sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("outline", models.TextField(blank=True)),
                ("scale", models.TextField(blank=True)),
                ("efficiency", models.TextField(blank=True)),
                ("signed_at", models.TextField(blank=True)),
                ("signed_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.position",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.position",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengaturan laporan",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year"),
                        name="reportsettings_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("file", models.TextField(blank=True)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("dibaca", "dibaca"),
                            ("direviu", "direviu"),
                            ("dikembalikan", "dikembalikan"),
                            ("selesai", "selesai"),
                            ("gagal dibaca", "gagal dibaca"),
                        ],
                        max_length=80,
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("opened_by", models.TextField(blank=True)),
                ("result", models.JSONField(default=dict)),
                ("error", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.TextField(blank=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("statement", models.JSONField(default=dict)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_by", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "assigned",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="store.user",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviews",
                        to="store.reportedition",
                    ),
                ),
            ],
            options={
                "verbose_name": "reviu",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["agency", "state"], name="reviewcase_state")],
            },
        ),
        migrations.AddField(
            model_name="recommendation",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="recommendations",
                to="store.reviewcase",
            ),
        ),
        migrations.CreateModel(
            name="HistoryReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=40)),
                ("wording", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("unit", models.TextField(blank=True)),
                ("read", models.TextField(blank=True)),
                ("place", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu", "menunggu"),
                            ("dikonfirmasi", "dikonfirmasi"),
                            ("diperbaiki", "diperbaiki"),
                            ("ditolak", "ditolak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("settled", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(blank=True, null=True)),
                (
                    "suggested",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="store.indicator",
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="store.node",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="store.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "bacaan laporan lama",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["case", "state"], name="historyreading_state")],
            },
        ),
        migrations.CreateModel(
            name="ReviewCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("point", models.CharField(max_length=20)),
                ("answer", models.CharField(blank=True, max_length=20)),
                ("note", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="store.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "butir kertas kerja",
                "constraints": [models.UniqueConstraint(fields=("case", "point"), name="reviewcheck_key")],
            },
        ),
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "judgement",
                    models.CharField(
                        choices=[("diterima", "diterima"), ("dikesampingkan", "dikesampingkan")], max_length=80
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="store.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "putusan temuan",
                "constraints": [models.UniqueConstraint(fields=("case", "fingerprint"), name="reviewdecision_key")],
            },
        ),
        migrations.CreateModel(
            name="ReviewReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                ("text", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="store.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban atas temuan",
                "constraints": [models.UniqueConstraint(fields=("case", "fingerprint"), name="reviewreply_key")],
            },
        ),
        migrations.CreateModel(
            name="SkpPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("JPT dan pimpinan unit kerja mandiri", "JPT dan pimpinan unit kerja mandiri"),
                            ("JA dan JF", "JA dan JF"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("kuantitatif", "kuantitatif"), ("kualitatif", "kualitatif")], max_length=80
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField()),
                (
                    "capacity",
                    models.CharField(
                        choices=[("definitif", "definitif"), ("Plt.", "Plt."), ("Plh.", "Plh.")], max_length=80
                    ),
                ),
                (
                    "cycle",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("unit", models.TextField(blank=True)),
                ("signed_at", models.TextField(blank=True)),
                ("signed_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draf", "draf"),
                            ("diajukan", "diajukan"),
                            ("disepakati", "disepakati"),
                            ("dinilai", "dinilai"),
                            ("keberatan", "keberatan"),
                            ("final", "final"),
                        ],
                        max_length=80,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("note", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.agreement",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.position",
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.employee",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.position"
                    ),
                ),
            ],
            options={
                "verbose_name": "SKP",
                "ordering": ("sequence", "pk"),
                "indexes": [
                    models.Index(fields=["agency", "year", "state"], name="skpplan_state"),
                    models.Index(fields=["employee", "year"], name="skpplan_employee"),
                    models.Index(fields=["assessor", "year"], name="skpplan_assessor"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "code"),
                        name="skpplan_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="skpplan_until_after_since",
                        violation_error_message="akhir mendahului awal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkpObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("received_on", models.DateField()),
                ("filed_on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("decider", models.TextField(blank=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("penilaian dikuatkan", "penilaian dikuatkan"),
                            ("penilaian diubah", "penilaian diubah"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "results",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("di atas ekspektasi", "di atas ekspektasi"),
                            ("sesuai ekspektasi", "sesuai ekspektasi"),
                            ("di bawah ekspektasi", "di bawah ekspektasi"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "behaviour",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("di atas ekspektasi", "di atas ekspektasi"),
                            ("sesuai ekspektasi", "sesuai ekspektasi"),
                            ("di bawah ekspektasi", "di bawah ekspektasi"),
                        ],
                        max_length=80,
                    ),
                ),
                ("ground", models.TextField(blank=True)),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objection", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "keberatan atas penilaian",
            },
        ),
        migrations.CreateModel(
            name="SkpFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("giver", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("apresiasi", "apresiasi"), ("perbaikan", "perbaikan"), ("catatan", "catatan")],
                        max_length=80,
                    ),
                ),
                ("row", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("evidence", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "umpan balik",
                "ordering": ("plan", "on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SkpDialogue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("penetapan ekspektasi", "penetapan ekspektasi"),
                            ("pemantauan dan pembinaan", "pemantauan dan pembinaan"),
                            ("penilaian", "penilaian"),
                        ],
                        max_length=80,
                    ),
                ),
                ("parties", models.JSONField(default=list)),
                ("topic", models.TextField(blank=True)),
                ("agreed", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dialogues", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "dialog kinerja",
                "ordering": ("plan", "on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SkpBehaviour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=40)),
                ("expectation", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="behaviours", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "ekspektasi perilaku",
                "ordering": ("plan", "pk"),
                "constraints": [models.UniqueConstraint(fields=("plan", "value"), name="skpbehaviour_key")],
            },
        ),
        migrations.CreateModel(
            name="SkpAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "results",
                    models.CharField(
                        choices=[
                            ("di atas ekspektasi", "di atas ekspektasi"),
                            ("sesuai ekspektasi", "sesuai ekspektasi"),
                            ("di bawah ekspektasi", "di bawah ekspektasi"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "behaviour",
                    models.CharField(
                        choices=[
                            ("di atas ekspektasi", "di atas ekspektasi"),
                            ("sesuai ekspektasi", "sesuai ekspektasi"),
                            ("di bawah ekspektasi", "di bawah ekspektasi"),
                        ],
                        max_length=80,
                    ),
                ),
                ("assessor", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "penilaian SKP",
                "ordering": ("plan", "year", "span", "index"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "year", "span", "index"), name="skpassessment_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("index__range", (1, 1)), ("span", "tahun")),
                                models.Q(("index__range", (1, 2)), ("span", "semester")),
                                models.Q(("index__range", (1, 4)), ("span", "triwulan")),
                                models.Q(("index__range", (1, 12)), ("span", "bulan")),
                                _connector="OR",
                            ),
                            ("year__range", (1900, 2200)),
                        ),
                        name="skpassessment_period_is_real",
                        violation_error_message="periode tidak ada",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkpAnnex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dukungan sumber daya", "dukungan sumber daya"),
                            ("skema pertanggungjawaban", "skema pertanggungjawaban"),
                            ("konsekuensi", "konsekuensi"),
                        ],
                        max_length=80,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="annexes", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "lampiran SKP",
                "ordering": ("plan", "kind", "order"),
                "constraints": [models.UniqueConstraint(fields=("plan", "kind", "order"), name="skpannex_key")],
            },
        ),
        migrations.AddField(
            model_name="matrixmember",
            name="leader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="store.skpplan"
            ),
        ),
        migrations.CreateModel(
            name="SkpResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("evidence", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField()),
                (
                    "realised_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("realised_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("realised_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("realised_grade", models.CharField(blank=True)),
                ("realised_flag", models.BooleanField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="results", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "realisasi SKP",
                "ordering": ("plan", "year", "span", "index", "order"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order", "year", "span", "index"), name="skpresult_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("index__range", (1, 1)), ("span", "tahun")),
                                models.Q(("index__range", (1, 2)), ("span", "semester")),
                                models.Q(("index__range", (1, 4)), ("span", "triwulan")),
                                models.Q(("index__range", (1, 12)), ("span", "bulan")),
                                _connector="OR",
                            ),
                            ("year__range", (1900, 2200)),
                        ),
                        name="skpresult_period_is_real",
                        violation_error_message="periode tidak ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("realised_flag__isnull", True),
                                ("realised_grade", ""),
                                ("realised_kind__in", ["angka", "persen"]),
                                ("realised_amount__isnull", False),
                                models.Q(
                                    ("realised_upper__isnull", True),
                                    ("realised_upper__gte", models.F("realised_amount")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("realised_amount__isnull", True),
                                ("realised_flag__isnull", True),
                                ("realised_kind__in", ["predikat"]),
                                ("realised_upper__isnull", True),
                                models.Q(("realised_grade", ""), _negated=True),
                            ),
                            models.Q(
                                ("realised_amount__isnull", True),
                                ("realised_grade", ""),
                                ("realised_kind__in", ["ya/tidak"]),
                                ("realised_upper__isnull", True),
                                ("realised_flag__isnull", False),
                            ),
                            models.Q(
                                ("realised_amount__isnull", True),
                                ("realised_flag__isnull", True),
                                ("realised_grade", ""),
                                ("realised_kind__in", [""]),
                                ("realised_upper__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="skpresult_realised_is_whole",
                        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkpRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("section", models.CharField(choices=[("utama", "utama"), ("tambahan", "tambahan")], max_length=80)),
                ("result", models.TextField(blank=True)),
                ("measure", models.TextField(blank=True)),
                ("unit", models.TextField(blank=True)),
                ("perspective", models.TextField(blank=True)),
                ("aspect", models.TextField(blank=True)),
                ("supports", models.TextField(blank=True)),
                ("line", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("perjanjian kinerja", "perjanjian kinerja"),
                            ("matriks peran hasil", "matriks peran hasil"),
                            ("baris baku", "baris baku"),
                            ("isian sendiri", "isian sendiri"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "target_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("target_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("target_grade", models.CharField(blank=True)),
                ("target_flag", models.BooleanField(blank=True, null=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.indicator",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="store.skprow",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="store.skpplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "hasil kerja SKP",
                "ordering": ("plan", "order"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order"), name="skprow_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target_flag__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["angka", "persen"]),
                                ("target_amount__isnull", False),
                                models.Q(
                                    ("target_upper__isnull", True),
                                    ("target_upper__gte", models.F("target_amount")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_flag__isnull", True),
                                ("target_kind__in", ["predikat"]),
                                ("target_upper__isnull", True),
                                models.Q(("target_grade", ""), _negated=True),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", ["ya/tidak"]),
                                ("target_upper__isnull", True),
                                ("target_flag__isnull", False),
                            ),
                            models.Q(
                                ("target_amount__isnull", True),
                                ("target_flag__isnull", True),
                                ("target_grade", ""),
                                ("target_kind__in", [""]),
                                ("target_upper__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="skprow_target_is_whole",
                        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=20)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "node",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.node"),
                ),
            ],
            options={
                "verbose_name": "realisasi anggaran",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "node", "year", "month"),
                        name="spending_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__range", (1, 12))),
                        name="spending_month_exists",
                        violation_error_message="bulan tidak ada",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seat", to="store.employee"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="staff_seats", to="store.user"
                    ),
                ),
            ],
            options={
                "verbose_name": "akun pegawai",
            },
        ),
        migrations.CreateModel(
            name="StrategicPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("name", models.TextField(blank=True)),
                ("first_year", models.PositiveSmallIntegerField()),
                ("last_year", models.PositiveSmallIntegerField()),
                ("vision", models.TextField(blank=True)),
                ("legal_basis", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.parentplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "Renstra",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "code"),
                        name="strategicplan_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_year__isnull", True),
                            ("last_year__isnull", True),
                            ("last_year__gte", models.F("first_year")),
                            _connector="OR",
                        ),
                        name="strategicplan_last_year_after_first_year",
                        violation_error_message="akhir mendahului awal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("order", models.IntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.strategicplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "misi",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "plan", "order"),
                        name="mission_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("supports", models.BooleanField(default=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.indicator"
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.node"),
                ),
            ],
            options={
                "verbose_name": "program pendukung",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "indicator", "node"),
                        name="support_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                (
                    "document",
                    models.CharField(
                        choices=[("Renstra", "Renstra"), ("RKT", "RKT"), ("Rencana Aksi", "Rencana Aksi")],
                        max_length=80,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField()),
                (
                    "value_kind",
                    models.CharField(
                        choices=[
                            ("angka", "angka"),
                            ("persen", "persen"),
                            ("predikat", "predikat"),
                            ("ya/tidak", "ya/tidak"),
                        ],
                        max_length=80,
                    ),
                ),
                ("value_amount", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("value_upper", models.DecimalField(blank=True, decimal_places=15, max_digits=30, null=True)),
                ("value_grade", models.CharField(blank=True)),
                ("value_flag", models.BooleanField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "indicator", "year", "span", "index", "document"),
                        name="target_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("index__range", (1, 1)), ("span", "tahun")),
                                models.Q(("index__range", (1, 2)), ("span", "semester")),
                                models.Q(("index__range", (1, 4)), ("span", "triwulan")),
                                models.Q(("index__range", (1, 12)), ("span", "bulan")),
                                _connector="OR",
                            ),
                            ("year__range", (1900, 2200)),
                        ),
                        name="target_period_is_real",
                        violation_error_message="periode tidak ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_flag__isnull", True),
                                ("value_grade", ""),
                                ("value_kind__in", ["angka", "persen"]),
                                ("value_amount__isnull", False),
                                models.Q(
                                    ("value_upper__isnull", True),
                                    ("value_upper__gte", models.F("value_amount")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("value_amount__isnull", True),
                                ("value_flag__isnull", True),
                                ("value_kind__in", ["predikat"]),
                                ("value_upper__isnull", True),
                                models.Q(("value_grade", ""), _negated=True),
                            ),
                            models.Q(
                                ("value_amount__isnull", True),
                                ("value_grade", ""),
                                ("value_kind__in", ["ya/tidak"]),
                                ("value_upper__isnull", True),
                                ("value_flag__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="target_value_is_whole",
                        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tenure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("name", models.TextField(blank=True)),
                (
                    "capacity",
                    models.CharField(
                        choices=[("definitif", "definitif"), ("Plt.", "Plt."), ("Plh.", "Plh.")], max_length=80
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("nip", models.TextField(blank=True)),
                ("rank", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.position"
                    ),
                ),
            ],
            options={
                "verbose_name": "pejabat",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "position", "name", "since"),
                        name="tenure_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("since__isnull", True)),
                        fields=("agency", "position", "name"),
                        name="tenure_key_open",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="tenure_until_after_since",
                        violation_error_message="akhir mendahului awal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="store.user"
                    ),
                ),
                (
                    "tenure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seat", to="store.tenure"
                    ),
                ),
            ],
            options={
                "verbose_name": "pemegang jabatan",
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("code", models.CharField()),
                ("name", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("unit", "unit"), ("dewan", "dewan"), ("sekretariat", "sekretariat")], max_length=80
                    ),
                ),
                ("coordination", models.BooleanField(default=False)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("order", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "parent",
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
                "verbose_name": "unit kerja",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "code"), name="unit_key", violation_error_message="kunci yang sama sudah ada"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="unit_until_after_since",
                        violation_error_message="akhir mendahului awal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "administrator"),
                            ("perencana", "perencana"),
                            ("penanggung jawab indikator", "penanggung jawab indikator"),
                            ("pengelola anggaran", "pengelola anggaran"),
                            ("kepegawaian", "kepegawaian"),
                            ("atasan", "atasan"),
                            ("penyusun laporan", "penyusun laporan"),
                            ("pereviu (APIP)", "pereviu (APIP)"),
                            ("evaluator", "evaluator"),
                            ("penilai budaya", "penilai budaya"),
                            ("petugas layanan", "petugas layanan"),
                            ("pimpinan", "pimpinan"),
                            ("pegawai", "pegawai"),
                            ("publik", "publik"),
                        ],
                        max_length=80,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("granted_by", models.TextField(blank=True)),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.agency",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.position",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_grants",
                        to="store.user",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "peran",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("position__isnull", True), ("user__isnull", False)),
                            models.Q(("position__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="rolegrant_person_or_position",
                        violation_error_message="peran diberikan kepada seseorang atau kepada sebuah jabatan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__isnull", True), ("agency__isnull", False), _connector="OR"),
                        name="rolegrant_unit_in_agency",
                        violation_error_message="peran untuk sebuah unit memerlukan instansinya",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="rolegrant_until_after_since",
                        violation_error_message="akhir mendahului awal",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reformaction",
            name="unit",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="unit",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="unit",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
            ),
        ),
        migrations.CreateModel(
            name="OrganisationDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                (
                    "predicate",
                    models.CharField(
                        choices=[
                            ("Istimewa", "Istimewa"),
                            ("Baik", "Baik"),
                            ("Butuh Perbaikan", "Butuh Perbaikan"),
                            ("Kurang", "Kurang"),
                            ("Sangat Kurang", "Sangat Kurang"),
                        ],
                        max_length=80,
                    ),
                ),
                ("decider_name", models.TextField(blank=True)),
                ("on", models.DateField()),
                (
                    "proposed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("Istimewa", "Istimewa"),
                            ("Baik", "Baik"),
                            ("Butuh Perbaikan", "Butuh Perbaikan"),
                            ("Kurang", "Kurang"),
                            ("Sangat Kurang", "Sangat Kurang"),
                        ],
                        max_length=80,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("advice", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("tahun", "tahun"),
                            ("semester", "semester"),
                            ("triwulan", "triwulan"),
                            ("bulan", "bulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("index", models.PositiveSmallIntegerField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.position"
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
                "verbose_name": "predikat kinerja organisasi",
                "ordering": ("agency", "year", "span", "index", "unit", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "unit", "year", "span", "index"),
                        name="organisationdecision_key",
                        violation_error_message="kunci yang sama sudah ada",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("agency", "year", "span", "index"),
                        name="organisationdecision_key_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("index__range", (1, 1)), ("span", "tahun")),
                                models.Q(("index__range", (1, 2)), ("span", "semester")),
                                models.Q(("index__range", (1, 4)), ("span", "triwulan")),
                                models.Q(("index__range", (1, 12)), ("span", "bulan")),
                                _connector="OR",
                            ),
                            ("year__range", (1900, 2200)),
                        ),
                        name="organisationdecision_period_is_real",
                        violation_error_message="periode tidak ada",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="node",
            name="owner",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("name", models.TextField(blank=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "administrator"),
                            ("perencana", "perencana"),
                            ("penanggung jawab indikator", "penanggung jawab indikator"),
                            ("pengelola anggaran", "pengelola anggaran"),
                            ("kepegawaian", "kepegawaian"),
                            ("atasan", "atasan"),
                            ("penyusun laporan", "penyusun laporan"),
                            ("pereviu (APIP)", "pereviu (APIP)"),
                            ("evaluator", "evaluator"),
                            ("penilai budaya", "penilai budaya"),
                            ("petugas layanan", "petugas layanan"),
                            ("pimpinan", "pimpinan"),
                            ("pegawai", "pegawai"),
                            ("publik", "publik"),
                        ],
                        max_length=80,
                    ),
                ),
                ("invited_by", models.TextField(blank=True)),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="store.user",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.agency",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "undangan",
                "ordering": ("-pk",),
            },
        ),
        migrations.AddField(
            model_name="evaluation",
            name="unit",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
            ),
        ),
        migrations.AddField(
            model_name="employee",
            name="unit",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
            ),
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("gives", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "node",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.node"),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"),
                ),
            ],
            options={
                "verbose_name": "kontribusi",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "node", "unit"),
                        name="contribution_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReformBinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reform_binding", to="store.agency"
                    ),
                ),
                (
                    "indicator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reform_binding", to="store.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "indikator dari indeks RB unit",
            },
        ),
        migrations.CreateModel(
            name="UnitReform",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("value", models.DecimalField(decimal_places=15, max_digits=30)),
                ("predicate", models.CharField(blank=True, max_length=80)),
                ("source", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"),
                ),
            ],
            options={
                "verbose_name": "indeks RB unit",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "unit", "year"),
                        name="unitreform_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500)),
                ("secret", models.CharField(max_length=80)),
                ("events", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
                ("created_by", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=80)),
                ("payload", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="store.webhook"
                    ),
                ),
            ],
            options={
                "verbose_name": "kiriman webhook",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="WeightedPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("weight", models.DecimalField(decimal_places=15, max_digits=30)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.indicator"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "bobot indikator",
                "ordering": ("sequence", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "indicator", "part"),
                        name="weightedpart_key",
                        violation_error_message="kunci yang sama sudah ada",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="obstacle",
            constraint=models.UniqueConstraint(
                fields=("agency", "year", "code"),
                name="obstacle_key",
                violation_error_message="kunci yang sama sudah ada",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"), name="indicator_key", violation_error_message="kunci yang sama sudah ada"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aggregation", "jumlah"), _negated=True), ("value_kind", "angka"), _connector="OR"
                ),
                name="indicator_sum_only_numbers",
                violation_error_message="persentase, indeks, dan predikat tidak dapat dijumlahkan antarperiode",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("polarity", "turun"), _negated=True),
                    models.Q(("lower_method", ""), _negated=True),
                    _connector="OR",
                ),
                name="indicator_lower_needs_method",
                violation_error_message="indikator yang makin rendah makin baik memerlukan rumus (2T atau inversi)",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("value_kind", "predikat"), _negated=True),
                    models.Q(("grade_scale", ""), _negated=True),
                    _connector="OR",
                ),
                name="indicator_grade_needs_scale",
                violation_error_message="indikator berupa predikat memerlukan skala predikat",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("baseline_flag__isnull", True),
                        ("baseline_grade", ""),
                        ("baseline_kind__in", ["angka", "persen"]),
                        ("baseline_amount__isnull", False),
                        models.Q(
                            ("baseline_upper__isnull", True),
                            ("baseline_upper__gte", models.F("baseline_amount")),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("baseline_amount__isnull", True),
                        ("baseline_flag__isnull", True),
                        ("baseline_kind__in", ["predikat"]),
                        ("baseline_upper__isnull", True),
                        models.Q(("baseline_grade", ""), _negated=True),
                    ),
                    models.Q(
                        ("baseline_amount__isnull", True),
                        ("baseline_grade", ""),
                        ("baseline_kind__in", ["ya/tidak"]),
                        ("baseline_upper__isnull", True),
                        ("baseline_flag__isnull", False),
                    ),
                    models.Q(
                        ("baseline_amount__isnull", True),
                        ("baseline_flag__isnull", True),
                        ("baseline_grade", ""),
                        ("baseline_kind__in", [""]),
                        ("baseline_upper__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="indicator_baseline_is_whole",
                violation_error_message="isi nilai tidak sesuai dengan jenisnya",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("standard_flag__isnull", True),
                        ("standard_grade", ""),
                        ("standard_kind__in", ["angka", "persen"]),
                        ("standard_amount__isnull", False),
                        models.Q(
                            ("standard_upper__isnull", True),
                            ("standard_upper__gte", models.F("standard_amount")),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("standard_amount__isnull", True),
                        ("standard_flag__isnull", True),
                        ("standard_kind__in", ["predikat"]),
                        ("standard_upper__isnull", True),
                        models.Q(("standard_grade", ""), _negated=True),
                    ),
                    models.Q(
                        ("standard_amount__isnull", True),
                        ("standard_grade", ""),
                        ("standard_kind__in", ["ya/tidak"]),
                        ("standard_upper__isnull", True),
                        ("standard_flag__isnull", False),
                    ),
                    models.Q(
                        ("standard_amount__isnull", True),
                        ("standard_flag__isnull", True),
                        ("standard_grade", ""),
                        ("standard_kind__in", [""]),
                        ("standard_upper__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="indicator_standard_is_whole",
                violation_error_message="isi nilai tidak sesuai dengan jenisnya",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"), name="agreement_key", violation_error_message="kunci yang sama sudah ada"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="agreement_revision_needs_reason",
                violation_error_message="perubahan perjanjian memerlukan salah satu dari tiga alasan",
            ),
        ),
        migrations.AddConstraint(
            model_name="matrixmember",
            constraint=models.UniqueConstraint(fields=("leader", "employee"), name="matrixmember_key"),
        ),
        migrations.AddConstraint(
            model_name="reformaction",
            constraint=models.UniqueConstraint(
                fields=("agency", "year", "code"),
                name="reformaction_key",
                violation_error_message="kunci yang sama sudah ada",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"),
                name="recommendation_key",
                violation_error_message="kunci yang sama sudah ada",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"), name="position_key", violation_error_message="kunci yang sama sudah ada"
            ),
        ),
        migrations.AddConstraint(
            model_name="node",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"), name="node_key", violation_error_message="kunci yang sama sudah ada"
            ),
        ),
        migrations.AddIndex(
            model_name="evaluation",
            index=models.Index(fields=["year", "state"], name="evaluation_state"),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(fields=("agency", "unit", "year"), name="evaluation_key"),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit__isnull", True)), fields=("agency", "year"), name="evaluation_key_whole"
            ),
        ),
        migrations.AddConstraint(
            model_name="employee",
            constraint=models.UniqueConstraint(
                fields=("agency", "code"), name="employee_key", violation_error_message="kunci yang sama sudah ada"
            ),
        ),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="register_binding", to="store.skprow"
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
        migrations.CreateModel(
            name="Study",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.TextField(blank=True)),
                ("subject", models.TextField(blank=True)),
                ("framework", models.CharField(max_length=80)),
                ("content", models.JSONField(default=dict)),
                ("question", models.TextField(blank=True)),
                ("design", models.TextField(blank=True)),
                ("sampling", models.TextField(blank=True)),
                ("analysis", models.TextField(blank=True)),
                ("places", models.TextField(blank=True)),
                ("legal_basis", models.TextField(blank=True)),
                ("methods", models.JSONField(default=list)),
                ("validity", models.JSONField(default=list)),
                ("not_reported", models.JSONField(default=list)),
                ("values", models.JSONField(default=list)),
                ("tested", models.BooleanField(default=False)),
                ("claims_influence", models.BooleanField(default=False)),
                ("fieldwork", models.DateField(blank=True, null=True)),
                ("reported_on", models.DateField(blank=True, null=True)),
                ("source", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("k_screen", models.PositiveSmallIntegerField(default=5)),
                ("k_publish", models.PositiveSmallIntegerField(default=10)),
                ("strong_accounts", models.PositiveSmallIntegerField(default=3)),
                ("strong_groups", models.PositiveSmallIntegerField(default=2)),
                ("fair_accounts", models.PositiveSmallIntegerField(default=2)),
                ("retention_until", models.DateField(blank=True, null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("rancangan", "rancangan"),
                            ("pengumpulan", "pengumpulan"),
                            ("reduksi", "reduksi"),
                            ("penyajian", "penyajian"),
                            ("penarikan dan verifikasi", "penarikan dan verifikasi"),
                            ("terbit", "terbit"),
                        ],
                        max_length=80,
                    ),
                ),
                ("demo", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("published_by", models.TextField(blank=True)),
                ("edition", models.JSONField(default=dict)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "studi budaya kerja",
                "verbose_name_plural": "studi budaya kerja",
                "ordering": ("-year", "code"),
            },
        ),
        migrations.CreateModel(
            name="CodingRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("kesepakatan antarpenyandi", "kesepakatan antarpenyandi"),
                            ("sandi ulang", "sandi ulang"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("penggalan × kode", "penggalan × kode"), ("aksara", "aksara")], max_length=80
                    ),
                ),
                ("coders", models.JSONField(default=list)),
                ("segments", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("opened_by", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.TextField(blank=True)),
                ("result", models.JSONField(default=dict)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.TextField(blank=True)),
                ("decisions", models.JSONField(default=list)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "putaran penyandian",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="CodingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sentence", models.TextField(blank=True)),
                ("codes", models.JSONField(default=list)),
                ("codings", models.JSONField(default=list)),
                ("layer", models.CharField(blank=True, max_length=80)),
                ("coder", models.CharField(blank=True, max_length=150)),
                ("by", models.CharField(blank=True, max_length=150)),
                ("by_name", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone",
                        to="store.codingchange",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "perubahan penyandian",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StudyCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("order", models.PositiveIntegerField(default=0)),
                ("name", models.TextField(blank=True)),
                ("node", models.CharField(blank=True, max_length=80)),
                ("family", models.TextField(blank=True)),
                ("definition", models.TextField(blank=True)),
                ("includes", models.TextField(blank=True)),
                ("excludes", models.TextField(blank=True)),
                ("merged_into", models.CharField(blank=True, max_length=80)),
                ("colour", models.CharField(blank=True, max_length=7)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "kode",
                "ordering": ("order", "pk"),
            },
        ),
        migrations.CreateModel(
            name="StudyConclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField(default=0)),
                ("construct", models.TextField(blank=True)),
                ("statement", models.TextField(blank=True)),
                ("codes", models.JSONField(default=list)),
                ("override", models.CharField(blank=True, max_length=80)),
                ("reason", models.TextField(blank=True)),
                ("rival", models.TextField(blank=True)),
                ("recommendation", models.TextField(blank=True)),
                ("frozen", models.JSONField(default=dict)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("frozen_by", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conclusions", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "simpulan studi",
                "ordering": ("order", "pk"),
            },
        ),
        migrations.CreateModel(
            name="StudyAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("statement", models.TextField(blank=True)),
                ("action", models.TextField(blank=True)),
                ("owner_words", models.TextField(blank=True)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("direncanakan", "direncanakan"),
                            ("berjalan", "berjalan"),
                            ("selesai", "selesai"),
                            ("dibatalkan", "dibatalkan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("result", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("by", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.position",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="store.study"
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
                (
                    "conclusion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="store.studyconclusion",
                    ),
                ),
            ],
            options={
                "verbose_name": "tindak lanjut studi",
                "ordering": ("due", "pk"),
            },
        ),
        migrations.CreateModel(
            name="StudyDisplay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("simpulan × sumber", "simpulan × sumber"),
                            ("simpulan × metode", "simpulan × metode"),
                            ("kode × kelompok peran", "kode × kelompok peran"),
                            ("sumber × konstruk", "sumber × konstruk"),
                            ("daftar periksa konstruk", "daftar periksa konstruk"),
                        ],
                        max_length=80,
                    ),
                ),
                ("construct", models.CharField(blank=True, max_length=80)),
                ("title", models.TextField(blank=True)),
                ("words", models.JSONField(default=dict)),
                ("frozen", models.JSONField(default=dict)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="displays", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "sajian",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StudyGuide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField(blank=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("wawancara", "wawancara"),
                            ("observasi", "observasi"),
                            ("dokumen", "dokumen"),
                            ("survei", "survei"),
                            ("simpulan", "simpulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("opening", models.TextField(blank=True)),
                ("questions", models.JSONField(default=list)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guides", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "pedoman pengumpulan data",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StudyInformant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField(default=0)),
                ("role", models.TextField(blank=True)),
                ("group", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("holders", models.PositiveIntegerField(blank=True, null=True)),
                ("consent_record", models.BooleanField(default=False)),
                ("consent_quote", models.BooleanField(default=False)),
                ("consent_archive", models.BooleanField(default=False)),
                ("consent_given", models.DateField(blank=True, null=True)),
                ("consent_form", models.TextField(blank=True)),
                ("consent_channel", models.TextField(blank=True)),
                ("named_by_office", models.BooleanField(default=False)),
                ("withdrawn", models.DateField(blank=True, null=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="informants", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "informan",
                "ordering": ("order", "pk"),
            },
        ),
        migrations.CreateModel(
            name="InformantIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.TextField(blank=True)),
                (
                    "informant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identity", to="store.studyinformant"
                    ),
                ),
            ],
            options={
                "verbose_name": "identitas informan",
            },
        ),
        migrations.CreateModel(
            name="ConclusionCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cara pemeriksaan", "cara pemeriksaan"),
                            ("umpan balik informan", "umpan balik informan"),
                            ("pembaca kedua", "pembaca kedua"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "tactic",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("keterwakilan", "keterwakilan"),
                            ("pengaruh peneliti", "pengaruh peneliti"),
                            ("triangulasi", "triangulasi"),
                            ("bobot bukti", "bobot bukti"),
                            ("kasus menyimpang", "kasus menyimpang"),
                            ("kasus ekstrem", "kasus ekstrem"),
                            ("hal tak terduga", "hal tak terduga"),
                            ("bukti yang menyangkal", "bukti yang menyangkal"),
                            ("uji jika-maka", "uji jika-maka"),
                            ("hubungan semu", "hubungan semu"),
                            ("pengulangan", "pengulangan"),
                            ("penjelasan tandingan", "penjelasan tandingan"),
                            ("umpan balik informan", "umpan balik informan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("agrees", models.BooleanField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("login", models.CharField(blank=True, max_length=150)),
                ("held", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "conclusion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="store.studyconclusion"
                    ),
                ),
                (
                    "informant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.studyinformant",
                    ),
                ),
            ],
            options={
                "verbose_name": "pemeriksaan simpulan",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StudyMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("ketua", "ketua"),
                            ("penyandi", "penyandi"),
                            ("penelaah", "penelaah"),
                            ("pembaca", "pembaca"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="store.study"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
            ],
            options={
                "verbose_name": "anggota tim studi",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StudyMemo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refleksi", "refleksi"),
                            ("metode", "metode"),
                            ("reduksi", "reduksi"),
                            ("temuan", "temuan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("author", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField(auto_now=True)),
                ("text", models.TextField(blank=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memos", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "memo",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StudySegment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField(default=0)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("within", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="segments", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "penggalan",
                "ordering": ("number", "pk"),
            },
        ),
        migrations.CreateModel(
            name="StudyCoding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stance", models.CharField(choices=[("+", "+"), ("0", "0"), ("-", "-")], max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pengalaman", "pengalaman"),
                            ("norma", "norma"),
                            ("saran", "saran"),
                            ("klaim", "klaim"),
                        ],
                        max_length=80,
                    ),
                ),
                ("coder", models.CharField(max_length=150)),
                ("layer", models.CharField(default="final", max_length=80)),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="store.studycode"
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="store.study"
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="store.studysegment"
                    ),
                ),
            ],
            options={
                "verbose_name": "penyandian",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StudySource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField(default=0)),
                ("title", models.TextField(blank=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("wawancara", "wawancara"),
                            ("observasi", "observasi"),
                            ("dokumen", "dokumen"),
                            ("survei", "survei"),
                            ("simpulan", "simpulan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("held", models.DateField(blank=True, null=True)),
                ("place", models.TextField(blank=True)),
                ("collector", models.TextField(blank=True)),
                ("joint", models.BooleanField(default=False)),
                ("gap", models.TextField(blank=True)),
                ("seal", models.CharField(blank=True, max_length=64)),
                ("length", models.PositiveIntegerField(default=0)),
                ("file", models.TextField(blank=True)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("evidence", models.TextField(blank=True)),
                ("added_by", models.TextField(blank=True)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("text", models.TextField(blank=True)),
                ("informants", models.ManyToManyField(blank=True, related_name="sources", to="store.studyinformant")),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "sumber studi",
                "ordering": ("order", "pk"),
            },
        ),
        migrations.AddField(
            model_name="studysegment",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="segments", to="store.studysource"
            ),
        ),
        migrations.CreateModel(
            name="StudyStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rancangan", "rancangan"),
                            ("pengumpulan", "pengumpulan"),
                            ("reduksi", "reduksi"),
                            ("penyajian", "penyajian"),
                            ("penarikan dan verifikasi", "penarikan dan verifikasi"),
                            ("terbit", "terbit"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("rancangan", "rancangan"),
                            ("pengumpulan", "pengumpulan"),
                            ("reduksi", "reduksi"),
                            ("penyajian", "penyajian"),
                            ("penarikan dan verifikasi", "penarikan dan verifikasi"),
                            ("terbit", "terbit"),
                        ],
                        max_length=80,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="store.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "langkah studi",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                (
                    "use",
                    models.CharField(
                        choices=[("budaya kerja", "budaya kerja"), ("kepuasan masyarakat", "kepuasan masyarakat")],
                        max_length=80,
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("framework", models.CharField(max_length=80)),
                ("content", models.JSONField(default=dict)),
                ("notice", models.TextField(blank=True)),
                ("buckets", models.JSONField(default=dict)),
                ("comments", models.BooleanField(default=True)),
                ("convention", models.CharField(blank=True, max_length=120)),
                ("k_screen", models.PositiveSmallIntegerField(default=5)),
                ("k_publish", models.PositiveSmallIntegerField(default=10)),
                ("synthetic", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
                (
                    "study",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="store.study",
                    ),
                ),
            ],
            options={
                "verbose_name": "survei",
                "ordering": ("agency", "code"),
            },
        ),
        migrations.CreateModel(
            name="SurveyWave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("opens", models.DateField()),
                ("closes", models.DateField()),
                ("population", models.JSONField(default=dict)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("published_by", models.TextField(blank=True)),
                ("edition", models.JSONField(default=dict)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waves", to="store.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "gelombang survei",
                "ordering": ("opens", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SurveyTicket",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                ("unit", models.CharField(blank=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("used", models.BooleanField(default=False)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.surveywave"
                    ),
                ),
            ],
            options={
                "verbose_name": "tautan survei",
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="SurveyResponse",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                ("unit", models.CharField(blank=True)),
                ("answers", models.JSONField(default=dict)),
                ("buckets", models.JSONField(default=dict)),
                ("hurried", models.BooleanField(default=False)),
                ("comment", models.TextField(blank=True)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.surveywave"
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban survei",
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="StatisticsRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("params", models.JSONField(default=dict)),
                ("input_sha256", models.CharField(max_length=64)),
                ("version", models.CharField(max_length=40)),
                ("result", models.JSONField(default=dict)),
                ("told", models.JSONField(default=list)),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="store.surveywave"
                    ),
                ),
            ],
            options={
                "verbose_name": "perhitungan statistik",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="CultureFramework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("base", models.CharField(blank=True, max_length=80)),
                ("title", models.TextField(blank=True)),
                ("content", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
                ),
            ],
            options={
                "verbose_name": "kerangka budaya kerja",
                "ordering": ("agency", "code"),
                "constraints": [models.UniqueConstraint(fields=("agency", "code"), name="cultureframework_key")],
            },
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.UniqueConstraint(fields=("agency", "code"), name="study_key"),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("k_screen__gte", 3), ("k_publish__gte", models.F("k_screen"))),
                name="study_thresholds",
                violation_error_message="ambang penyajian terlalu rendah",
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("fair_accounts__gte", 1), ("strong_accounts__gte", models.F("fair_accounts"))),
                name="study_support_rule",
                violation_error_message="aturan kekuatan bukti tidak sah",
            ),
        ),
        migrations.AddConstraint(
            model_name="codinground",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="codinground_key"),
        ),
        migrations.AddConstraint(
            model_name="studycode",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="studycode_key"),
        ),
        migrations.AddConstraint(
            model_name="studyconclusion",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="studyconclusion_key"),
        ),
        migrations.AddIndex(
            model_name="studyaction",
            index=models.Index(fields=["state", "due"], name="studyaction_due"),
        ),
        migrations.AddConstraint(
            model_name="studyaction",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="studyaction_key"),
        ),
        migrations.AddConstraint(
            model_name="studyinformant",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="studyinformant_key"),
        ),
        migrations.AddConstraint(
            model_name="studyinformant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consent_given__isnull", True),
                    ("withdrawn__isnull", True),
                    ("withdrawn__gte", models.F("consent_given")),
                    _connector="OR",
                ),
                name="studyinformant_withdrawn_after_consent_given",
                violation_error_message="akhir mendahului awal",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusioncheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "cara pemeriksaan")),
                fields=("conclusion", "tactic"),
                name="conclusioncheck_tactic",
            ),
        ),
        migrations.AddConstraint(
            model_name="studymember",
            constraint=models.UniqueConstraint(fields=("study", "user"), name="studymember_key"),
        ),
        migrations.AddIndex(
            model_name="studymemo",
            index=models.Index(fields=["study", "about"], name="studymemo_about"),
        ),
        migrations.AddIndex(
            model_name="studycoding",
            index=models.Index(fields=["study", "layer", "coder"], name="studycoding_layer"),
        ),
        migrations.AddConstraint(
            model_name="studycoding",
            constraint=models.UniqueConstraint(fields=("segment", "code", "coder", "layer"), name="studycoding_key"),
        ),
        migrations.AddConstraint(
            model_name="studysource",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="studysource_key"),
        ),
        migrations.AddConstraint(
            model_name="studysource",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__contains", "\r"), _negated=True),
                name="studysource_line_ends",
                violation_error_message="akhir baris bukan LF",
            ),
        ),
        migrations.AddConstraint(
            model_name="studysegment",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="studysegment_key"),
        ),
        migrations.AddConstraint(
            model_name="studysegment",
            constraint=models.UniqueConstraint(fields=("source", "start", "end"), name="studysegment_span"),
        ),
        migrations.AddConstraint(
            model_name="studysegment",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__gte", 0), ("end__gt", models.F("start")), ("end__lte", models.F("within"))),
                name="studysegment_in_text",
                violation_error_message="batas penggalan di luar teks",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(fields=("agency", "code"), name="survey_key"),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("k_screen__gte", 3), ("k_publish__gte", models.F("k_screen"))),
                name="survey_thresholds",
                violation_error_message="ambang penyajian terlalu rendah",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveywave",
            constraint=models.UniqueConstraint(fields=("survey", "code"), name="surveywave_key"),
        ),
        migrations.AddConstraint(
            model_name="surveywave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens__isnull", True),
                    ("closes__isnull", True),
                    ("closes__gte", models.F("opens")),
                    _connector="OR",
                ),
                name="surveywave_closes_after_opens",
                violation_error_message="akhir mendahului awal",
            ),
        ),
        migrations.AddIndex(
            model_name="surveyticket",
            index=models.Index(fields=["wave", "unit", "used"], name="surveyticket_unit"),
        ),
        migrations.AddIndex(
            model_name="surveyresponse",
            index=models.Index(fields=["wave", "unit"], name="surveyresponse_unit"),
        ),
        migrations.AddIndex(
            model_name="statisticsrun",
            index=models.Index(fields=["wave", "kind"], name="statisticsrun_kind"),
        ),
    ]
