"""Every address of the site. Each is in the access table (tests/access) or the tests fail."""

from django.conf import settings
from django.urls import include, path

from cse import demonstration, views

handler400 = "frontend.views.bad_request"
handler403 = "frontend.views.permission_denied"
handler404 = "frontend.views.page_not_found"
handler429 = "accounts.lockout.too_many"  # allauth's, where one of its limits is reached
handler500 = "frontend.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("health/ready/", views.ready, name="ready"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("account/", include("accounts.urls")),
    path("", include("frontend.urls")),
    path("notices/", include("deadlines.urls")),
    path("children/", include("people.urls")),
    path("documents/", include("documents.urls")),
    path("missing/", include("missing.urls")),
    path("plan/", include("delivery_plan.urls")),
    path("governance/", include("governance.urls")),
    path("reports/", include("reports.urls")),
    path("prevention/", include("prevention.urls")),
    path("log/", include("oversight.urls")),
    path("screenings/", include("riskassessment.urls")),
    path("", include("referrals.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns += [
        path("demo/", demonstration.cards, name="demo"),
        path("demo/sign-in/", demonstration.sign_in, name="demo_sign_in"),
        path("demo/confirm/", demonstration.confirm, name="demo_confirm"),
    ]
