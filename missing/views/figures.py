"""The figures on return interviews, and the list behind each."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.roles import Permission
from frontend import spreadsheet
from missing import tables
from missing.figures import Measure
from missing.forms.figures import FiguresForm
from missing.places import places
from missing.rules import NATIONAL_MEAN
from missing.selectors import figures as selectors
from missing.selectors.counting import Asked


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of domain.md 16: of every episode, whoever may see it. No child is named."""
    user, now = _allowed(request)
    form, teams = _form(request, now)
    context: dict[str, Any] = {"form": form, "places": places(user, "missing:figures"), "figures": None}
    if asked := form.asked(at=now):
        authorities, by_team = _tables(asked, dict(teams))
        found = authorities.of(asked.authority)
        context |= {
            "words": tables.in_words(asked, dict(teams)),
            "query": tables.query(asked),
            "figures": found,
            "headline": tables.headline(found, asked),
            "tiles": tables.tiles(found, asked),
            "columns": tables.COLUMNS,
            "tables": [
                ("By responsible authority", tables.of_authorities(authorities, asked)),
                ("By team that owes or owed the interview", tables.of_teams(by_team, asked)),
            ],
            "survey": NATIONAL_MEAN,
        }
    return render(request, "missing/figures.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Both tables as a file; the counts alone, so that nobody averages percentages."""
    user, now = _allowed(request)
    form, teams = _form(request, now)
    asked = form.asked(at=now)
    if asked is None:
        return figures(request)
    authorities, by_team = _tables(asked, dict(teams))
    gate.searched(user, verb="missing.figures_csv", at=now, terms=request.GET.dict())
    both = {"By responsible authority": authorities, "By team": by_team}
    content = spreadsheet.as_csv(tables.CSV_COLUMNS, tables.csv_rows(both, asked))
    return spreadsheet.download(f"missing_{asked.period.first}_{asked.period.last}", content)


@require_safe
def figures_of_children(request: HttpRequest) -> HttpResponse:
    """The figures of each child whom this person may see, and how many more there are."""
    user, now = _allowed(request)
    form, teams = _form(request, now)
    asked = form.asked(at=now)
    if asked is None:
        return figures(request)
    older, newer = (request.GET.get(side, "") for side in ("older", "newer"))
    children = selectors.children(user, asked, older=older, newer=newer)
    gate.searched(user, verb="missing.figures_of_children", at=now, terms=request.GET.dict(), shown=children.page.rows)
    context = {
        "words": tables.in_words(asked, dict(teams)),
        "query": tables.query(asked),
        "page": children.page,
        "lines": children.lines,
        "unseen": selectors.unseen_children(user, asked),
    }
    return render(request, "missing/figures_of_children.html", context)


@require_safe
def figure(request: HttpRequest, measure: Measure) -> HttpResponse:
    """The episodes behind a figure that this person may see, and how many more there are."""
    user, now = _allowed(request)
    form, teams = _form(request, now)
    asked = form.asked(at=now)
    if asked is None:
        return figures(request)
    older, newer = (request.GET.get(side, "") for side in ("older", "newer"))
    behind = selectors.listed(user, asked, measure, older=older, newer=newer)
    terms = {**request.GET.dict(), "measure": measure.value}
    gate.searched(user, verb="missing.figure", at=now, terms=terms, shown=behind.page.rows)
    context = {
        "measure": measure,
        "words": tables.in_words(asked, dict(teams)),
        "query": tables.query(asked),
        "behind": behind,
        "lines": [tables.episode(each, at=now) for each in behind.page.rows],
    }
    return render(request, "missing/figure.html", context)


def _tables(asked: Asked, teams: dict[str, str]) -> tuple[selectors.Table, selectors.Table]:
    """Every authority of what was asked, and every team: one statement each."""
    by_authority = selectors.by_authority(replace(asked, authority=""))
    return by_authority, selectors.by_team(replace(asked, team=0), teams)


def _allowed(request: HttpRequest) -> tuple[User, datetime]:
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.MISSING_FIGURES, at=now)
    return user, now


def _form(request: HttpRequest, now: datetime) -> tuple[FiguresForm, list[tuple[str, str]]]:
    teams = selectors.teams()
    return FiguresForm(request.GET, today=timezone.localdate(now), teams=teams), teams
