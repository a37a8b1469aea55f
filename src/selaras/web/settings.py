"""Settings of the web application: those of the store, and what a browser needs."""

from selaras.store.settings import *  # noqa: F403 (Django's way of layering settings)

ROOT_URLCONF = "selaras.web.urls"
WSGI_APPLICATION = "selaras.web.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
