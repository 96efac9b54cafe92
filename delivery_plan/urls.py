from django.urls import path

from delivery_plan import views

app_name = "delivery_plan"

urlpatterns = [
    path("", views.plan, name="plan"),
    path("begin/", views.begin, name="begin"),
    path("mine/", views.mine, name="mine"),
    path("barriers/", views.barriers, name="barriers"),
    path("changes/", views.changes, name="changes"),
    path("csv/", views.plan_csv, name="plan_csv"),
    path("pdf/", views.plan_pdf, name="plan_pdf"),
    path("versions/<int:pk>/", views.version, name="version"),
    path("lists/new/", views.propose_list, name="propose_list"),
    path("lists/<int:pk>/", views.plan_list, name="plan_list"),
    path("lists/<int:pk>/apply/", views.apply_list, name="apply_list"),
    path("lists/<int:pk>/undo/", views.undo_list, name="undo_list"),
    path("actions/new/", views.add_action, name="add_action"),
    path("actions/<int:pk>/", views.action, name="action"),
    path("actions/<int:pk>/set-up/", views.set_up, name="set_up"),
    path("actions/<int:pk>/update/", views.save_update, name="save_update"),
    path("actions/<int:pk>/barriers/new/", views.raise_barrier, name="raise_barrier"),
    path("actions/<int:pk>/milestones/new/", views.add_milestone, name="add_milestone"),
    path("actions/<int:pk>/evidence/new/", views.add_evidence, name="add_evidence"),
    path("actions/<int:pk>/close/", views.close, name="close"),
    path("updates/<int:pk>/accept/", views.accept_update, name="accept_update"),
    path("updates/<int:pk>/return/", views.return_update, name="return_update"),
    path("barriers/<int:pk>/lift/", views.lift_barrier, name="lift_barrier"),
    path("evidence/<int:pk>/withdraw/", views.withdraw_evidence, name="withdraw_evidence"),
    path("evidence/files/<int:pk>/download/", views.download_evidence, name="download_evidence"),
    path("milestones/<int:pk>/", views.milestone, name="milestone"),
    path("milestones/<int:pk>/change/", views.change_milestone, name="change_milestone"),
    path("milestones/<int:pk>/reach/", views.reach_milestone, name="reach_milestone"),
]
