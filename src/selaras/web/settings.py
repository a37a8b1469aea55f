"""Settings of the web application: those of the store, and what browsers, sign-in and security need.

`SELARAS_HTTPS`            `1` behind HTTPS: secure cookies, HSTS, redirects (default: off, for one's own machine)
`SELARAS_TRUSTED_ORIGINS`  origins for forms behind a proxy, divided by commas
`SELARAS_TRUSTED_PROXIES`  how many proxies in front may tell the visitor's address (default 0)
`SELARAS_SITE_URL`         address of the installation, for links in mails (default http://localhost:8000)
`SELARAS_PUBLISHER`        who publishes the open data of the nation (default "Instalasi Selaras")
`SELARAS_MAIL_FROM`, `SELARAS_SMTP_HOST`, `…_PORT`, `…_USER`, `…_PASSWORD`, `…_TLS`   outgoing mail
`SELARAS_OIDC_NAME`, `…_ISSUER`, `…_CLIENT_ID`, `…_CLIENT_SECRET`   the agency's own sign-on (OpenID Connect)
`SELARAS_OIDC_USERNAME_CLAIM`   claim that holds our login; without it only a verified mail address finds an account
`SELARAS_OIDC_ORIGINS`     further origins that the sign-on sends the browser to, divided by commas
`SELARAS_SESSION_IDLE`     minutes without a request after which a session ends (default 30)
`SELARAS_SESSION_HOURS`    hours after which every session ends (default 12)
`SELARAS_SIGN_MINUTES`     minutes after signing in (or giving the password once more) within which one may sign (default 5)
`SELARAS_SIGN_TSA`, `…_TSA_USER`, `…_TSA_PASSWORD`   time-stamping authority (RFC 3161) for B-T and above
`SELARAS_SIGN_LEVEL`       level of signatures unless another one is chosen: B-B (default), B-T, B-LT, B-LTA
`SELARAS_SIGN_REMOTE`, `…_REMOTE_USER`, `…_REMOTE_PASSWORD`   remote signing service of BSrE's kind
`SELARAS_SIGN_PKCS11`      path of the PKCS#11 module of the server's key device
`SELARAS_SCAN_COMMAND`     command that scans an uploaded file for viruses (the path is added; exit 0 means clean)
`SELARAS_PUBLIC_PACE`      pages a minute that one address may ask of one process without an account (default 300; 0: no end)
`SELARAS_LOG`              `json`: one line of JSON for each request and event; `text` (default): only what went wrong
`SELARAS_SLOW_QUERY_MS`    a query that takes longer is logged, without its values (default 500; 0 logs none)
`SELARAS_METRICS`          `local`: `/metrics` answers this machine (default: nobody)
`SELARAS_METRICS_TOKEN`    `/metrics` answers whoever sends this word as `Authorization: Bearer`
`SELARAS_WEBHOOK_HOSTS`    hosts (`host` or `host:port`, divided by commas) that webhooks may reach without TLS or inside
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from selaras.store.settings import *  # noqa: F403 (Django's way of layering settings)
from selaras.store.settings import DATA, DEBUG

HERE = Path(__file__).parent
HTTPS = os.environ.get("SELARAS_HTTPS", "") == "1"
PUBLISHER = os.environ.get("SELARAS_PUBLISHER", "")


def _listed(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "selaras.web.accounts.oidc",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "js_lib_bootstrap5",
    "selaras.store",
    "selaras.web",
]
MIDDLEWARE = [
    "selaras.web.watching.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "selaras.web.accounts.language.LanguageMiddleware",
    "selaras.web.share.ShareMiddleware",
    "selaras.web.pace.PaceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "selaras.web.accounts.sessions.SessionEndMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "selaras.web.middleware.ActorMiddleware",
    "selaras.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "selaras.web.urls"
WSGI_APPLICATION = "selaras.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", *sorted(path for path in HERE.glob("*/templates") if path.is_dir())],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "selaras.web.accounts.menu.menu",
                "selaras.web.shell.shell",
            ],
        },
    }
]
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]

LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "selaras.web.typeface.TypefaceFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "uploads"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CACHES: dict[str, dict[str, Any]] = {
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "api"},
    "pace": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pace",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "selaras_cache"},
}
SESSION_ENGINE = "selaras.web.accounts.session_store"
SESSION_IDLE = 60 * int(os.environ.get("SELARAS_SESSION_IDLE", "30"))
SIGN_WITHIN = 60 * int(os.environ.get("SELARAS_SIGN_MINUTES", "5"))
SESSION_COOKIE_AGE = 3600 * int(os.environ.get("SELARAS_SESSION_HOURS", "12"))
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_NAME = "selaras_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "selaras_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = _listed("SELARAS_TRUSTED_ORIGINS")
LANGUAGE_COOKIE_NAME = "selaras_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health(/live|/ready)?$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
OIDC_ISSUER = os.environ.get("SELARAS_OIDC_ISSUER", "")
OIDC_USERNAME_CLAIM = os.environ.get("SELARAS_OIDC_USERNAME_CLAIM", "")


def _sign_on_origins() -> list[str]:
    """Where the form that begins the agency's own sign-on is sent on to: browsers ask the policy there too."""
    if not os.environ.get("SELARAS_OIDC_CLIENT_ID"):
        return []
    issuer = urlsplit(OIDC_ISSUER)
    return [f"{issuer.scheme}://{issuer.netloc}", *_listed("SELARAS_OIDC_ORIGINS")]


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *_sign_on_origins()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "selaras.web.accounts.passwords.Likeness", "OPTIONS": {"user_attributes": ("username", "name", "email")}},
    {"NAME": "selaras.web.accounts.passwords.Length", "OPTIONS": {"min_length": 12}},
    {"NAME": "selaras.web.accounts.passwords.Common"},
    {"NAME": "selaras.web.accounts.passwords.Digits"},
]
ACCOUNT_ADAPTER = "selaras.web.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SELARAS_TRUSTED_PROXIES", "0"))
ACCOUNT_FORMS = {
    "login": "selaras.web.accounts.signin.SignIn",
    "change_password": "selaras.web.accounts.signin.ChangePassword",
    "set_password": "selaras.web.accounts.signin.SetPassword",
    "reset_password": "selaras.web.accounts.signin.ResetPassword",
    "reset_password_from_key": "selaras.web.accounts.signin.ResetPasswordKey",
    "reauthenticate": "selaras.web.accounts.signin.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": "selaras.web.accounts.signin.SecondFactor",
    "reauthenticate": "selaras.web.accounts.signin.SecondFactorAgain",
    "activate_totp": "selaras.web.accounts.signin.ActivateApp",
    "add_webauthn": "selaras.web.accounts.signin.AddPasskey",
    "edit_webauthn": "selaras.web.accounts.signin.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Selaras"
MFA_ADAPTER = "selaras.web.accounts.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "selaras.web.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "instansi",
                "name": os.environ.get("SELARAS_OIDC_NAME", "Akun instansi"),
                "client_id": os.environ["SELARAS_OIDC_CLIENT_ID"],
                "secret": os.environ.get("SELARAS_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ]
        if os.environ.get("SELARAS_OIDC_CLIENT_ID")
        else []
    }
}

PASSWORD_RESET_TIMEOUT = 24 * 3600
DEFAULT_FROM_EMAIL = os.environ.get("SELARAS_MAIL_FROM", "selaras@localhost")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("SELARAS_SMTP_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = os.environ.get("SELARAS_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("SELARAS_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("SELARAS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SELARAS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SELARAS_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
SIGN_TSA = os.environ.get("SELARAS_SIGN_TSA", "")
SIGN_TSA_USER = os.environ.get("SELARAS_SIGN_TSA_USER", "")
SIGN_TSA_PASSWORD = os.environ.get("SELARAS_SIGN_TSA_PASSWORD", "")
SIGN_LEVEL = os.environ.get("SELARAS_SIGN_LEVEL", "B-B")
SIGN_REMOTE = os.environ.get("SELARAS_SIGN_REMOTE", "")
SIGN_REMOTE_USER = os.environ.get("SELARAS_SIGN_REMOTE_USER", "")
SIGN_REMOTE_PASSWORD = os.environ.get("SELARAS_SIGN_REMOTE_PASSWORD", "")
SIGN_PKCS11 = os.environ.get("SELARAS_SIGN_PKCS11", "")
SCAN_COMMAND = os.environ.get("SELARAS_SCAN_COMMAND", "")
WEBHOOK_HOSTS = _listed("SELARAS_WEBHOOK_HOSTS")
PUBLIC_PACE = int(os.environ.get("SELARAS_PUBLIC_PACE", "300"))
SLOW_QUERY = float(os.environ.get("SELARAS_SLOW_QUERY_MS", "500")) / 1000
METRICS_TOKEN = os.environ.get("SELARAS_METRICS_TOKEN", "")
METRICS = os.environ.get("SELARAS_METRICS", "token" if METRICS_TOKEN else "")
LOG_JSON = os.environ.get("SELARAS_LOG", "text") == "json"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "selaras.web.logs.Plain"}, "json": {"()": "selaras.web.logs.Json"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "json" if LOG_JSON else "plain"}},
    # without debugging Django tells nobody about a 500; refusals (4xx) are answers, not faults, and stay out
    "loggers": {
        "django.request": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        "selaras": {"handlers": ["terminal"], "level": "INFO" if LOG_JSON else "WARNING", "propagate": False},
    },
}
