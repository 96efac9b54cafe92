"""Coming in and going: allauth's pages that we use, and ours. Accounts are made by administrators."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.socialaccount.providers.openid_connect import views as openid_views
from allauth.socialaccount.providers.saml import views as saml_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("sign-in/", account_views.login, name="account_login"),
    path("sign-in/passkey/", views.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("sign-in/code/", factor_views.authenticate, name="mfa_authenticate"),
    path("sign-out/", account_views.logout, name="account_logout"),
    path("no-sign-up/", account_views.signup, name="account_signup"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("again/password/", account_views.reauthenticate, name="account_reauthenticate"),
    path("again/code/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", passkey_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("again/sign-on/", views.sign_on_again, name="sign_on_again"),
    path("sign-on/<slug:provider_id>/", openid_views.login, name="openid_connect_login"),
    path("sign-on/<slug:provider_id>/back/", openid_views.callback, name="openid_connect_callback"),
    path("sign-on/saml/<slug:organization_slug>/", saml_views.login, name="saml_login"),
    path("sign-on/saml/<slug:organization_slug>/back/", saml_views.acs, name="saml_acs"),
    path("sign-on/saml/<slug:organization_slug>/finish/", saml_views.finish_acs, name="saml_finish_acs"),
    path("sign-on/saml/<slug:organization_slug>/metadata/", saml_views.metadata, name="saml_metadata"),
    path("sign-on/saml/<slug:organization_slug>/out/", views.no_single_logout, name="saml_sls"),
    path("sign-on/<int:pk>/remove/", views.unlink_sign_on, name="unlink_sign_on"),
    path("stay/", views.stay, name="account_stay"),
    path("sessions/", views.my_sessions, name="my_sessions"),
    path("sessions/others/end/", views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:number>/end/", views.end_session, name="end_session"),
    path("second-factor/", views.factors, name="mfa_index"),
    path("second-factor/app/", views.set_up_app, name="mfa_activate_totp"),
    path("second-factor/app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("second-factor/passkey/", views.add_passkey, name="mfa_add_webauthn"),
    path("second-factor/passkey/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("second-factor/codes/", views.show_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", views.make_codes, name="mfa_generate_recovery_codes"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    # Who has no password yet chooses one by e-mail, as everybody did at first.
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("password/reset/", account_views.password_reset, name="account_reset_password"),
    path("password/reset/done/", account_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
