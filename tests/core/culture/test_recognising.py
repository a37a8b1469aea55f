"""Words that may point at a person are told with how and how often; names alone are looked for elsewhere."""

from datetime import date

from selaras.core.culture.recognising import Pointing, pointers
from selaras.core.culture.sources import Consent, Informant


def found(text, *people):
    return {(item.how, item.words): item.count for item in pointers(text, people)}


def test_people_addressed_numbers_and_mail_addresses_are_told():
    text = "Bapak Rekaan dan Ibu Contoh Kedua. Bapak Rekaan: 0812-3456-7890 atau rekaan@contoh.go.id; NIP 19900101 201503 2 001."
    assert found(text) == {
        (Pointing.ADDRESSED, "Bapak Rekaan"): 2, (Pointing.ADDRESSED, "Ibu Contoh Kedua"): 1,
        (Pointing.NUMBER, "0812-3456-7890"): 1, (Pointing.NUMBER, "19900101 201503 2 001"): 1,
        (Pointing.MAIL, "rekaan@contoh.go.id"): 1,
    }  # fmt: skip


def test_plain_words_figures_and_years_are_left_alone():
    assert found("Rapat 12 Januari 2024 dihadiri 45 orang; anggaran Rp19.885.100 dan ibu kota.") == {}


def test_a_role_that_one_person_holds_is_told_unless_the_person_agreed():
    alone = Informant("INF-01", "Sekretaris", "Pimpinan", holders=1)
    many = [Informant(f"INF-{n}", "Staf", "Staf", holders=9) for n in (2, 3)]
    assert found("Kata Sekretaris, staf datang.", alone, *many) == {(Pointing.ROLE, "Sekretaris"): 1}
    agreed = Consent(record=True, quote=True, archive=True, given=date(2024, 1, 1), named_by_office=True)
    assert found("Kata Sekretaris.", Informant("INF-01", "Sekretaris", "Pimpinan", holders=1, consent=agreed)) == {}
