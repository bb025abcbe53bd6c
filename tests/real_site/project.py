"""The Django settings of the real site. The folder that everything lies in comes in the environment as REAL_SITE_FOLDER."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(os.environ["REAL_SITE_FOLDER"])
SECRET_KEY = "made up, and serves loopback alone"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.real_site.addresses"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "site.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF"},  # each thumbnail is a row; nothing here needs to last
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
MEDIA_ROOT = str(FOLDER / "media")
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
USE_TZ = True
SITE_ID = 1
DCF_LOGIN_TO_CONTACT = False
DCF_CURRENCY = "SEK"
DCF_SITE_NAME = "Anslagstavlan"
DCF_RELATED_LIMIT = 2
THUMBNAIL_UPSCALE = False
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "sorl.thumbnail",
    "django_classified",
    "tests.real_site",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django_classified.context_processors.common_values",
            ]
        },
    }
]
