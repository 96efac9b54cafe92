"""The part of the access table that is about the quarterly report: table.py says how it is read."""

REPORTS = """
the quarterly report                     vis aut man gra msh per exp str exc brk coo cmg sem brd igo adm lft
reports:reports          GET  -          302 403 403 403 403 403 403 403 403 403 403 403 200 200 403 403 302
reports:open_draft       POST -          401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
reports:save_narrative   GET  report     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
reports:save_narrative   POST report     401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
reports:autosave         POST report     403 403 403 403 403 403 403 403 403 403 403 403 400 403 403 403 403
reports:preview          GET  report     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
reports:bring_up_to_date POST report     401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
reports:cancel_assembly  POST assembling 401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
reports:sign_off         GET  report     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
reports:sign_off         POST report     401 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 401
reports:discard          GET  report     302 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 302
reports:discard          POST report     401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
reports:issued           GET  issued     302 403 403 403 403 403 403 403 403 403 403 403 200 200 403 403 302
reports:correct          POST issued     401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
reports:pdf              GET  issued     302 403 403 403 403 403 403 403 403 403 403 403 200 200 403 403 302
reports:xlsx             GET  issued     302 403 403 403 403 403 403 403 403 403 403 403 200 200 403 403 302
reports:ask_for_pdf      POST issued     401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
reports:cancel_pdf       POST drawing    401 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403 401
"""
