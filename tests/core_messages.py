"""What `core`, the workbook and the verbs say, and its English for the web: found in their sources, kept in one catalogue.

These rooms know nothing of translation and speak Indonesian. A text with values in it is an f-string there; here it is a
template with numbered gaps, by which the web knows the finished sentence again (`selaras.web.core_words`).
`python -m tests.core_messages` reads the sources anew, keeps every translation there is, compiles the catalogue, and
exits with 1 while something is left to translate.
"""

import ast
import enum
import os
import re
import sys
from importlib import import_module
from io import BytesIO

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps

from selaras.core.evaluation.facts import FACTS
from selaras.core.evaluation.template import Aspect
from selaras.core.finding import Severity
from selaras.core.period import MONTHS
from selaras.core.reporting import KINDS
from selaras.rulebook import load
from selaras.rulebook.lke import templates
from selaras.rulebook.nation import load_nation
from tests.messages import SINCE, SOURCES

CATALOGUE = SOURCES / "web" / "locale" / "en" / "LC_MESSAGES" / "core.po"
COMPILED = CATALOGUE.with_suffix(".mo")
ROOMS = (
    "core/*.py", "core/agreements/*.py", "core/planning/*.py", "core/measurement/*.py", "core/reporting/*.py",
    "documents/workbook/*.py", "actions/*.py", "store/*.py", "core/evaluation/*.py", "core/people/*.py",
    "core/reform/*.py", "documents/lke/*.py", "documents/staff.py",
    "core/culture/*.py", "documents/qda/*.py", "core/registers/*.py", "documents/registers.py",
    "core/nation/*.py", "analytics/kept.py",
)  # fmt: skip
TERMINAL = {
    "archive.py",
    "dumping.py",
    "restoring.py",
    "backup.py",
    "_keeping.py",
    "checkup.py",
    "database.py",
    "workspace.py",
}
"""What only an operator at the terminal is told."""
SPEAKING = {
    "BadCell",
    "Finding",
    "Fault",
    "Refusal",
    "NotFound",
    "NotAllowed",
    "Conflict",
    "CannotRun",
    "AmbiguousNumber",
    "UnreadableNumber",
    "plan_held",
}
WORDS = (
    "core.access:Role", "core.access:Act", "core.org:AgencyKind", "core.org:UnitKind", "core.org:Capacity",
    "core.org:Sex", "core.planning.records:NodeLevel", "core.planning.records:IndicatorLevel",
    "core.planning.records:IndicatorKind", "core.planning.records:Polarity", "core.planning.records:Aggregation",
    "core.planning.records:FormulaKind", "core.planning.records:PlanDocument", "core.value:ValueKind", "documents.workbook.columns:Kind",
    "core.measurement.records:Progress", "core.measurement.limits:Need", "core.planning.moves:Gap", "core.period:Span",
    "core.agreements.records:RevisionReason", "core.computed:Status", "store.models.work:AgreementState",
    "store.models.work:EditionState", "store.models.work:ChapterState", "store.models.work:ReviewState",
    "store.models.work:Judgement", "store.models.work:ReadingState", "core.evaluation.stages:Column",
    "core.evaluation.stages:State", "core.evaluation.stages:TeamRole", "core.evaluation.recommendations:Stage",
    "core.evaluation.template:Mode", "core.evaluation.template:Effort", "core.evaluation.scoring:Met",
    "core.people.skp:SkpForm", "core.people.skp:Method",
    "core.people.skp:Section", "core.people.skp:AnnexKind", "core.people.skp:Origin", "core.people.skp:SkpState",
    "core.people.ratings:Rating", "core.people.ratings:Predicate", "core.people.ratings:OrganisationPredicate",
    "core.people.matrix:TeamRole", "core.people.organisation:Measure", "core.calendar:DayKind",
    "core.people.objection:Outcome", "store.people:Standing", "core.deadlines:Matter",
    "core.reform.scheme:Adjustment", "core.culture.studies:Stage", "core.culture.coding:Stance",
    "core.culture.coding:Kind", "core.culture.coding:MemoKind", "core.culture.sources:Method", "core.culture.support:Support",
    "core.culture.support:ClaimFlag", "core.culture.conclusions:Tactic", "core.culture.displays:Voice", "core.culture.frameworks:Level",
    "core.culture.frameworks:Part", "core.culture.frameworks:Asking", "core.culture.answers:Gaps", "core.culture.reliability:ItemRule",
    "core.culture.descriptives:Convention", "core.culture.analyses:Analysis", "store.models.culture:StudyRole",
    "store.models.culture:RoundPurpose", "store.models.culture:RoundUnit", "store.models.culture:CheckKind",
    "store.models.culture:DisplayKind", "store.models.culture:SurveyUse", "store.models.culture:ActionState",
    "core.registers.fields:FieldKind", "core.registers.clock:FirstDay", "core.registers.clock:Verdict",
    "core.registers.definition:Tallying", "core.registers.definition:Basis", "core.registers.definition:Clearing",
    "core.registers.definition:Restart", "store.models.registers:Happening",
    "core.nation.books:Rhythm", "core.nation.books:Origin", "store.models.nation:BookState",
)  # fmt: skip

EXTRA = (
    # The frame of `Fault.sentence` and `Place.sentence`.
    "tertulis", "seharusnya", "halaman {0}",
    "baris teks {0}", "sel {0}", "baris {0}", "kolom {0}", "lembar {0}, sel {1}", "lembar {0}, kolom {1}",
    "lembar {0}, sel {1}, kolom {2}", "lembar {0}, kolom {1}, {2}",
    # Values that stand in the gaps of others.
    "angka tanpa tanda %", "persen, misalnya 87,5%", "predikat, misalnya BB", "Ya atau Tidak",
    "{0} tidak berhak {1} instansi {2}.", "{0} tidak berhak {1} unit {2} pada instansi {3}.",
    "PK, rencana, dan anggaran", "belum disusun",
    "Tahun {0}", "Semester {0} Tahun {1}", "Triwulan {0} Tahun {1}",
    "berbeda", "berbeda ejaan", "daftar IKU", "lebih tinggi", "lebih rendah", "sesudah", "sebelum", "persentase",
    "orang lain", "pihak pertama", "pihak kedua", "tidak ada", "instansi {0}", "unit {0} pada instansi {1}", "baru",
    "Ubah format sel menjadi Teks, lalu tulis ulang isinya.", "pembilang", "penyebut", "nilai", "jenis kelamin", "status", " tahun {0}", " dan {0} kesalahan serupa",
    "angka seperti 1.234.567,89 atau 87,5", "angka seperti 1.234,5 atau rentang seperti 5–7", "titik untuk ribuan, koma untuk desimal",
    "angka, persen, rentang, predikat, atau Ya/Tidak", "Hasil kerja “{0}” ({1})",
    "persen seperti 87,5%", "predikat seperti BB",
    # What the evaluation says of a fact, and why an answer has its score.
    "{0}: {1}; diharapkan ada", "{0}: {1}; diharapkan paling lambat {2} ({3})", "{0}: {1}; diharapkan sekurang-kurangnya {2}",
    "{0}: {1}; diharapkan paling banyak {2}", "{0}: {1}; diharapkan lebih dari {2}", "tidak tercatat", "ada",
    "Nilai diisi langsung dari laporan hasil evaluasi: {0} dari {1}.", "Nilai belum diisi dan dihitung 0: {0} dari {1}.",
    "{0} belum dijawab dan dihitung 0 dari {1}.", "Rata-rata jawaban {0} kriteria: {1}", "Jawaban {0}: {1}",
    "Belum dijawab dan dihitung 0: {0}.", "{0} dari {1} kriteria terpenuhi ({2}%).", "Belum terpenuhi: {0}.",
    "Belum dijawab: {0}.", "Bukti di luar kriteria belum ada.", "Bukti di luar kriteria ({0}): {1}.",
    "bukti bahwa semua kriteria terpenuhi sekurang-kurangnya {0} tahun", "terpenuhi selama {0} tahun", "bukti {0}",
    "Penuhi {0} dari kriteria berikut: {1}.", "Penuhi semua kriteria berikut: {0}.", "Lampirkan {0}.", "tidak diketahui",
    "Jawaban {0} untuk {1}", "paling tinggi {0}", "Jawaban bertentangan dengan kriteria atau data.",
    # The lines of the reform index, whose it is, and how it is adjusted.
    "RB General", "RB General penyesuaian", "RB Tematik", "Indeks RB",
    "Dibulatkan setengah ke atas ke {0} desimal hanya saat ditampilkan.",
    "Indeks RB {0} adalah hasil evaluasi {1}.", "Instansi yang dinilai dengan Indeks RB {0} belum dicatat.",
    "Indeks RB {0} adalah hasil evaluasi {1}, bukan capaian {2}; {3} mendukungnya melalui indikatornya sendiri.",
    "Bobot penyesuaian {0} berbeda dari total bobot {1}, dan cara menghitungnya belum dipastikan. Pilih yang sesuai dengan lembar hasil evaluasi: {2}.",
    # What the predicate of an organisation and its pattern rest on.
    "indikator {0} {1} (diminta {2})", "paling sedikit {0}", "lebih dari {0}", "kinerja unit {0}",
    "indikator mencapai target {0}; syarat predikat yang lebih tinggi tidak dipenuhi", "Tidak ada aturan usul yang cocok.",
    "Unit ini belum mempunyai indikator yang diukur pada periode ini.",
    "Ekspektasi pimpinan terhadap unit belum dinilai; predikat tahunan memerlukannya.",
    "{0} dari {1} indikator belum diukur dan dihitung belum tercapai.", "{0} sebagai kelompok terbesar",
    "paling sedikit 1 orang {0}", "paling banyak {0} orang {1} ({2} dari {3} orang)",
    "paling sedikit {0} orang {1} ({2} dari {3} orang)", "Hasil kerja {0} dan perilaku kerja {1} menghasilkan predikat {2}.",
    "{0} dari {1} orang berpredikat {2}, sedangkan pola untuk predikat organisasi {3} meminta {4}.",
    "Dengan {0} orang, semua syarat pola itu tidak dapat dipenuhi sekaligus.", "{0} hari", "lebih dari {0} hari",
)  # fmt: skip


def template(node):
    """The text of a constant or an f-string with numbered gaps; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{", "{{").replace("}", "}}")
    if isinstance(node, ast.JoinedStr):
        gaps = iter(range(99))
        return "".join(
            template(part) if isinstance(part, ast.Constant) else f"{{{next(gaps)}}}" for part in node.values
        )
    return None


def told(tree):
    """Every text that stands among the arguments of what refuses or finds something, with its line."""
    for call in ast.walk(tree):
        name = getattr(getattr(call, "func", None), "id", getattr(getattr(call, "func", None), "attr", ""))
        if isinstance(call, ast.Call) and (
            name in SPEAKING or name.lower().endswith(("refusal", "finding", "_orphan", "_missing"))
        ):
            for argument in [*call.args, *(item.value for item in call.keywords)]:
                yield from texts(argument)


def texts(node):
    """The texts of one argument: an f-string whole, both sides of a choice, but not what stands in its gaps."""
    text = template(node)
    if text is not None:
        yield node.lineno, text
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from texts(part)
    elif isinstance(node, ast.Starred | ast.GeneratorExp | ast.ListComp):
        return


def prepared():
    """Django set up, where no test has done so: some words stand beside tables."""
    if apps.ready:
        return  # a key set in a test process would reach the workspaces that later tests make
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selaras.web.settings")
    os.environ.setdefault("SELARAS_SECRET_KEY", "only-to-read-the-sources")
    django.setup()


def instrument_words():
    """The titles, criteria, answer rules and predicates of the instruments that are shipped."""
    for instrument in templates().values():
        for component in instrument.components:
            yield component.title
            for part in component.subcomponents:
                yield part.title
                yield from filter(None, (text for item in part.criteria for text in (item.text, item.note)))
        yield from (predicate.name for predicate in instrument.predicates)
        rules = (answer.rule(aspect) for scale in instrument.scales for answer in scale.answers for aspect in Aspect)
        yield from filter(None, rules)


def nation_words():
    """The signs over the nation as the rulebook tells them, the open tables, and the kinds of document of a book."""
    for rule in load_nation().signs.values():
        yield from (rule.name, rule.question, rule.how, rule.harmless)
    tables = import_module("selaras.actions.nation")  # stands on Django, which is set up by now
    for shape in (*tables.SHAPES, tables.FIGURES):
        yield from (shape.title, shape.description)
    yield from KINDS.values()


def spoken(tree):
    """Every text of a module whose work is to speak, but not what it says of itself, with its line."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) or id(node) not in parts:
            text = template(node)
            if text is not None:
                yield node.lineno, text


def is_sentence(text):
    """Words of a language: not a code, a format, or a lone gap."""
    bare = re.sub(r"\{\d+\}", "", text)
    return bool(re.search(r"[a-z]{3}", bare)) and not re.fullmatch(r"[a-z-]+", bare)


def scan():
    """The catalogue of the sources: every text, untranslated."""
    prepared()
    catalogue = Catalog(locale="en", domain="core", project="Selaras", creation_date=SINCE, revision_date=SINCE)
    for name in WORDS:
        module, kind = name.split(":")
        for item in getattr(import_module(f"selaras.{module}"), kind):
            assert isinstance(item, enum.Enum)
            catalogue.add(item.value, locations=[(f"src/selaras/{module.replace('.', '/')}.py", 1)])
    for text in EXTRA:
        catalogue.add(text, locations=[("src/selaras/core/errors.py", 1)])
    for text in FACTS.values():
        catalogue.add(text, locations=[("src/selaras/core/evaluation/facts.py", 1)])
    for text in instrument_words():
        catalogue.add(text, locations=[("src/selaras/rulebook/data/lke", 1)])
    for text in nation_words():
        catalogue.add(text, locations=[("src/selaras/rulebook/data/nation", 1)])
    for path in (SOURCES / "analytics" / name for name in ("signs.py", "signs_told.py")):
        for line, text in spoken(ast.parse(path.read_text("utf-8"))):
            if is_sentence(text) and (" " in text.strip() or text[:1].isupper()):
                catalogue.add(text, locations=[(path.relative_to(SOURCES.parents[1]).as_posix(), line)])
    for severity in Severity:
        catalogue.add(severity.word, locations=[("src/selaras/core/finding.py", 1)])
    for scale in load(SINCE.date()).scales.values():
        for band in scale.bands:
            catalogue.add(band.label, locations=[("src/selaras/rulebook/data/scales.toml", 1)])
    for month in MONTHS:
        catalogue.add(month, locations=[("src/selaras/core/calendar.py", 1)])
    for path in sorted({path for room in ROOMS for path in SOURCES.glob(room)}):
        if path.name in TERMINAL:
            continue
        for line, text in told(ast.parse(path.read_text("utf-8"))):
            if is_sentence(text):
                catalogue.add(text, locations=[(path.relative_to(SOURCES.parents[1]).as_posix(), line)])
    return catalogue


def stored():
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="core")


def renewed():
    """The texts of today with the translations there are, as they are to be written."""
    catalogue = scan()
    if CATALOGUE.is_file():
        kept = stored()
        for message in catalogue:
            known = kept.get(message.id) if message.id else None
            if known is not None and known.id == message.id:
                message.string = known.string
    return catalogue


def written(catalogue):
    """The catalogue as a .po file."""
    out = BytesIO()
    catalogue.header_comment = (
        "# English of what core, the workbook and the verbs say. The Indonesian texts in the sources are the originals;\n"
        "# {0}, {1} are the values in them, in their order."
    )
    catalogue.fuzzy = False
    write_po(out, catalogue, width=120, include_lineno=False, sort_by_file=True)
    return out.getvalue()


def missing(catalogue):
    """The texts without a translation."""
    return [message for message in catalogue if message.id and not message.string]


def main():
    """Write the catalogue anew and say what is left to translate."""
    catalogue = renewed()
    CATALOGUE.write_bytes(written(catalogue))
    out = BytesIO()
    write_mo(out, stored())
    COMPILED.write_bytes(out.getvalue())
    left = missing(catalogue)
    for message in left:
        sys.stdout.write(f"{message.locations[0][0]}: {message.id!r}\n")
    sys.stdout.write(f"{len(catalogue)} texts of core, {len(left)} to translate.\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
