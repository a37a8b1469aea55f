"""Golden classes of every scale at and around its bounds; old scales stay here for ever."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from selaras.rulebook import load

DAY = date(2024, 12, 31)

LOWER_BOUNDS = {"150": 0, "103": 0, "100": 0, "91": 0, "90.99": 1, "90.5": 1, "90": 1, "76": 1, "75.5": 2, "75": 2, "66": 2,
                "65.5": 3, "65": 3, "51": 3, "50.5": 4, "50": 4, "0": 4, "-50": 4}  # fmt: skip
UPPER_BOUNDS = {"150": 0, "103": 0, "91": 0, "90.5": 0, "90.01": 0, "90": 1, "76": 1, "75.5": 1, "75": 2, "65.5": 2, "65": 3,
                "50.5": 3, "50": 4, "0": 4, "-50": 4}  # fmt: skip
GOLDEN = {
    "permendagri-54-2010": (("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"), LOWER_BOUNDS),
    "permendagri-54-2010-batas-atas": (("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"), UPPER_BOUNDS),
    "provinsi-bali-2024": (("Sangat Baik", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"), LOWER_BOUNDS),
    "provinsi-bali-2024-batas-atas": (("Sangat Baik", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"), UPPER_BOUNDS),
    "sampang-2019": (("Sangat Baik", "Baik", "Cukup", "Kurang", "Sangat Kurang"), LOWER_BOUNDS),
    "maluku-tengah-2021": (
        ("Memuaskan", "Sangat Baik", "Baik", "Cukup Baik", "Agak Kurang", "Kurang"),
        {"120": 0, "85.01": 0, "85": 1, "75": 2, "65": 3, "50": 4, "30.01": 4, "30": 5, "0": 5, "-1": 5},
    ),
    "lampu-lalu-lintas": (("Hijau", "Kuning", "Merah"), {"90.01": 0, "90": 1, "70": 1, "69.99": 2, "-1": 2}),
    "empat-batas": (
        ("Melampaui Target", "Tercapai", "Mendekati Target", "Perlu Perhatian", "Kritis"),
        {"105.01": 0, "105": 1, "95": 1, "94.995": 2, "80": 2, "79.995": 3, "60": 3, "59.995": 4, "-1": 4},
    ),
}


@pytest.mark.parametrize(
    ("code", "value", "label"),
    [(code, value, labels[place]) for code, (labels, places) in GOLDEN.items() for value, place in places.items()],
)
def test_each_value_has_its_class(code, value, label):
    assert load(DAY).scales[code].classify(Decimal(value)).label == label


def test_every_scale_is_under_test():
    assert set(load(DAY).scales) == set(GOLDEN)


@pytest.mark.parametrize("code", GOLDEN)
def test_every_scale_has_its_labels_its_reading_and_its_source(code):
    scale = load(DAY).scales[code]
    assert tuple(band.label for band in scale.bands) == GOLDEN[code][0]
    assert scale.reading
    assert scale.source.text


def test_the_two_readings_disagree_about_ninety_and_a_half_and_say_so():
    scales = load(DAY).scales
    for code, label in (("provinsi-bali-2024", "Tinggi"), ("provinsi-bali-2024-batas-atas", "Sangat Baik")):
        assert f"90,5 tergolong {label}" in scales[code].reading
        assert scales[code].classify(Decimal("90.5")).label == label
