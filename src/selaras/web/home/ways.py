"""From open work to the page on which it is done: addresses that hold whichever stages are installed."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from selaras.core.duties import Duty, Item, Work
from selaras.web.gate import AgencyPage

PAGES: dict[Work, tuple[str, str]] = {
    Work.MEASURE: ("measurement:grid", "realisasi"),
    Work.EXPLAIN: ("measurement:grid", "analisis"),
    Work.SPEND: ("budget:sheet", "realisasianggaran"),
    Work.DRAFT_AGREEMENT: ("agreements:overview", "pk"),
    Work.SIGN_AGREEMENT: ("agreements:overview", "pk"),
    Work.SIGN_DOCUMENT: ("issuing:listing", "unit"),
    Work.WRITE: ("reporting:chapters", "narasi"),
    Work.REVISE_REPORT: ("reporting:overview", "narasi"),
    Work.MAKE_REPORT: ("reporting:overview", "narasi"),
    Work.CONFIRM_READING: ("history:overview", "realisasi"),
    Work.FOLLOW_UP: ("followup:overview", "hambatan"),
    Work.VERIFY: ("measurement:verify", "realisasi"),
    Work.DECIDE_AGREEMENT: ("agreements:overview", "pk"),
    Work.APPROVE_REPORT: ("reporting:overview", "narasi"),
    Work.PUBLISH: ("reporting:overview", "narasi"),
    Work.REVIEW: ("review:cases", "narasi"),
    Work.CONFIRM_FOLLOW_UP: ("followup:overview", "hambatan"),
    Work.ASSESS: ("evaluation:board", "unit"),
    Work.ANSWER_REQUEST: ("evaluation:board", "unit"),
    Work.EVALUATE: ("evaluation:board", "unit"),
    Work.FOLLOW_RECOMMENDATION: ("evaluation:recommendations", "hambatan"),
    Work.CONFIRM_RECOMMENDATION: ("evaluation:recommendations", "hambatan"),
    Work.REPORT_REFORM: ("reform:actions", "unit"),
    Work.HANDLE_RECORDS: ("registers:overview", "unit"),
    Work.FILL_SKP: ("people:mine", "unit"),
    Work.ANSWER_RATING: ("people:mine", "unit"),
    Work.AGREE_SKP: ("people:team", "unit"),
    Work.RATE_SKP: ("people:team", "unit"),
    Work.FINISH_SKP: ("people:team", "unit"),
    Work.DECIDE_OBJECTION: ("people:team", "unit"),
}
"""The page where a kind of work is done, and the plain list of records where that stage is not installed."""
CLOSER: dict[Work, str] = {
    Work.DRAFT_AGREEMENT: "agreements:case",
    Work.SIGN_AGREEMENT: "agreements:case",
    Work.DECIDE_AGREEMENT: "agreements:case",
    Work.SIGN_DOCUMENT: "issuing:document",
    Work.WRITE: "reporting:section",
    Work.APPROVE_REPORT: "reporting:edition",
    Work.PUBLISH: "reporting:edition",
    Work.REVISE_REPORT: "reporting:edition",
    Work.REVIEW: "review:case",
    Work.CONFIRM_READING: "history:case",
    Work.FOLLOW_UP: "followup:obstacle",
    Work.CONFIRM_FOLLOW_UP: "followup:obstacle",
    Work.ASSESS: "evaluation:sheet",
    Work.ANSWER_REQUEST: "evaluation:team",
    Work.EVALUATE: "evaluation:sheet",
    Work.FOLLOW_RECOMMENDATION: "evaluation:recommendation",
    Work.CONFIRM_RECOMMENDATION: "evaluation:recommendation",
    Work.REPORT_REFORM: "reform:action",
    Work.HANDLE_RECORDS: "registers:records",
    Work.FILL_SKP: "people:plan",
    Work.ANSWER_RATING: "people:rating",
    Work.AGREE_SKP: "people:plan",
    Work.RATE_SKP: "people:rating",
    Work.FINISH_SKP: "people:rating",
    Work.DECIDE_OBJECTION: "people:rating",
}
"""The page of the one thing itself, by its key."""


def address(place: AgencyPage, name: str, *more: Any) -> str:
    """The address of a page of the open agency and year; empty where its stage is not installed."""
    try:
        return reverse(name, args=(place.code, place.year, *more))
    except NoReverseMatch:  # the stage has no such page
        return ""


def way_of(place: AgencyPage, duty: Duty) -> str:
    """Where a duty is done: the thing itself where there is only one, else the list of its stage."""
    if len(duty.items) == 1 and (found := way_of_item(place, duty.items[0])):
        return found
    page, slug = PAGES[duty.work]
    return address(place, page) or address(place, "records:index", slug)


def way_of_item(place: AgencyPage, item: Item) -> str:
    """The page of one open thing; the list of its stage where it has none."""
    page, slug = PAGES[item.work]
    if item.work in {Work.MEASURE, Work.EXPLAIN}:
        return address(place, "measurement:indicator", item.key) or address(place, "records:index", slug)
    if item.work is Work.DRAFT_AGREEMENT and not item.key:
        return address(place, "agreements:new", item.position)
    closer = CLOSER.get(item.work)
    key = (
        int(item.key) if item.key.isdigit() and item.work not in {Work.FOLLOW_UP, Work.CONFIRM_FOLLOW_UP} else item.key
    )
    return (address(place, closer, key) if closer and item.key else "") or address(place, page)
