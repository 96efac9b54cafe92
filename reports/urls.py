from django.urls import path

from reports import api, views

app_name = "reports"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("drafts/open/", views.open_draft, name="open_draft"),
    path("drafts/<int:pk>/", views.save_narrative, name="save_narrative"),
    path("drafts/<int:pk>/autosave/", api.Autosave.as_view(), name="autosave"),
    path("drafts/<int:pk>/preview/", views.preview, name="preview"),
    path("drafts/<int:pk>/bring-up-to-date/", views.bring_up_to_date, name="bring_up_to_date"),
    path("drafts/<int:pk>/sign-off/", views.sign_off, name="sign_off"),
    path("drafts/<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/", views.issued, name="issued"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/pdf/", views.pdf, name="pdf"),
    path("<int:pk>/xlsx/", views.xlsx, name="xlsx"),
    path("<int:pk>/pdf/ask/", views.ask_for_pdf, name="ask_for_pdf"),
    path("assemblings/<int:pk>/cancel/", views.cancel_assembly, name="cancel_assembly"),
    path("drawings/<int:pk>/cancel/", views.cancel_pdf, name="cancel_pdf"),
]
