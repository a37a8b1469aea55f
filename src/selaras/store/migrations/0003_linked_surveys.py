"""Surveys whose answers can be linked, and one more display."""

from django.db import migrations, models

MODES = [("anonim", "anonim"), ("rahasia, dapat dihubungkan", "rahasia, dapat dihubungkan")]
DISPLAYS = [
    ("simpulan × sumber", "simpulan × sumber"), ("simpulan × metode", "simpulan × metode"),
    ("kode × kelompok peran", "kode × kelompok peran"), ("sumber × konstruk", "sumber × konstruk"),
    ("daftar periksa konstruk", "daftar periksa konstruk"), ("faktor × akibat", "faktor × akibat"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("store", "0002_documents_and_nation")]
    operations = [
        migrations.AddField("Survey", "mode", models.CharField(choices=MODES, default="anonim", max_length=80)),
        migrations.AddField("SurveyResponse", "repeat", models.CharField(blank=True, default="", max_length=64), False),
        migrations.AddConstraint(
            "SurveyResponse",
            models.UniqueConstraint(
                condition=models.Q(("repeat", ""), _negated=True),
                fields=("wave", "repeat"),
                name="surveyresponse_repeat",
            ),
        ),
        migrations.AlterField("StudyDisplay", "kind", models.CharField(choices=DISPLAYS, max_length=80)),
    ]
