"""Culture: studies, sources, codings and surveys."""

import django.db.models.deletion
from django.db import migrations, models

from selaras.store.first_tables import NewTables


class Migration(NewTables):
    """Tables of the stage culture."""

    dependencies = [
        ("store", "0002_registers"),
    ]

    operations = [
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
                ("demo", models.CharField(blank=True, max_length=80)),
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
