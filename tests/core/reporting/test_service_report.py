"""The yearly service report and the publication sheet as documents: what they say, in what order, and what they leave out."""

from datetime import date
from decimal import Decimal

from selaras.core.document import Paragraph, Table, plain
from selaras.core.registers.definition import Summary, Tally
from selaras.core.registers.survey import Response, by_service, score
from selaras.core.reporting import satisfaction, service_letter, service_report
from selaras.rulebook.service import SKM, load_surveys

DAY = date(2026, 3, 2)
SURVEY = load_surveys(DAY)[SKM]


def words_of(document):
    made = [plain(block.spans) for block in document.blocks if isinstance(block, Paragraph)]
    for table in (block for block in document.blocks if isinstance(block, Table)):
        made += [" | ".join(cell.text for cell in row.cells) for row in table.body]
    return made


def year(**more):
    days = Summary("waktu", "Menurut hari", Tally(), by="@used.jawab")
    whole = Summary("diterima", "Permohonan yang diterima", Tally())
    none = Summary("alasan", "Penolakan", Tally(), by="dasar")
    told = {
        "agency": "Kantor Rekaan", "register": "Permohonan", "about": "Tentang.", "source": "UU 14/2008", "year": 2025,
        "as_of": DAY, "figures": (("Tepat waktu", None, "Tahun 2025 tanpa hari libur."),),
        "tables": (
            (whole, (("", Decimal(4)),)), (days, (("10", Decimal(1)), ("2", Decimal(2)), ("3", Decimal(1)))), (none, ()),
        ),
    }  # fmt: skip
    return service_report.compose(service_report.ServiceYear(**told | more))


def test_days_are_in_order_with_their_mean_and_an_empty_table_is_said():
    said = words_of(year())
    assert "Permohonan yang diterima: 4." in said
    assert "Penolakan: tidak ada." in said
    assert any(
        "rata-rata 4,3 hari untuk 4 permohonan, paling singkat 2 hari dan paling lama 10 hari" in one for one in said
    )
    lines = [one for one in said if one.split(" | ")[0] in {"2", "3", "10", "Jumlah"}]
    assert lines == ["2 | 2", "3 | 1", "10 | 1", "Jumlah | 4"]


def test_a_figure_that_cannot_be_counted_says_why_and_missing_words_stay_a_gap():
    said = words_of(year())
    assert "Tepat waktu | Tahun 2025 tanpa hari libur." in said
    assert any("belum diuraikan" in one for one in said)
    assert "Satu petugas." in words_of(year(obstacles="Satu petugas.\n\n"))


def sheet(values, needed=None, **more):
    listed = [
        Response("Loket" if value > 1 else "Laman", DAY, {item.code: value for item in SURVEY.elements})
        for value in values
    ]
    told = satisfaction.Sheet(
        "Kantor Rekaan", "Survei", SURVEY, DAY, DAY, score(SURVEY, listed, **more), by_service(SURVEY, listed),
        100 if needed else None, needed, (),
    )  # fmt: skip
    return satisfaction.compose(told)


def test_the_sheet_says_who_is_missing_and_shows_no_small_service():
    said = words_of(sheet([3, 3, 4, 4, 3, 1], needed=80))
    assert any("Responden kurang 74" in one for one in said)
    assert "Laman | 1 | terlalu sedikit | –" in said
    assert "Loket | 5 | 85,00 | B (Baik)" in said


def test_an_old_weight_is_named_on_the_sheet():
    assert any("0,111" in one for one in words_of(sheet([3], weight=Decimal("0.111"))))
    assert not any("0,111" in one for one in words_of(sheet([3])))


def test_a_letter_says_that_it_is_unsigned():
    wording = service_letter.Wording("Kantor Rekaan", "Permohonan", "Tanda terima", "0001", DAY, ("Isi surat.",))
    said = words_of(service_letter.compose(wording, year=2026))
    assert said == ["Isi surat.", "Dibuat oleh sistem dari register layanan, tanpa tanda tangan."]
