"""The evaluation of one unit by its people: filled in, evaluated, controlled, decided, told, and what it asked for done."""

from playwright.sync_api import expect

from tests.web.browser.walk import BIRO, PDF, follow, press, told

UNIT = "Kelompok Jabatan Fungsional dan Pelaksana"
BOARD = f"{BIRO}evaluasi/"
COMPONENTS = {"1": "abc", "2": "abc", "3": "abc", "4": "abc"}
ADVICE = "Menurunkan sasaran sampai setiap jabatan fungsional."
REASON = "Buktinya belum menunjukkan pemakaian."


def evaluate(people):
    """Everything, in the order of the evaluation."""
    open_it(people["pereviu"])
    assess(people["perencana"])
    judge(people["pereviu"])
    control(people["evaluator"])
    decide(people["budaya"])
    read(people["perencana"])
    advise(people["pereviu"])
    follow_up(people["perencana"])
    verify(people["evaluator"])


def sheet(page):
    """The sheet of the unit, from the board."""
    page.goto(BOARD)
    page.get_by_role("link", name=UNIT).click()
    told(page, "Nilai per komponen")


def open_it(page):
    page.goto(BOARD)
    page.get_by_role("checkbox", name=f"Pilih {UNIT}").check()
    press(page, "Buka evaluasi")
    told(page, "Evaluasi dibuka.")
    follow(page, "Tim & dokumen", exact=False)
    for number, (who, role) in enumerate(
        (
            ("Pereviu (contoh)", "Ketua tim"),
            ("Evaluator (contoh)", "Pengendali mutu"),
            ("Penilai Budaya (contoh)", "Penanggung jawab"),
        ),
        1,
    ):
        page.get_by_label(f"Anggota ke-{number}", exact=True).select_option(label=who)
        page.get_by_label(f"Peran anggota ke-{number}", exact=True).select_option(label=role)
    press(page, "Simpan tim")
    told(page, "Tim evaluasi tersimpan.")


def answer_all(page, letter, reasons=(), *, probe=False):
    """One letter for every sub-component, the first one by keyboard; a reason where it is asked for, a criterion too."""
    for component, parts in COMPONENTS.items():
        page.locator(".tab-list").get_by_role("link", name=f"{component}. ", exact=False).click()
        for part in parts:
            card = page.locator(f"#sub-{component}-{part}")
            button = card.locator(f"[data-letter={letter}]")
            if f"{component}.{part}" in reasons:
                card.get_by_label("Alasan").fill(REASON)
                button.click()
            elif part == "a":
                card.focus()
                page.keyboard.press(letter.lower())
            else:
                button.click()
            expect(button).to_have_attribute("aria-pressed", "true")
            if probe:
                group = card.get_by_role("group", name=f"Kriteria {component}.{part}.1", exact=True)
                group.get_by_role("button", name="Belum").click()
                expect(group.get_by_role("button", name="Belum")).to_have_attribute("aria-pressed", "true")


def assess(page):
    sheet(page)
    follow(page, "1. Perencanaan", exact=False)
    card = page.locator("#sub-1-a")
    card.locator("[data-letter=AA]").click()
    told(page, "Jawaban bertentangan dengan kriteria atau data.")
    expect(card.locator("[data-letter=AA]")).to_have_attribute("aria-pressed", "false")
    card.get_by_role("group", name="Kriteria 1.a.1").get_by_role("button", name="Terpenuhi").click()
    expect(card).to_contain_text("1 dari 6 kriteria terpenuhi")
    answer_all(page, "D")
    expect(page.locator("#nilai")).to_contain_text("30,00")
    press(page, "Ajukan")
    page.get_by_role("dialog").get_by_role("button", name="Ajukan", exact=True).click()
    told(page, "Penilaian mandiri diajukan.")


def judge(page):
    sheet(page)
    answer_all(page, "D", probe=True)
    card = page.locator("#sub-4-c")
    card.get_by_label("Alasan").fill(REASON)
    card.locator("[data-letter=E]").click()
    expect(card.locator("[data-letter=E]")).to_have_attribute("aria-pressed", "true")
    step(page, "Selesaikan penilaian", "Penilaian evaluator selesai.")


def control(page):
    sheet(page)
    step(page, "Selesaikan pengendalian mutu", "Pengendalian mutu selesai.")


def decide(page):
    page.goto(BOARD)
    sheet(page)
    step(page, "Tetapkan hasil", "Hasil evaluasi ditetapkan.")


def step(page, button, words):
    press(page, button)
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
    told(page, words)


def read(page):
    sheet(page)
    expect(page.locator("#nilai")).to_contain_text("26,25")
    follow(page, "Perbedaan")
    told(page, "1 dari 12 sub-komponen dijawab berbeda.")
    told(page, REASON)


def advise(page):
    sheet(page)
    follow(page, "LHE")
    note = page.get_by_label("Catatan evaluator: Perencanaan Kinerja")
    note.fill("Perencanaan belum diturunkan sampai jabatan.")
    note.blur()
    told(page, "Tersimpan")
    paper = page.frame_locator("iframe[data-lke-preview]")
    expect(paper.get_by_text("Perencanaan belum diturunkan sampai jabatan.")).to_be_visible()
    page.locator("summary", has_text="Beri rekomendasi").first.click()
    page.get_by_label("Rekomendasi", exact=True).first.fill(ADVICE)
    press(page, "Beri rekomendasi")
    told(page, "Rekomendasi diberikan dan unit diberi tahu.")


def follow_up(page):
    page.goto(f"{BOARD}rekomendasi/")
    follow(page, ADVICE)
    page.get_by_label("Apa yang dilakukan").fill("Menyusun pohon kinerja jabatan fungsional.")
    page.get_by_label("Penanggung jawab").select_option(index=1)
    page.get_by_label("Tenggat").fill("2030-01-31")
    press(page, "Simpan rencana aksi")
    told(page, "Rencana aksi tersimpan.")
    page.get_by_label("Langkah yang sudah dilakukan").fill("Pohon kinerja disusun bersama setiap kelompok.")
    page.get_by_label("Berkas bukti").set_input_files(
        {"name": "pohon-kinerja.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Catat langkah")
    told(page, "Langkah dicatat dan menunggu verifikasi.")
    press(page, "Nyatakan selesai")
    told(page, "Penyelesaian dinyatakan dan menunggu verifikasi.")


def verify(page):
    page.goto(f"{BOARD}rekomendasi/")
    follow(page, ADVICE)
    press(page, "Verifikasi penyelesaian")
    told(page, "Rekomendasi terverifikasi.")
    page.goto(f"{BOARD}rekomendasi/")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=ADVICE))
    expect(row).to_contain_text("Terverifikasi")
