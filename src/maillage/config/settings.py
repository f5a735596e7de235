"""Django settings, from an environment read once; anything wrong stops the start with one sentence.

Each variable is read and checked in `maillage.config.environment`.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from maillage.base.installation import Installation, InstallationError, read_installation
from maillage.config import environment

django_stubs_ext.monkeypatch()


def _installation() -> Installation:
    try:
        return read_installation(os.environ)
    except InstallationError as error:
        raise ImproperlyConfigured(str(error)) from error


def _database(installation: Installation) -> dict[str, object]:
    if installation.database_url is not None:
        return environment.database(installation.database_url)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": installation.sqlite_file,
        "CONN_MAX_AGE": None,
        "OPTIONS": SQLITE_OPTIONS,
    }


def _origin(address: str) -> list[str]:
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


# WAL and IMMEDIATE let eight threads write without « database is locked »; FULL means that what was
# answered « enregistré » is on the disk. `maillage.config.checks` reads these back before serving.
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "recursive_triggers": 1,
    "foreign_keys": 1,
}
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
    "PRAGMA recursive_triggers=ON;PRAGMA journal_size_limit=27103364;",
}

environment.refuse_unknown()
INSTALLATION = _installation()
MAILLAGE_DATA_DIR = INSTALLATION.data_dir
MAILLAGE_KEYS = INSTALLATION.keys
MAILLAGE_DEMO = INSTALLATION.demo
environment.check_clock(demo=MAILLAGE_DEMO)
MAILLAGE_BACKUPS = environment.backups(MAILLAGE_DATA_DIR)
environment.file("MAILLAGE_RAPPORT")
HTTPS = environment.switch("MAILLAGE_HTTPS", default=not MAILLAGE_DEMO)
FOND_DE_CARTE_URL = environment.tiles()

DEBUG = False
# Empty while the key file does not exist: Django then refuses to sign anything.
try:
    SECRET_KEY = INSTALLATION.secret_key()
except InstallationError as failure:
    raise ImproperlyConfigured(str(failure)) from failure
ALLOWED_HOSTS = environment.hosts()
# The address that mails and invitations give; on this machine alone, the port of `maillage serve`.
SITE = f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:8000"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "maillage.base",
    "maillage.audit",
    "maillage.operations",
    "maillage.directory",
    "maillage.comptes",
    "maillage.conventions",
    "maillage.dossiers",
    "maillage.sharing",
    "maillage.main_courante",
    "maillage.orientations",
    "maillage.coordination",
    "maillage.enquetes",
    "maillage.diagnostics",
    "maillage.projets",
    "maillage.reunions",
    "maillage.equipes",
    "maillage.pilotage",
    "maillage.evaluations",
    "maillage.reseau",
    "maillage.administration",
    "maillage.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # Outermost first: its headers must be on errors and static files too.
    "maillage.web.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "maillage.web.middleware.PaceMiddleware",
    "maillage.web.middleware.RefusalMiddleware",
    "maillage.web.acteur.ActeurMiddleware",
    "maillage.web.middleware.DeclaredRuleMiddleware",
]

ROOT_URLCONF = "maillage.config.urls"
WSGI_APPLICATION = "maillage.config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.web.context.page",
            ],
            "builtins": ["maillage.web.templatetags.maillage"],
        },
    }
]
FORM_RENDERER = "maillage.web.forms.MaillageFormRenderer"

DATABASES = {"default": _database(INSTALLATION), **environment.replica(INSTALLATION.database_url)}
# One process serves SQLite, several serve PostgreSQL: the throttles must count together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if INSTALLATION.database_url is None
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "comptes.Compte"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["maillage.comptes.hashers.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "maillage.comptes.passwords.GuessablePasswordValidator"},
]
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "identifiant"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "maillage.comptes.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Maillage"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "maillage.web.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_origin(FOND_DE_CARTE_URL)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["maillage.web.uploads.MemoryOnly"]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
# esbuild names files by their content and compresses them at installation: nothing to collect.
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/.+-[A-Z0-9]{8}\.[a-z0-9]+$"
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = MAILLAGE_DATA_DIR / "fichiers"

_smtp = environment.smtp()
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _smtp.hote else "maillage.base.courriel.OneFileEach"
)
EMAIL_FILE_PATH = MAILLAGE_DATA_DIR / "mail"
EMAIL_HOST, EMAIL_PORT = _smtp.hote, _smtp.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp.compte, _smtp.mot_de_passe
EMAIL_USE_TLS = environment.switch("MAILLAGE_SMTP_TLS", default=True) and bool(_smtp.hote)
DEFAULT_FROM_EMAIL = environment.sender()

# A traceback may hold a form's content: the log names the kind of failure and where, never values.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"court": {"()": "maillage.config.journal.ImpersonalFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "court"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # Its message quotes what a stranger sent as a host.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
