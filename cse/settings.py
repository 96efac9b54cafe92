"""Settings: one file, read from the environment.

`DATABASE_URL` and `REDIS_URL` name the services to use. Without them the embedded PostgreSQL and Valkey
that `./run` keeps are used, and only then may the demonstration's role cards exist (see `DEMONSTRATION`).
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
import pghistory
from csp.constants import NONE, SELF

import stack.state
from cse import sign_on
from cse.secret import (
    derived_key,
    given,
    require_field_keys,
    require_strong_key,
    require_strong_password,
    secret,
)

BASE_DIR = Path(__file__).resolve().parent.parent


EMBEDDED = None if given("DATABASE_URL") and given("REDIS_URL") else stack.state.read()
# The embedded database knows the same roles as any other (audit.acting.DatabaseRole); unset: its owner.
EMBEDDED_URL = EMBEDDED.database_url_of(os.environ.get("CSE_DATABASE_ROLE", "")) if EMBEDDED else None
DATABASE_URL = secret("DATABASE_URL", default=EMBEDDED_URL)
REDIS_URL = secret("REDIS_URL", default=EMBEDDED.redis_url if EMBEDDED else None)
SECRET_KEY = secret("SECRET_KEY", default=EMBEDDED.secret_key if EMBEDDED else None)

# Seals what the database must not know in plain text (accounts.sealed): number:base64 of 32 bytes, the newest first.
FIELD_KEYS = secret("FIELD_KEYS", default=f"0:{derived_key(EMBEDDED.secret_key)}" if EMBEDDED else None)

# Agencies' own sign-in, as cse/sign_on.py describes it.
SIGN_ON = sign_on.read(secret("SINGLE_SIGN_ON", default="[]"))
SOCIALACCOUNT_PROVIDERS = SIGN_ON.providers
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.Adapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_LOGIN_ON_GET = SOCIALACCOUNT_STORE_TOKENS = False

# Made-up children only, and only on this machine: never with a database somebody named.
DEMONSTRATION = not given("DATABASE_URL") and os.environ.get("CSE_DEMONSTRATION", "1") == "1"

DEBUG = os.environ.get("CSE_DEBUG") == "1"
require_field_keys("FIELD_KEYS", FIELD_KEYS)
if given("SECRET_KEY") and not DEBUG:
    require_strong_key("SECRET_KEY", SECRET_KEY)
if given("DATABASE_URL") and not DEBUG:
    require_strong_password("DATABASE_URL", DATABASE_URL)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
HTTPS = os.environ.get("CSE_HTTPS", "0" if EMBEDDED else "1") == "1"

PARTNERSHIP_NAME = os.environ.get("PARTNERSHIP_NAME", "Wolverhampton Safeguarding Together")
BRAND_COLOUR = os.environ.get("BRAND_COLOUR", "#5a2a6b")
MASH_PHONE = os.environ.get("MASH_PHONE", "01632 960 001")  # by default a number kept for fiction, which reaches nobody
RESPONSIBLE_AUTHORITY = "336"  # DfE code of the authority that runs this site (domain.md, Standards)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "axes",
    "csp",
    "guardian",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "frontend",
    "audit",
    "accounts",
    "deadlines",
    "figures",
    "people",
    "documents",
    "riskassessment",
    "referrals",
    "missing",
    "oversight",
    "prevention",
    "delivery_plan",
    "governance",
    "reports",
    "cse",
]

MIDDLEWARE = [
    "cse.middleware.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cse.middleware.NotTooLarge",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cse.middleware.AtAHumanPace",
    "cse.middleware.KnowsWhoAsks",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.KeepsSessionInUse",
    "cse.middleware.ActsAsWhoSignedIn",
    "cse.middleware.RemembersWhoTyped",
    "cse.middleware.SignInKeepingWhatWasTyped",
    "accounts.middleware.RequiresSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cse.middleware.LooksAndForms",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = os.environ.get("CSE_URLCONF", "cse.urls")
WSGI_APPLICATION = "cse.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "cse.context_processors.frame",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "frontend.jinja.environment", "context_processors": CONTEXT_PROCESSORS},
    },
    {  # packages' own templates only: e-mails of allauth
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "frontend.renderer.FormRenderer"

database = dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True, engine="audit.postgresql")
# Whom the database takes us for: one of audit.acting.DatabaseRole, or the owner of the tables.
DATABASE_ROLE = database["USER"]
# What lets each sign in to the database: given to whoever migrates, as the owner of the tables.
_PASSWORDS = {f"cse_{role}": f"DATABASE_{role.upper()}_PASSWORD" for role in ("app", "worker", "auditor", "backup")}
DATABASE_PASSWORDS = {role: secret(name) for role, name in _PASSWORDS.items() if given(name)}
if EMBEDDED and not given("DATABASE_URL"):
    DATABASE_PASSWORDS = dict.fromkeys(_PASSWORDS, database["PASSWORD"])
# History rows are read by what they are of, or by the child: an index on each of their columns would cost each write.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
# Off behind a pooler of transactions (frontend/prepared.py).
PREPARE_STATEMENTS = os.environ.get("CSE_PREPARE_STATEMENTS", "1") == "1"
if PREPARE_STATEMENTS:
    # One plan for all values: with row-level security, planning a page's statements anew takes longer than asking them.
    database["OPTIONS"] = {"options": "-c plan_cache_mode=force_generic_plan", **database.get("OPTIONS", {})}
DATABASES = {
    "default": {**database, "ATOMIC_REQUESTS": True},
    # The same database on a second connection: a refusal is remembered although its request is rolled back.
    "refusals": {**database, "ATOMIC_REQUESTS": False},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHILD_MODEL = "people.Child"  # as AUTH_USER_MODEL: lower rooms point to the child without importing her room

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},  # a page does not wait for it longer
    },
    # What limits are counted in where that one is away (frontend.throttle).
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}
PAGES_PER_MINUTE = int(os.environ.get("CSE_PAGES_PER_MINUTE", "120"))  # of one person
# The other limits are for people too; a scanner that is let loose on a copy of the site asks more often.
LIMITS_TIMES = int(os.environ.get("CSE_LIMITS_TIMES", "1"))
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # from the sign-in on, however much is done (accounts.sessions)
SESSION_IDLE_SECONDS = 15 * 60
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("CSE_BEHIND_PROXY") == "1" else None
# Whose address is counted where we limit attempts: the proxy's, unless we know that there is one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("CSE_BEHIND_PROXY") == "1" else 0
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "cse.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The hash is GOV.UK Frontend's one-line snippet that tells its styles that JavaScript runs.
        "script-src": [SELF, "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"],  # pragma: allowlist secret
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *sorted({place.origin for place in SIGN_ON.places})],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
        # Scripts write HTML in one place alone (static/src/live.js), under this name.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["fragments"],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.WithTeam"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.NotLeaked"},
]
BREACHED_PASSWORDS_FILE = os.environ.get("BREACHED_PASSWORDS_FILE", "")  # accounts.passwords
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignUp"
ACCOUNT_FORMS = {
    "login": "frontend.sign_in.SignInForm",
    "reset_password": "frontend.sign_in.ForgottenPasswordForm",  # pragma: allowlist secret
    "reset_password_from_key": "frontend.sign_in.NewPasswordForm",  # pragma: allowlist secret
    "change_password": "frontend.sign_in.ChangePasswordForm",  # pragma: allowlist secret
    "reauthenticate": "frontend.sign_in.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "OFFICIAL-SENSITIVE: "
# Counted by address, not by account: an attacker's failures must not lock the account's owner out.
ACCOUNT_RATE_LIMITS = {
    "login": f"{300 * LIMITS_TIMES}/m/ip",  # an agency's people come from one address, all of them at nine
    "login_failed": f"{30 * LIMITS_TIMES}/m/ip",
    "reset_password": f"{20 * LIMITS_TIMES}/m/ip",  # pragma: allowlist secret
}

# Shut out is an account from one place, never everywhere (accounts.lockout).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10 * LIMITS_TIMES
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "accounts.lockout.account"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.place"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.page"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "email", "login", "held", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# The second factor
MFA_ADAPTER = "accounts.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.SetUpAppForm",
    "deactivate_totp": "accounts.forms.RemoveAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
    "generate_recovery_codes": "accounts.forms.NewCodesForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # administrators make accounts: there is no address that waits to be verified
MFA_TOTP_ISSUER = PARTNERSHIP_NAME
MFA_TOTP_TOLERANCE = 1  # half a minute either way, for telephones whose clock is a little off
# A sensitive deed asks again who is there, unless they have just shown it (accounts.step_up).
STEP_UP_SECONDS = 5 * 60

SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # accounts.policy asks for the grants itself: guardian's backend knows no expiry
    "auth.W004",  # the e-mail address is unique whatever its case, by a constraint on lower(email)
]
ANONYMOUS_USER_NAME = None

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.FormParser", "rest_framework.parsers.MultiPartParser"],
    "UNAUTHENTICATED_USER": None,
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Ours alone: no page of a package is shown.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "var" / "static"))
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
MOST_BYTES_WITH_FILES = FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # no file of anybody's lies in a folder
# ClamAV's daemon, which looks into every file before anybody is served it: the path of its socket, or host:port.
CLAMD_SOCKET = os.environ.get("CLAMD_SOCKET", "")

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_TIMEOUT = 20
# With EMAIL_BACKEND=deadlines.gov_notify.EmailBackend
GOVUK_NOTIFY_URL = os.environ.get("GOVUK_NOTIFY_URL", "https://api.notifications.service.gov.uk")
GOVUK_NOTIFY_API_KEY = secret("GOVUK_NOTIFY_API_KEY", default="")
GOVUK_NOTIFY_TEMPLATE_ID = os.environ.get("GOVUK_NOTIFY_TEMPLATE_ID", "")
# Who hears that deadlines are not being watched, beside the people whom the database may be unable to name.
ALARM_EMAILS = [address for address in os.environ.get("ALARM_EMAILS", "").split(",") if address]
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "no-reply@cse.example.org")

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "cse.scheduler:Scheduler"
# Each is idempotent, and a tick that nobody took up before the next is worth nothing.
CELERY_BEAT_SCHEDULE = {
    task.replace(".tasks.", "-"): {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}
    for task, seconds in {
        "deadlines.tasks.sweep": 30,
        "deadlines.tasks.deliver": 15,
        "deadlines.tasks.heal": 3600,
        "deadlines.tasks.deliver_digests": 600,
        "documents.tasks.scan": 5,
        "figures.tasks.freshen": 0.3,
        "figures.tasks.recount": 600,
        "figures.tasks.recount_all": 24 * 3600,
        "oversight.tasks.verify": 5,
        "reports.tasks.assemble": 2,
        "reports.tasks.draw": 5,
    }.items()
}
CELERY_BEAT_SCHEDULE["oversight-watch"] = {
    "task": "oversight.tasks.watch",
    "schedule": 300.0,
    "options": {"expires": 300},
}
CELERY_BEAT_SCHEDULE["audit-seal"] = {"task": "audit.tasks.seal", "schedule": 60.0, "options": {"expires": 60}}

# From how many children on it is unusual (oversight.rules.Limits): a local rule.
UNUSUAL_VOLUME: dict[str, int] = {}
# Each seal of the log is a line of the logger `audit.seal`; it is appended here too where a file is named.
SEAL_FILE = os.environ.get("CSE_SEAL_FILE", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # That a task came and went, three times a second, is no news; that it failed is.
    "loggers": {name: {"level": "WARNING"} for name in ("celery.beat", "celery.worker.strategy", "celery.app.trace")},
}
