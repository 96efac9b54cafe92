"""Screenings as the services would have left them: drafts, submitted ones, and what follows from a judgement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cse.demo import answers as answering
from cse.demo.answers import Answers
from cse.demo.staff import Colleague
from cse.demo.story import Row, Story
from deadlines.rules import Kind
from frontend.text import LONDON
from riskassessment.models import AbuseModel, Answer, Countersignature, Exchanged, Screening, YesNoUnknown
from riskassessment.rules import PRESENT, Finding, Group, Level, Presence, Suggestion, suggest
from riskassessment.services import REVIEWS

ONLINE = frozenset({"S6", "G8", "G9"})
SUBJECT = Screening._meta.label_lower


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the referral that may follow needs to know of a screening."""

    pk: int
    author: Colleague
    at: datetime
    suggestion: Suggestion
    judged: Level
    judgement: Row
    circumstances: Row

    @property
    def effective(self) -> Level:
        """The level that counts now (domain.md 4)."""
        return self.judged if self.judgement["countersignature"] in ("", "agreed") else self.suggestion.level

    @property
    def at_submission(self) -> Level:
        """The level that counted before anybody countersigned."""
        return self.suggestion.level if self.judgement["countersignature"] else self.judged


@dataclass(frozen=True, slots=True)
class Wish:
    """What a screening must show, where it is not left to chance: its answers, danger, a judgement below the rule's."""

    profile: str = ""
    danger: bool | None = None
    judged_lower: bool = False


CHANCE = Wish()


def submit(story: Story, author: Colleague, at: datetime, wish: Wish = CHANCE) -> Submitted:
    """Write a submitted screening with its answers, judgement, countersignature and the promises they start."""
    run = story.run
    given = answering.first(run.codes, run.rng, wish.profile) if wish.profile else _answers(story, at)
    suggestion = _suggest(story, given, at.astimezone(LONDON).date())
    judged, judgement = _judge(story, suggestion, author, at, lower=wish.judged_lower)
    pk = run.store.number(Screening)
    _write_answers(story, pk, given, at.astimezone(LONDON).date())
    danger = wish.danger
    if danger is None:
        danger = suggestion.level is Level.SERIOUS and run.rng.random() < 0.12
    circumstances = _circumstances(story, given, danger=danger)
    run.store.add(
        Screening,
        id=pk,
        **_frame(story, author, at),
        **circumstances,
        suggested_level=int(suggestion.level),
        suggested_because=suggestion.because,
        rule_version=suggestion.rule_version,
        judged_level=int(judged),
        submitted_at=at,
        submitted_by_id=author.pk,
        **judgement,
    )
    screening = Submitted(pk, author, at, suggestion, judged, judgement, circumstances)
    story.answers, story.last_screened_at, story.last_level = given, at, screening.effective
    _follow(story, screening)
    return screening


def draft(story: Story, author: Colleague, at: datetime) -> None:
    """Write a screening that is still being filled in."""
    rng = story.run.rng
    given = answering.begun(story.run.codes, upto=rng.choice((3, 8, 8, 15, 27)), rng=rng)
    pk = story.run.store.number(Screening)
    _write_answers(story, pk, given, at.astimezone(LONDON).date())
    story.run.store.add(
        Screening,
        id=pk,
        **_frame(story, author, at),
        immediate_danger=False,
    )


def _frame(story: Story, author: Colleague, changed: datetime) -> Row:
    begun = changed - timedelta(minutes=story.run.rng.triangular(25, 4000, 120))
    return {
        "child_id": story.pk,
        "indicator_set_id": story.run.indicator_set.pk,
        "author_id": author.pk,
        "author_team_id": author.team_id,
        "started_at": max(begun, story.added_at),
        "changed_at": changed,
        "changed_by_id": author.pk,
        "version": story.run.rng.randrange(4, 12),
    }


def _answers(story: Story, at: datetime) -> Answers:
    run = story.run
    if story.answers is None or story.last_screened_at is None:
        return answering.first(run.codes, run.rng)
    return answering.following(story.answers, run.codes, days=(at - story.last_screened_at).days, rng=run.rng)


def _suggest(story: Story, given: Answers, on: date) -> Suggestion:
    indicators = story.run.indicators
    findings = [
        Finding(code, Group(indicators[code].group), indicators[code].wording, presence)
        for code, presence in given.items()
    ]
    return suggest(
        story.run.indicator_set.rule,
        findings,
        born=story.child.date_of_birth,
        learning_disability=story.child.learning_disability,
        on=on,
    )


def _write_answers(story: Story, screening: int, given: Answers, on: date) -> None:
    run = story.run
    for code, presence in given.items():
        row: Row = {"screening_id": screening, "indicator_id": run.indicators[code].pk}
        if presence in PRESENT:
            row["evidence"] = story.writer.evidence(code)
            row["source"] = story.writer.phrase("sources")
            row["observed_on"] = _seen_on(story, presence, on)
        run.store.add(Answer, presence=presence.value, **row)


def _seen_on(story: Story, presence: Presence, on: date) -> date:
    rng = story.run.rng
    days = rng.randrange(0, 150) if presence is Presence.CURRENT else rng.randrange(190, 800)
    return on - timedelta(days=days)


def _circumstances(story: Story, given: Answers, *, danger: bool) -> Row:
    rng, writer = story.run.rng, story.writer
    present = [code for code, presence in given.items() if presence in PRESENT]
    if not present:
        return {
            "through_technology": YesNoUnknown.NO.value,
            "physical_contact": YesNoUnknown.NO.value,
            "immediate_danger": False,
            "analysis": writer.nth("analysis", 2),
            "further_action": writer.phrase("further_action"),
        }
    online = bool(ONLINE.intersection(present))
    technology = YesNoUnknown.YES if online else rng.choice((YesNoUnknown.NO, YesNoUnknown.NOT_KNOWN))
    return {
        "other_indicator": writer.phrase("other_indicators") if rng.random() < 0.08 else "",
        "exchanged": sorted(rng.sample(Exchanged.values, rng.choice((0, 1, 1, 2)))),
        "child_gained": writer.phrase("needs") if rng.random() < 0.7 else "",
        "perpetrator_gained": writer.phrase("advantage") if rng.random() < 0.6 else "",
        "through_technology": technology.value,
        "technology_details": writer.evidence("S6") if technology is YesNoUnknown.YES else "",
        "physical_contact": rng.choice(list(YesNoUnknown)).value,
        "abuse_models": _abuse_models(story, online),
        "immediate_danger": danger,
        "danger_details": writer.nth("grade_reason", 2) if danger else "",
        "childs_words": writer.phrase("child_words") if rng.random() < 0.6 else "",
        "analysis": writer.phrase("analysis"),
        "further_action": writer.phrase("further_action") if rng.random() < 0.2 else "",
    }


def _abuse_models(story: Story, online: bool) -> list[str]:
    rng = story.run.rng
    chosen = {AbuseModel.ONLINE_GROOMING.value} if online else set()
    if rng.random() < 0.6:
        chosen.add(rng.choice(AbuseModel.values))
    return sorted(chosen)


def _judge(story: Story, suggestion: Suggestion, author: Colleague, at: datetime, *, lower: bool) -> tuple[Level, Row]:
    """The author's level, and the columns that go with it; a lower one is countersigned, refused or waits."""
    luck = 1.0 if lower else story.run.rng.random()
    if luck < 0.07 and suggestion.level < Level.SERIOUS:
        higher = Level(suggestion.level + 1)
        return higher, {"judged_reason": story.writer.phrase("higher_reason"), "countersignature": ""}
    if luck > 0.92 and suggestion.level > Level.NO_CURRENT_RISK:
        reason = story.writer.phrase("lower_reason")
        return Level(suggestion.level - 1), {"judged_reason": reason, **_countersign(story, author, at)}
    return suggestion.level, {"countersignature": ""}


def _countersign(story: Story, author: Colleague, at: datetime) -> Row:
    run = story.run
    when = run.calendar.in_office(at + timedelta(hours=run.rng.triangular(1, 80, 8)), run.rng)
    if when > run.now or run.now - at < timedelta(days=1):
        return {"countersignature": Countersignature.WAITING.value}
    agreed = run.rng.random() < 0.8
    return {
        "countersignature": (Countersignature.AGREED if agreed else Countersignature.REFUSED).value,
        "countersigned_by_id": run.staff.countersigner(author, run.rng).pk,
        "countersigned_at": when,
        "countersign_reason": story.writer.phrase("countersigned_reason" if agreed else "refused_reason"),
    }


def _follow(story: Story, screening: Submitted) -> None:
    """Who now knows of the child, and the promises that the submission started or kept."""
    subject, promises, at = (SUBJECT, screening.pk), story.promises, screening.at
    for team_id in (screening.author.team_id, story.run.staff.mash_team):
        reason = f"Screening S{screening.pk:06d}"
        story.let_team_know(team_id, kind="screening", reason=reason, by_id=screening.author.pk, at=at)
    promises.meet(REVIEWS.values(), at=at)
    _start_review(story, screening, screening.at_submission)
    if story.case and story.case.listed_at is None and screening.at_submission >= Level.SIGNIFICANT:
        story.list_at_cmog(by_id=screening.author.pk, at=at)
    if screening.judgement["countersignature"]:
        team_id = story.run.staff.asked_to_countersign(screening.author)
        promises.start(Kind.COUNTERSIGNATURE, subject, started_at=at, team_id=team_id)
    when = screening.judgement.get("countersigned_at")
    if isinstance(when, datetime):
        promises.meet([Kind.COUNTERSIGNATURE], at=when, subject=subject)
        if screening.judgement["countersignature"] == Countersignature.AGREED:
            reason = "Countersigned at a lower level"
            promises.void(REVIEWS.values(), at=when, reason=reason, subject=subject)
            _start_review(story, screening, screening.effective)


def _start_review(story: Story, screening: Submitted, level: Level) -> None:
    if kind := REVIEWS.get(level):
        case = story.case
        story.promises.start(
            kind,
            (SUBJECT, screening.pk),
            started_at=screening.at,
            team_id=case.worker.team_id if case else screening.author.team_id,
            owner_id=case.worker.pk if case else None,
        )
