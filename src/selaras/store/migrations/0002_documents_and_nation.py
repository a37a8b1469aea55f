"""Issued documents and their signatures, proofs of the trail, personal data erased, and books of reports."""

import django.db.models.deletion
from django.db import migrations, models

from selaras.store.first_tables import NewTables


class Migration(NewTables):
    dependencies = [
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=600)),
                ("record", models.PositiveBigIntegerField(default=0)),
                ("title", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("unit", models.CharField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=16, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu tanda tangan", "menunggu tanda tangan"),
                            ("ditandatangani sebagian", "ditandatangani sebagian"),
                            ("terbit", "terbit"),
                            ("diganti versi baru", "diganti versi baru"),
                            ("ditarik", "ditarik"),
                        ],
                        max_length=80,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("data_sha256", models.CharField(blank=True, max_length=64)),
                ("source_sha256", models.CharField(blank=True, max_length=64)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("file", models.CharField(max_length=300)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("places", models.JSONField(default=dict)),
                ("public", models.BooleanField(default=False)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("made_by", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "dokumen terbit",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="IssuedSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("role", models.TextField(blank=True)),
                ("position", models.CharField(blank=True)),
                ("office", models.TextField(blank=True)),
                ("holder", models.TextField(blank=True)),
                ("identity", models.CharField(blank=True, max_length=30)),
                ("required", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu", "menunggu"),
                            ("ditandatangani", "ditandatangani"),
                            ("ditolak", "ditolak"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kunci di server", "kunci di server"),
                            ("berkas sendiri", "berkas sendiri"),
                            ("layanan jarak jauh", "layanan jarak jauh"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("B-B", "B-B"), ("B-T", "B-T"), ("B-LT", "B-LT"), ("B-LTA", "B-LTA")],
                        max_length=80,
                    ),
                ),
                ("certificate_subject", models.TextField(blank=True)),
                ("certificate_serial", models.CharField(blank=True, max_length=80)),
                ("certificate_sha256", models.CharField(blank=True, max_length=64)),
                ("issuer", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_by", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("sha256_before", models.CharField(blank=True, max_length=64)),
                ("sha256_after", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "tanda tangan dokumen",
                "ordering": ("document", "order"),
            },
        ),
        migrations.CreateModel(
            name="IssuedStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "tahap dokumen terbit",
                "ordering": ("document", "number"),
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.CharField(max_length=120)),
                ("title", models.TextField(blank=True)),
                ("held_on", models.DateField()),
                ("place", models.TextField(blank=True)),
                ("signers", models.JSONField(default=list)),
                ("made_by", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "berita acara",
                "ordering": ("-held_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("pkcs12", "pkcs12"), ("pkcs11", "pkcs11"), ("remote", "remote")], max_length=80
                    ),
                ),
                ("secret", models.TextField(blank=True)),
                ("certificate", models.TextField(blank=True)),
                ("subject", models.TextField(blank=True)),
                ("issuer", models.TextField(blank=True)),
                ("serial", models.CharField(blank=True, max_length=80)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("agency_seal", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("added_by", models.TextField(blank=True)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("tested_at", models.DateTimeField(blank=True, null=True)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("not_after", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "kunci tanda tangan",
                "ordering": ("agency", "name", "pk"),
            },
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="store.issueddocument",
            ),
        ),
        migrations.AddField(
            model_name="issuedsignature",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="store.issueddocument"
            ),
        ),
        migrations.AddField(
            model_name="issuedsignature",
            name="user",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="store.user"
            ),
        ),
        migrations.AddField(
            model_name="issuedstage",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="store.issueddocument"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
        ),
        migrations.AddField(
            model_name="signingkey",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="signing_keys", to="store.agency"
            ),
        ),
        migrations.AddField(
            model_name="signingkey",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="signing_keys",
                to="store.user",
            ),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["agency", "year", "state"], name="issueddocument_state"),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["sha256"], name="issueddocument_sha256"),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                fields=("agency", "kind", "key", "version"),
                name="issueddocument_key",
                violation_error_message="versi dokumen ini sudah ada",
            ),
        ),
        migrations.AddIndex(
            model_name="issuedsignature",
            index=models.Index(fields=["user", "state"], name="issuedsignature_user"),
        ),
        migrations.AddConstraint(
            model_name="issuedsignature",
            constraint=models.UniqueConstraint(fields=("document", "order"), name="issuedsignature_key"),
        ),
        migrations.AddIndex(
            model_name="issuedstage",
            index=models.Index(fields=["sha256"], name="issuedstage_sha256"),
        ),
        migrations.AddConstraint(
            model_name="issuedstage",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="issuedstage_key"),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(
                fields=("agency", "number"), name="minutes_key", violation_error_message="nomor ini sudah dipakai"
            ),
        ),
        migrations.AddIndex(
            model_name="signingkey",
            index=models.Index(fields=["agency", "active"], name="signingkey_active"),
        ),
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("last_id", models.PositiveBigIntegerField()),
                ("records", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField(blank=True)),
                ("kind", models.CharField(choices=[("ed25519", "ed25519"), ("cms", "cms")], max_length=80)),
                ("signature", models.BinaryField()),
                ("certificate", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "jangkar jejak audit",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu", "menunggu"),
                            ("diperiksa", "diperiksa"),
                            ("selesai", "selesai"),
                            ("gagal", "gagal"),
                        ],
                        max_length=80,
                    ),
                ),
                ("result", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField()),
                ("asked_by", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "pemeriksaan berkas",
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["state", "id"], name="verification_state"),
                    models.Index(fields=["expires_at"], name="verification_expires"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustRoot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("pem", models.TextField(blank=True)),
                ("sha256", models.CharField(max_length=64)),
                ("not_after", models.DateTimeField()),
                ("source", models.TextField(blank=True)),
                ("added_by", models.TextField(blank=True)),
                ("added_at", models.DateTimeField()),
                ("removed_by", models.TextField(blank=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
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
                "verbose_name": "akar tepercaya",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("sha256",),
                        name="trustroot_key",
                        violation_error_message="akar ini sudah dipercaya",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistorySalt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.UUIDField(unique=True)),
                ("salt", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "garam riwayat",
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency", models.CharField(blank=True)),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("rule", models.TextField(blank=True)),
                ("basis", models.TextField(blank=True)),
                ("decided_by", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("counts", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "penghapusan data pribadi",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["agency", "kind"], name="erasure_kind")],
            },
        ),
        migrations.CreateModel(
            name="SubjectRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField(blank=True)),
                ("contact", models.TextField(blank=True)),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("salinan", "salinan"),
                            ("perbaikan", "perbaikan"),
                            ("penghapusan", "penghapusan"),
                            ("keberatan", "keberatan"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("menunggu", "menunggu"), ("dipenuhi", "dipenuhi"), ("ditolak", "ditolak")],
                        max_length=80,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.TextField(blank=True)),
                ("answer", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="store.agency",
                    ),
                ),
                (
                    "user",
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
                "verbose_name": "permintaan subjek data",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["state", "due_at"], name="subjectrequest_due")],
            },
        ),
        migrations.CreateModel(
            name="ReportBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("agencies", models.JSONField(blank=True, default=list)),
                ("kinds", models.JSONField(default=list)),
                ("formats", models.JSONField(default=list)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("data terbit", "data terbit"),
                            ("data beku", "data beku"),
                            ("data berjalan", "data berjalan"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("sekali", "sekali"),
                            ("bulanan", "bulanan"),
                            ("triwulanan", "triwulanan"),
                            ("tahunan", "tahunan"),
                        ],
                        max_length=80,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
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
                ("active", models.BooleanField(default=True)),
                ("asked", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("belum pernah", "belum pernah"),
                            ("berjalan", "berjalan"),
                            ("lengkap", "lengkap"),
                            ("ada yang gagal", "ada yang gagal"),
                        ],
                        max_length=80,
                    ),
                ),
                ("last_period", models.CharField(blank=True, max_length=80)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
                ("last_summary", models.JSONField(blank=True, default=dict)),
                ("folder", models.CharField(blank=True, max_length=400)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "buku laporan",
                "ordering": ("code",),
            },
        ),
    ]
