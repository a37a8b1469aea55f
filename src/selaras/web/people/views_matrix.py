"""The role-result matrix of a leader's plan: members, fields filled by typing, entries moved by drag, keys or a form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.people_matrix import clear_cell, move_cell, put_cell, remove_member, set_member
from selaras.core.access import Act
from selaras.core.errors import NotFound, Refusal
from selaras.core.people.matrix import Cell, Matrix, TeamRole, gaps, grid
from selaras.core.people.skp import SkpState
from selaras.core.reading import read_value
from selaras.store.people import Standing, rules_of
from selaras.store.people_matrix import MatrixView, matrix_of, team_candidates
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address
from selaras.web.people.given import chosen
from selaras.web.people.papers import matrix_downloads, matrix_sent
from selaras.web.people.words import ROLES

OPEN = (SkpState.DRAFT, SkpState.PROPOSED, SkpState.AGREED)


@inside(Act.KEEP_SKP)
def page(request: InsideRequest, plan: str) -> HttpResponse:
    """The grid; `sel` opens one entry in the panel, `cari` searches people to take in."""
    view = matrix_of(request.actor, request.place.code, plan)
    return render(request, "people/part_matrix.html" if request.htmx else "people/matrix.html", _context(request, view))


@inside(Act.KEEP_SKP, methods=("POST",))
def cell(request: InsideRequest, plan: str) -> HttpResponse:
    """Write one entry, or take it away."""
    given = request.POST
    employee, result, order = given.get("pegawai", ""), _number(given.get("hasil", "")), _number(given.get("urut", "0"))
    if "hapus" in given:
        clear_cell(
            request.actor, agency=request.place.code, leader=plan, employee=employee, result=result, order=order or None
        )
        return _answer(request, plan, _("Isi matriks dihapus."))
    view = matrix_of(request.actor, request.place.code, plan)
    old = _found(view.matrix, employee, result, order)
    text = given.get("teks", "")
    made = Cell(
        employee, result, order, text, given.get("indikator", old.measure if old else ""),
        read_value(given["target"], kind=None) if "target" in given else old.target if old else None,
        given.get("satuan", old.unit if old else ""), given.get("aspek", old.aspect if old else ""),
        old.indicator if old else "",
    )  # fmt: skip
    put_cell(request.actor, agency=request.place.code, leader=plan, cell=made, seen=given.get("lihat"))
    return _answer(request, plan, _("Isi matriks disimpan."))


@inside(Act.KEEP_SKP, methods=("POST",))
def move(request: InsideRequest, plan: str) -> HttpResponse:
    """Move an entry to another field."""
    given = request.POST
    move_cell(
        request.actor, agency=request.place.code, leader=plan, employee=given.get("pegawai", ""),
        result=_number(given.get("hasil", "")), order=_number(given.get("urut", "")),
        to_employee=given.get("ke-pegawai", ""), to_result=_number(given.get("ke-hasil", "")),
    )  # fmt: skip
    return _answer(request, plan, _("Isi matriks dipindahkan."))


@inside(Act.KEEP_SKP, methods=("POST",))
def member(request: InsideRequest, plan: str) -> HttpResponse:
    """Take somebody into the team, change the role, or let go."""
    given, code = request.POST, request.place.code
    employee = given.get("pegawai", "")
    if "keluarkan" in given:
        remove_member(request.actor, agency=code, leader=plan, employee=employee)
        return _answer(request, plan, _("Anggota dikeluarkan."))
    role = chosen(TeamRole, given.get("peran", ""), _("Peran"))
    set_member(request.actor, agency=code, leader=plan, employee=employee, role=role)
    return _answer(request, plan, _("Anggota disimpan."))


@inside(Act.KEEP_SKP, methods=("POST",))
def download(request: InsideRequest, plan: str) -> HttpResponse:
    """The matrix as a document; the verb notes who took it."""
    return matrix_sent(request, plan, request.POST.get("format", ""))


def _answer(request: InsideRequest, plan: str, told: str) -> HttpResponse:
    """The grid anew for htmx, else the page."""
    if not request.htmx:
        messages.success(request, told)
        return redirect(address(request, "matrix", plan))
    view = matrix_of(request.actor, request.place.code, plan)
    return render(request, "people/part_matrix.html", _context(request, view) | {"told": told})


def _context(request: InsideRequest, view: MatrixView) -> dict[str, Any]:
    matrix, plan = view.matrix, view.matrix.leader
    writes = bool(view.standing & {Standing.OWN, Standing.ASSESSOR}) and plan.state in OPEN
    words = request.GET.get("cari", "").strip()
    reads = bool(view.standing)
    back = "mine" if Standing.OWN in view.standing or not reads else "team"
    aspects = rules_of(plan.year).skp.aspects
    selected = _selected(request, matrix) if writes else None
    return {
        "plan": plan, "leader": view.leader, "writes": writes, "reads": reads,
        "crumbs": [(_("SKP saya") if back == "mine" else _("SKP bawahan"), address(request, back)),
                   *([(view.leader.title, address(request, "plan", plan.code))] if reads else []), (_("Matriks"), "")],
        "results": [{"row": row, "target": row.target_text()} for row in matrix.results],
        "lines": _lines(view), "gaps": gaps(matrix) if reads else (), "selected": selected,
        "aspects": [("", _("Belum dipilih")), *((item, item) for item in aspects)],
        "roles": [(item.value, ROLES[item]) for item in TeamRole if item is not TeamRole.LEADER],
        "candidates": team_candidates(request.place.code, plan.year, plan.code, words) if writes and "cari" in request.GET else (),
        "words": words, "searched": "cari" in request.GET, "here": address(request, "matrix", plan.code),
        "cell_url": address(request, "matrix-cell", plan.code), "move_url": address(request, "matrix-move", plan.code),
        "member_url": address(request, "matrix-member", plan.code),
        "downloads": matrix_downloads(request, plan.code) if reads else [],
    }  # fmt: skip


def _lines(view: MatrixView) -> list[dict[str, Any]]:
    results = view.matrix.results
    return [
        {
            "member": line.member, "name": line.member.name or line.member.employee, "role": ROLES[line.member.role],
            "title": view.positions.get(line.member.position, ""),
            "fields": [
                {"result": row, "cells": [{"cell": item, "note": _note(item)} for item in cells]}
                for row, cells in zip(results, line.fields, strict=True)
            ],
        }
        for line in grid(view.matrix)
    ]  # fmt: skip


def _note(item: Cell) -> str:
    target = f"{item.target.shown()} {item.unit}".strip() if item.target else ""
    return " · ".join(part for part in (item.measure, target, item.aspect) if part)


def _selected(request: InsideRequest, matrix: Matrix) -> dict[str, Any] | None:
    """The entry that is open in the panel. Raises NotFound for one that is not there."""
    asked = request.GET.get("sel", "")
    if not asked:
        return None
    result, order, employee = [*asked.split("-", 2), "", ""][:3]
    found = _found(matrix, employee, _number(result), _number(order))
    if found is None:
        raise NotFound(_("Isi matriks ini sudah tidak ada."))
    return {"cell": found, "target": found.target.shown() if found.target else ""}


def _found(matrix: Matrix, employee: str, result: int, order: int) -> Cell | None:
    at = (employee, result, order)
    return next((item for item in matrix.cells if (item.employee, item.result, item.order) == at), None)


def _number(text: str) -> int:
    """A number of a row or an entry. Raises Refusal."""
    if not text.isdecimal() or len(text) > 5:
        raise Refusal(_("Nomor %(text)s tidak dikenal.") % {"text": text})
    return int(text)
