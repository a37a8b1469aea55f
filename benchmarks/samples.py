"""Reviewing reports with truths: which known inconsistencies are found, and what is said of tables that are right.

`--samples FOLDER` names a folder of folders with the files of one report and a `truth.json` that lists inconsistencies
(page or cell, quotation, stated and expected figures, certainty) and tables, some marked consistent. Files of one report
are reviewed against each other. `--show` lists what was missed and each figure finding on a consistent table.
"""

import argparse
import json
import re
from datetime import date
from pathlib import Path

from selaras.documents.read import read
from selaras.review.claims import understand
from selaras.review.engine import flat, review
from selaras.rulebook import load

FORMS = (".pdf", ".docx", ".xlsx")
FIGURES = ("AR", "SU", "CR01", "CR02", "CR03")
ROMAN = {"I": "BAB_I_", "II": "BAB_II_", "III": "BAB_III_", "IV": "BAB_IV_", "LAMPIRAN": "LAMPIRAN"}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LABEL = re.compile(r"\b(?!Rp)[A-Z]+\d+\b")
CELL = re.compile(r"\b[A-Z]{1,3}\d{1,4}\b")
NEAR_PAGE = 1
"""Printed page numbers are counted by chapter and may be off by a cover or a continued sentence."""
LONG = 8
"""Figures of so many characters are known by themselves: their sentence may begin on the page before."""
SHARED_WORDS = 0.5


def main():
    """Review each sample, compare with its truth, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    print(f"{'sample':34} {'certain':>9} {'probable':>9}  on consistent tables  findings")
    for truth_file in sorted(args.samples.glob("*/truth.json")):
        sample(truth_file, show=args.show)


def sample(truth_file, *, show):
    """One line of the table, and its details when asked for."""
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    findings = reviewed(truth_file.parent)
    missed = [entry for entry in truth["inconsistencies"] if not any(hits(entry, each) for each in findings)]
    counts = [score(truth["inconsistencies"], missed, certainty) for certainty in ("certain", "probable")]
    false = list(on_consistent(truth, findings))
    print(f"{truth_file.parent.name:34} {counts[0]:>9} {counts[1]:>9}  {len(false):>20}  {len(findings):>8}")
    if show:
        for entry in missed:
            print(f"    missed {entry['id']} ({entry['certainty']}), {entry['page']}: {entry['quote'][:110]}")
        for name, finding in false:
            print(f"    on {name}: {finding.code} {finding.message[:140]}")


def reviewed(folder):
    """The findings on all files of a report, each against the others, with their consequences."""
    law = load(date.today())
    files = sorted(path for path in folder.iterdir() if path.suffix.casefold() in FORMS)
    reports = [understand(read(path)) for path in files]
    found = []
    for report in reports:
        others = [other for other in reports if other is not report]
        found += flat(review(report, law, others=others))
    return list(dict.fromkeys(found))


def score(entries, missed, certainty):
    """`found/all` of one certainty."""
    wanted = [entry for entry in entries if entry["certainty"] == certainty]
    return f"{sum(entry not in missed for entry in wanted)}/{len(wanted)}" if wanted else "-"


def hits(entry, finding):
    """Whether a finding tells of a known inconsistency: the same place, and one of the figures stated (or its words)."""
    spots = entry["page"] if isinstance(entry["page"], list) else [entry["page"]]
    long = any(len(number) >= LONG for number in numbers(entry["stated"]))
    near = [spot - NEAR_PAGE for spot in spots if isinstance(spot, int) and long]
    if not any(at(spot, place) for spot in [*spots, *near] for place in finding.places):
        return False
    told = " ".join((finding.stated, finding.message, finding.arithmetic, *(place.quote for place in finding.places)))
    cells = set(CELL.findall(str(entry["page"])))
    if cells & {place.cell for place in finding.places[:1]}:
        return True
    stated = numbers(entry["stated"]) or numbers(entry["quote"])
    if numbers(entry["stated"]):
        return bool(stated & numbers(f"{finding.stated} {finding.message} {finding.arithmetic}"))
    return words(entry["quote"], told) >= SHARED_WORDS


def at(spot, place):
    """Whether a place of a finding lies on a page, cell or part that a truth names."""
    text = str(spot)
    if cells := CELL.findall(text):
        return place.cell in cells
    if isinstance(spot, int):
        return place.page == spot
    chapter, _, pages = text.partition("-")
    if (stem := ROMAN.get(chapter.split(" ")[0].upper())) is None:
        return True
    if not Path(place.source).name.upper().startswith(stem):
        return False
    printed = [int(number) for number in re.findall(r"\d+", pages)]
    return not printed or min(printed) - NEAR_PAGE <= (place.page or 0) <= max(printed) + NEAR_PAGE


def numbers(text):
    """The figures in a text, without trailing zeros of the decimals."""
    return {plain(number) for number in NUMBER.findall(LABEL.sub("", text))}


def plain(number):
    """`82,710` as `82,71`, `5.118.378.700,00` as `5.118.378.700`."""
    whole, comma, rest = number.rpartition(",")
    return (f"{whole},{rest.rstrip('0')}".rstrip(",") if comma and not rest.count(".") else number) or number


def words(quote, told):
    """The share of the longer words of a quotation that a finding tells."""
    wanted = {word for word in re.findall(r"\w+", quote.casefold()) if len(word) > 2}
    return len(wanted & set(re.findall(r"\w+", told.casefold()))) / max(1, len(wanted))


def on_consistent(truth, findings):
    """Findings of wrong figures whose suspect lies in a table that is right and where no inconsistency is known."""
    for table in truth["tables"]:
        if not table.get("consistent"):
            continue
        pages = table["page"] if isinstance(table["page"], list) else [table["page"]]
        label = re.match(r"Tabel\s+[\d.]+", table.get("title", ""))
        for finding in findings:
            place = finding.places[0] if finding.places else None
            if place is None or not finding.code.startswith(FIGURES) or finding.severity == "info":
                continue
            if place.row is None or not any(at(page, place) for page in pages):
                continue
            named = bool(label) and place.table.casefold() == label[0].casefold()
            if (named or not place.table) and not any(hits(entry, finding) for entry in truth["inconsistencies"]):
                yield table["id"], finding


if __name__ == "__main__":
    main()
