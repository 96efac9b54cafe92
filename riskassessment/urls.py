from django.urls import path, register_converter

from riskassessment import api, views
from riskassessment.converters import SectionConverter

register_converter(SectionConverter, "section")

app_name = "riskassessment"

urlpatterns = [
    path("", views.screenings, name="screenings"),
    path("submitted/", views.submitted, name="submitted"),
    path("guidance/", views.guidance, name="guidance"),
    path("start/<int:child_pk>/", views.start, name="start"),
    path("<int:pk>/", views.screening, name="screening"),
    path("<int:pk>/print/", views.print_screening, name="print_screening"),
    path("<int:pk>/changes/", views.changes, name="changes"),
    path("<int:pk>/check/", views.submit, name="submit"),
    path("<int:pk>/check/level/", views.level_so_far, name="level_so_far"),
    path("<int:pk>/countersign/", views.countersign, name="countersign"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/page/<section:section>/", views.save_section, name="save_section"),
    path("<int:pk>/page/<section:section>/autosave/", api.Autosave.as_view(), name="autosave"),
]
