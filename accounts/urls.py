"""allauth's pages that we use: sign in, sign out, choose a password. Accounts are made by administrators."""

from allauth.account import views
from allauth.mfa.base import views as factor_views
from django.urls import path, re_path
from django.views.generic import RedirectView

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("no-sign-up/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("again/password/", views.reauthenticate, name="account_reauthenticate"),
    path("again/code/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    # Who has no password yet chooses one by e-mail, as everybody did at first.
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
