"""The part of the access table that is about committees: table.py says how it is read, and adds it to its own rows."""

from collections.abc import Callable

from django.db.models import Model

from accounts.models import User
from governance.models import Meeting, Member
from governance.rules import Body, EscalationState
from people.models import Child
from tests import factories
from tests.governance import making


def of_committees(child: Child, member: User) -> dict[str, Callable[[], Model]]:
    """What the rows below are about; `member` sits in CMOG."""

    def seat() -> Member:
        return Member.objects.filter(person=member).first() or making.member(person=member)

    def met() -> Meeting:
        seat()
        return making.meeting()

    def tabled() -> Model:
        return making.concern(tabled_at=making.held([seat()]))

    def gone() -> Model:
        making.held([seat()])
        return child

    def raised() -> Model:
        given = {"raised_by": member, "raised_on": factories.NOON.date(), "ask": "Money"}
        return making.escalation(state=EscalationState.RAISED, **given)

    return {
        "cmog": making.committee,
        "semt": lambda: making.committee(Body.SEMT),
        "seat": seat,
        "met": met,
        "metsemt": lambda: making.held([making.member(committee=making.committee(Body.SEMT))]),
        "item": lambda: making.item(meeting=met(), proposed_by=member),
        "todo": lambda: making.action(owner=member),
        "tabled": tabled,
        "gone": gone,
        "proposed": making.escalation,
        "raised": raised,
        "ofsemt": lambda: making.escalation(committee=making.committee(Body.SEMT)),
        "month": making.update,
        "audit": making.review,
        "found": making.finding,
    }


COMMITTEES = """
committees                                       vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
governance:committees            GET  -          302 403 403 403 403 403 403 403 403 403 200 200 200 200 403 403 302
governance:begin_committee       GET  -          302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:begin_committee       POST -          401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:committee             GET  cmog       302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:committee             GET  semt       302 403 403 403 403 403 403 403 403 403 200 200 200 200 403 403 302
governance:attendance            GET  cmog       302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:attendance_csv        GET  cmog       302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:change_committee      GET  cmog       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:change_committee      POST cmog       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:publish_terms         GET  cmog       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:publish_terms         POST cmog       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:review_terms          GET  cmog       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:review_terms          POST cmog       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:seat_member           GET  cmog       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:seat_member           POST cmog       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:plan_meetings         GET  cmog       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:plan_meetings         POST cmog       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:change_committee      GET  semt       302 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 302
governance:name_deputy           GET  seat       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:name_deputy           POST seat       401 403 403 403 403 403 403 403 403 403 302 403 403 403 403 403 401
governance:unseat_member         GET  seat       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:unseat_member         POST seat       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:meeting               GET  met        302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:print_agenda          GET  met        302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:print_minutes         GET  met        302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:move_meeting          GET  met        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:move_meeting          POST met        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:cancel_meeting        GET  met        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:cancel_meeting        POST met        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:record_attendance     GET  met        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:record_attendance     POST met        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:record_matter         GET  met        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:record_matter         POST met        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:add_action            GET  met        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:add_action            POST met        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:table_concern         GET  met        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:table_concern         POST met        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:propose_item          GET  met        302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302
governance:propose_item          POST met        401 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 401
governance:agree_minutes         POST met        401 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 401
governance:agree_minutes         POST metsemt    401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
governance:minute_item           GET  item       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:minute_item           POST item       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:add_paper             GET  item       302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302
governance:add_paper             POST item       401 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 401
governance:withdraw_item         POST item       401 403 403 403 403 403 403 403 403 403 302 302 403 403 403 403 401
governance:actions               GET  -          302 403 403 403 403 403 403 403 403 403 200 200 200 200 403 403 302
governance:action                GET  todo       302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:change_action         GET  todo       302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:change_action         POST todo       401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:finish_action         GET  todo       302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302
governance:finish_action         POST todo       401 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 401
governance:escalations           GET  -          302 403 403 403 403 403 403 403 403 403 200 200 200 200 403 403 302
governance:escalation            GET  proposed   302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:escalation            GET  raised     302 403 403 403 403 403 403 403 403 403 200 200 200 200 403 403 302
governance:raise_escalation      GET  proposed   302 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 302
governance:raise_escalation      POST proposed   401 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 401
governance:raise_escalation      GET  ofsemt     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
governance:raise_escalation      POST ofsemt     401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
governance:set_aside_escalation  GET  proposed   302 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 302
governance:set_aside_escalation  POST proposed   401 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 401
governance:set_aside_escalation  GET  ofsemt     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
governance:set_aside_escalation  POST ofsemt     401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
governance:escalate              GET  cmog       302 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 302
governance:escalate              POST cmog       401 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 401
governance:escalate              GET  semt       302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
governance:escalate              POST semt       401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
governance:accept_escalation     POST raised     401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
governance:answer_escalation     GET  raised     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
governance:answer_escalation     POST raised     401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
governance:close_escalation      GET  ofsemt     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
governance:close_escalation      POST ofsemt     401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
governance:updates               GET  -          302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:update                GET  month      302 403 403 403 403 403 403 403 403 403 200 200 200 403 403 403 302
governance:assemble_update       GET  -          302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:assemble_update       POST -          401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:save_update           GET  month      302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:save_update           POST month      401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:agree_update          POST month      401 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 401
governance:reviews               GET  -          302 403 403 403 403 403 403 403 403 403 200 200 200 200 403 403 302
governance:review                GET  audit      302 403 403 403 403 403 403 403 403 403 200 200 200 200 403 403 302
governance:begin_review          GET  -          302 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 302
governance:begin_review          POST -          401 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 401
governance:add_finding           GET  audit      302 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 302
governance:add_finding           POST audit      401 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 401
governance:finish_review         GET  audit      302 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 302
governance:finish_review         POST audit      401 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 401
governance:record_change         GET  found      302 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 302
governance:record_change         POST found      401 403 403 403 403 403 403 403 403 403 200 403 200 403 403 403 401
governance:note_concern          GET  tabled     302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
governance:note_concern          POST tabled     401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
governance:children              GET  -          302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302
governance:discuss_child         GET  gone       302 403 403 403 403 403 404 404 404 403 200 403 403 403 403 403 302
governance:discuss_child         POST gone       401 403 403 403 403 403 404 404 404 403 200 403 403 403 403 403 401
"""
