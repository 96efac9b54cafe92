"""The part of the access table about the delivery plan: table.py says how it is read, and adds it to its own rows."""

DELIVERY_PLAN = """
the delivery plan                     vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
delivery_plan:plan          GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:mine          GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:barriers      GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:changes       GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:plan_csv      GET  -        302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:plan_pdf      GET  -        302 302 302 302 302 302 302 302 302 302 302 302 302 302 403 403 302
delivery_plan:version       GET  plan     302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:action        GET  planned  302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:begin         GET  -        302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:begin         POST -        401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:set_up        GET  planned  302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:set_up        POST planned  401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:add_milestone GET  planned  302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:add_milestone POST planned  401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:milestone     GET  milestone 302 302 302 302 302 302 302 302 302 302 302 302 302 302 403 403 302
delivery_plan:change_milestone GET  milestone 302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:change_milestone POST milestone 401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:close         GET  planned  302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:close         POST planned  401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:return_update GET  sent     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:return_update POST sent     401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:save_update   GET  planned  302 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:save_update   POST planned  401 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:raise_barrier GET  planned  302 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:raise_barrier POST planned  401 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:add_evidence  GET  planned  302 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:add_evidence  POST planned  401 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:withdraw_evidence GET  proof   302 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:withdraw_evidence POST proof   401 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:download_evidence GET  proof_file  302 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 302
delivery_plan:lift_barrier  GET  barrier  302 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:lift_barrier  POST barrier  401 200 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
delivery_plan:add_action    GET  -        302 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 302
delivery_plan:add_action    POST -        401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
delivery_plan:accept_update POST sent     401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
delivery_plan:reach_milestone POST milestone 401 302 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
delivery_plan:propose_list  GET  -        302 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 302
delivery_plan:propose_list  POST -        401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
delivery_plan:plan_list     GET  plan_list 302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
delivery_plan:apply_list    POST plan_list 401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
delivery_plan:undo_list     POST plan_list 401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
"""
