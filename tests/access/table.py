"""Who gets what at every address of the site. Written to be read by a governance officer; held by test_table.py.

A row is an address, what is done there (GET: look, POST: send the form) and the record it is about; a cell is the
answer that a person gets. `POST` is an empty form: 200 says that the form came back with its errors, so the person
may use it. 302 leads on: for a visitor to the sign-in page, after a POST to what was done.

    200 given        403 this person's role may not                  405 no such deed here
    302 led on       404 this person is not told that it exists      401 must sign in first

The people. All records are of one child; team A wrote the draft, submitted the screenings and made the referrals.

    vis  a visitor, not signed in                       coo  CSE co-ordinator, team given sight of the child
    aut  practitioner of team A, the author             cmg  CMOG member, team given sight of the child
    man  manager of team A                              sem  SEMT chair     \
    gra  practitioner, team given sight of the child    brd  board reader    | put, by mistake, in every team that
    msh  MASH officer, handles the referrals            igo  IG officer      | may see the child
    per  practitioner given sight of it in person       adm  administrator  /
    exp  the same, but that sight has ended             lft  left, was of team A
    str  practitioner of another team: a stranger
    exc  practitioner of team A, given sight in person as well, but kept from the record
    brk  practitioner of another team who has opened the record in an emergency

The records: child (known to all above who were given sight), provis (a record not yet matched), case (the child,
with an open case), draft, submitted, second (submitted later), lowered (waits for a countersignature), referrals in the
states received, accepted and decided, check (by an agency, on a referral) and nrm (a referral told to the NRM);
missing (an episode of the child, who is still missing) and returned (one whose child is back);
shared (of an episode, with team Granted); agreed (a return interview accepted, to be written), held (one that is
completed), action (of that interview, team A's) and document (of the child, found clean); partner (the child, and team
Granted's sight of it), inperson (the child, and per's sight of it), exclusion (of exc) and emergency (brk's, which has
ended), somebody (the author) and unusual (that they opened many records). Of no child: plan, planned (an action that
the author leads), its barrier, milestone, proof (evidence), proof_file, and sent (an update that waits for the chair);
course and session (of training), learner (of team A's agency), attended (that they were there), list (man's);
campaign, service, gap (in services), resource, standard, assessment (of team A's agency) and score (of one);
cmog and semt (committees), seat (in CMOG, cmg's), met (a meeting of CMOG), metsemt (one of SEMT that was held), item
(of CMOG's agenda, proposed by cmg), todo (an action that cmg owes), tabled (a concern, while a meeting is minuted),
proposed and raised (CMOG's escalations), ofsemt (SEMT's), month (an update of CMOG), audit and found (a finding of it);
verifying (the log); report (a draft of the quarterly one), issued (another that was issued) and drawing (of its PDF).
And gone: the child, while a meeting of CMOG is minuted.

While the record is restricted, whoever is not named one by one gets what a stranger gets: test_table.py.
"""

from tests.access.committees import COMMITTEES
from tests.access.delivery_plan import DELIVERY_PLAN
from tests.access.prevention import PREVENTION
from tests.access.reports import REPORTS

PEOPLE = [
    *("vis", "aut", "man", "gra", "msh", "per", "exp", "str", "exc", "brk"),
    *("coo", "cmg", "sem", "brd", "igo", "adm", "lft"),
]

TABLE = """
the site                              vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
home                    GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
health                  GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
ready                   GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
accessibility           GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
privacy                 GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
frontend:brand          GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
deadlines:inbox         GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
deadlines:read_all      POST -        401 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 401
deadlines:open_notice   POST notice   401 302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
deadlines:choose_digest GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
deadlines:choose_digest POST -        401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
deadlines:absences      GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
deadlines:record_absence GET -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
deadlines:record_absence POST -       401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
deadlines:end_absence   POST absence  401 302 302 404 404 404 404 404 404 404 404 404 404 404 404 404 401

the log                               vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
oversight:log           GET  -        302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
oversight:log           POST -        401 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 401
oversight:child_log     GET  child    302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
oversight:child_log     POST child    401 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 401
oversight:person_log    GET  somebody 302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
oversight:person_log    POST somebody 401 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 401
oversight:seen_by       GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
oversight:alert         GET  unusual  302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
oversight:alert         POST unusual  401 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 401
oversight:verification  GET  -        302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
oversight:verify        POST -        401 403 403 403 403 403 403 403 403 403 403 403 403 403 302 403 401
oversight:cancel_verification POST verifying 401 403 403 403 403 403 403 403 403 403 403 403 403 403 302 403 401

the month                             vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
governance:dashboard        GET  -        302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302
governance:behind           GET  -        302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302
governance:trends           GET  -        302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302
governance:dashboard_csv    GET  -        302 403 403 403 403 403 403 403 403 403 200 200 403 403 403 403 302

coming and going                      vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
account_login           GET  -        200 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 200
account_login           POST -        200 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 200
account_logout          GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
account_logout          POST -        302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_signup          GET  -        200 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 200
account_signup          POST -        200 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 200
account_inactive        GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_reauthenticate  GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
account_reauthenticate  POST -        401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
mfa_reauthenticate      GET  -        302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
mfa_reauthenticate      POST -        401 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 401
mfa_authenticate        GET  -        302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
mfa_authenticate        POST -        302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
mfa_reauthenticate_webauthn GET  -        302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
mfa_reauthenticate_webauthn POST -        401 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 401
mfa_index               GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
mfa_activate_totp       GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
mfa_activate_totp       POST -        401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
mfa_deactivate_totp     GET  -        302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 302
mfa_deactivate_totp     POST -        401 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
mfa_add_webauthn        GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
mfa_add_webauthn        POST -        401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
mfa_generate_recovery_codes GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
mfa_generate_recovery_codes POST -        401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
my_sessions             GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
end_other_sessions      POST -        401 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 401
account_stay            GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
account_stay            POST -        401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
account_change_password GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
account_change_password POST -        401 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
account_set_password    GET  -        302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_set_password    POST -        401 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 401
account_reset_password  GET  -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_reset_password  POST -        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200

children                              vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
people:find             GET  -        302 200 200 200 200 200 200 200 200 200 200 200 403 403 403 403 302
people:find             POST -        401 200 200 200 200 200 200 200 200 200 200 200 403 403 403 403 401
people:register         GET  -        302 200 200 200 200 200 200 200 200 200 200 403 403 403 403 403 302
people:register         POST -        401 200 200 200 200 200 200 200 200 200 200 403 403 403 403 403 401
people:child            GET  child    302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
people:print_child      GET  child    302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
people:correct          GET  child    302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
people:correct          POST child    401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
people:to_match         GET  -        302 403 403 403 200 403 403 403 403 403 403 403 403 403 403 403 302
people:match            GET  provis   302 403 403 404 200 404 404 404 403 404 404 404 403 403 403 403 302
people:match            POST provis   401 403 403 404 200 404 404 404 403 404 404 404 403 403 403 403 401
people:unmatch          POST provis   401 403 403 404 302 404 404 404 403 404 404 404 403 403 403 403 401
people:open_case        GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:open_case        POST child    401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:name_key_worker  GET  case     302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:name_key_worker  POST case     401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:close_case       GET  case     302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:close_case       POST case     401 403 302 403 302 403 404 404 404 403 302 403 403 403 403 403 401
people:sight            GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 200 403 302
people:end_sight        GET  partner  302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:end_sight        POST partner  401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:end_sight_of_person GET  inperson 302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:end_sight_of_person POST inperson 401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:restrict         GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:restrict         POST child    401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:let_keep_sight   GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:let_keep_sight   POST child    401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:propose_lifting  GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:propose_lifting  POST child    401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:answer_lifting   GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:answer_lifting   POST child    401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:exclude          GET  child    302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
people:exclude          POST child    401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
people:exclude_from     GET  -        302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
people:exclude_from     POST -        401 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 401
people:end_exclusion    POST exclusion 401 403 302 403 302 403 404 404 404 403 302 403 403 403 403 403 401
people:open_in_emergency GET -        302 200 200 200 200 200 200 200 200 200 200 403 403 403 403 403 302
people:open_in_emergency POST -       401 200 200 200 200 200 200 200 200 200 200 403 403 403 403 403 401
people:end_emergency    POST child    401 302 302 302 302 302 404 404 404 302 302 403 403 403 403 403 401
people:emergencies      GET  -        302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
people:review_emergency GET  emergency 302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 302
people:review_emergency POST emergency 401 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 401
people:keep_address_secret GET  child 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
people:keep_address_secret POST child 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
people:show_address     POST child    401 302 302 302 302 302 404 404 404 302 302 403 403 403 403 403 401
people:tell_of_records  GET  -        302 403 200 403 200 403 403 403 403 403 200 403 403 403 403 403 302
people:tell_of_records  POST -        401 403 200 403 200 403 403 403 403 403 200 403 403 403 403 403 401

documents                             vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
documents:add           GET  child    302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
documents:add           POST child    401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
documents:download      GET  document 302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
documents:withdraw      GET  document 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
documents:withdraw      POST document 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401

screenings                            vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
riskassessment:screenings   GET  -    302 200 200 200 200 200 200 200 200 200 200 200 403 403 403 403 302
riskassessment:submitted    GET  -    302 200 200 200 200 200 200 200 200 200 200 200 403 403 403 403 302
riskassessment:guidance     GET  -    302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 302
riskassessment:start        POST child    401 302 302 302 302 302 404 404 404 302 302 403 403 403 403 403 401
riskassessment:screening    GET  draft    302 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 302
riskassessment:screening    GET  submitted 302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
riskassessment:print_screening GET submitted 302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
riskassessment:changes      GET  second   302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
riskassessment:submit       GET  draft    302 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 302
riskassessment:submit       POST draft    401 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 401
riskassessment:level_so_far GET  draft    302 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 302
riskassessment:countersign  GET  lowered  302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
riskassessment:countersign  POST lowered  401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
riskassessment:discard      GET  draft    302 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 302
riskassessment:discard      POST draft    401 302 302 404 404 404 404 404 404 404 404 404 403 403 403 403 401
riskassessment:save_section GET  draft    302 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 302
riskassessment:save_section POST draft    401 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 401
riskassessment:autosave     POST draft    403 200 200 404 404 404 404 404 404 404 404 404 403 403 403 403 403

referrals                             vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
referrals:make_publicly     GET  -    200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
referrals:make_publicly     POST -    200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
referrals:make              GET  child    302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
referrals:make              POST child    401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
referrals:made              GET  -    302 200 200 200 200 200 200 200 200 200 200 403 403 403 403 403 302
referrals:track             GET  received 302 200 200 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:queue             GET  -    302 403 403 403 200 403 403 403 403 403 403 403 403 403 403 403 302
referrals:referral          GET  received 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:accept            POST received 401 403 403 404 302 404 404 404 404 404 404 404 403 403 403 403 401
referrals:grade             GET  accepted 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:grade             POST accepted 401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:hand_over         GET  accepted 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:hand_over         POST accepted 401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:ask_agency        GET  accepted 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:ask_agency        POST accepted 401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:record_discussion GET  accepted 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:record_discussion POST accepted 401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:decide            GET  accepted 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:decide            POST accepted 401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:acknowledge       GET  accepted 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:acknowledge       POST accepted 401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:refer_to_nrm      GET  accepted 302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:refer_to_nrm      POST accepted 401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:record_check      GET  check    302 404 404 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:record_check      POST check    401 404 404 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:give_feedback     GET  decided  302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:give_feedback     POST decided  401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:record_assessment GET  decided  302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:record_assessment POST decided  401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:record_conference GET  decided  302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:record_conference POST decided  401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401
referrals:record_grounds    GET  nrm      302 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 302
referrals:record_grounds    POST nrm      401 403 403 404 200 404 404 404 404 404 404 404 403 403 403 403 401

missing children                      vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
missing:episode             GET  missing  302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:board               GET  -        302 200 200 200 200 200 200 200 200 200 200 200 403 403 403 403 302
missing:missing_now         GET  -        302 200 200 200 200 200 200 200 200 200 200 200 403 403 403 403 302
missing:figures             GET  -        302 403 200 403 200 403 403 403 403 403 200 200 403 403 403 403 302
missing:figures_csv         GET  -        302 403 200 403 200 403 403 403 403 403 200 200 403 403 403 403 302
missing:figures_of_children GET  -        302 403 200 403 200 403 403 403 403 403 200 200 403 403 403 403 302
missing:figure              GET  -        302 403 200 403 200 403 403 403 403 403 200 200 403 403 403 403 302
missing:export_903          GET  -        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
missing:export_903          POST -        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
missing:export_annex_a      GET  -        302 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 302
missing:export_annex_a      POST -        401 403 403 403 403 403 403 403 403 403 200 403 403 403 403 403 401
missing:report              GET  child    302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:report              POST child    401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:of_child            GET  child    302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:print_episode       GET  missing  302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:grade               GET  missing  302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:grade               POST missing  401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:record_location     GET  missing  302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:record_location     POST missing  401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:record_return       GET  missing  302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:record_return       POST missing  401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:record_check        GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:record_check        POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:correct_moment      GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:correct_moment      POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:review              GET  returned 302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
missing:review              POST returned 401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
missing:void                GET  returned 302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
missing:void                POST returned 401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
missing:share_with          GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:share_with          POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:decide_not_to_share GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:decide_not_to_share POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:tell_authority      GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:tell_authority      POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:record_strategy_meeting GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:record_strategy_meeting POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:share               GET  shared   302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:acknowledge         POST shared   401 403 403 302 403 403 404 404 404 403 403 403 403 403 403 403 401
missing:name_interviewer    GET  returned 302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
missing:name_interviewer    POST returned 401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
missing:offer               GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:offer               POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:not_offer           GET  returned 302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:not_offer           POST returned 401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:interview           GET  agreed   302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:interview           GET  held     302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:print_interview     GET  held     302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:record_response     GET  agreed   302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:record_response     POST agreed   401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:save_interview      GET  agreed   302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:save_interview      POST agreed   401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:autosave            POST agreed   403 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 403
missing:add_action          GET  agreed   302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:add_action          POST agreed   401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:record_interview    GET  agreed   302 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 302
missing:record_interview    POST agreed   401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
missing:void_interview      GET  held     302 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 302
missing:void_interview      POST held     401 403 200 403 200 403 404 404 404 403 200 403 403 403 403 403 401
missing:interview_action    GET  action   302 200 200 200 200 200 404 404 404 200 200 200 403 403 403 403 302
missing:interview_action    POST action   401 200 200 200 200 200 404 404 404 200 200 403 403 403 403 403 401
"""
TABLE += COMMITTEES + DELIVERY_PLAN + PREVENTION + REPORTS

# Addresses of the demonstration alone (test_demonstration.py), and allauth's that need an e-mail's one-time key.
ELSEWHERE = {
    "demo": "role cards: test_demonstration.py",
    "demo_sign_in": "role cards: test_demonstration.py",
    "demo_confirm": "role cards: test_demonstration.py",
    **dict.fromkeys(
        ("openid_connect_login", "openid_connect_callback", "saml_login", "saml_acs", "saml_finish_acs"),
        "need an agency's sign-in: tests/accounts/test_single_sign_on.py",
    ),
    **dict.fromkeys(
        ("saml_metadata", "saml_sls", "unlink_sign_on", "sign_on_again"),
        "need an agency's sign-in: tests/accounts/test_single_sign_on.py",
    ),
    "end_session": "one's own alone: tests/accounts/test_sessions.py",
    "mfa_login_webauthn": "ten a minute: tests/journeys/test_passkeys.py",
    "mfa_view_recovery_codes": "opens for who has some: tests/accounts/test_second_factor.py",
    "mfa_remove_webauthn": "one's own alone: tests/accounts/test_second_factor.py",
    "account_reset_password_done": "says that an e-mail is on its way, to anybody",
    "account_reset_password_from_key": "opens with the one-time key of an e-mail only",
    "account_reset_password_from_key_done": "says that the password was changed, to anybody",
}
