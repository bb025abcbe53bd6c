"""`serve_notices COUNT PIXELS`: fill the site with made-up ads where it is empty, and serve it on a free port of loopback.

`ready.json` appears last in the site's folder and names the base address; `asked.txt` grows by one path a request.
"""

from __future__ import annotations

import json
import os
import socket
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import waitress
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django_classified.models import Area, Group, Image, Item, Profile, Section

from tests.real_site.content import PLACES, SECTIONS, Notice, notices, write_pictures

Application = Callable[..., Iterable[bytes]]


class Command(BaseCommand):
    """Serve made-up ads until the process is ended."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many ads there are, and how wide their pictures are."""
        parser.add_argument("count", type=int)
        parser.add_argument("pixels", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill and serve."""
        folder: Path = settings.FOLDER
        if not (folder / "filled").exists():
            call_command("migrate", verbosity=0)
            fill(folder, notices(options["count"]), options["pixels"])
            (folder / "filled").touch()
        listener = socket.create_server(("127.0.0.1", 0))
        written = folder / "ready.new"
        written.write_text(json.dumps({"base": f"http://127.0.0.1:{listener.getsockname()[1]}"}), "utf-8")
        os.replace(written, folder / "ready.json")
        waitress.serve(noting(get_wsgi_application(), folder / "asked.txt"), sockets=[listener], threads=4, _quiet=True)


def fill(folder: Path, made: list[Notice], pixels: int) -> None:
    """Put sections, groups, areas, users, ads and pictures into the empty site."""
    write_pictures(folder / "media" / "images", [name for notice in made for name in notice.pictures], pixels=pixels)
    with transaction.atomic():
        groups = {}
        for title, names in SECTIONS.items():
            section = Section.objects.create(title=title)
            groups |= {name: Group.objects.create(title=name, section=section) for name in names}
        areas = {name: Area.objects.create(title=name, slug=f"ort-{place}") for place, name in enumerate(PLACES)}
        users = {phone: User.objects.create(username=f"påhittad-{place}") for place, phone in enumerate(sorted({notice.phone for notice in made}))}
        Profile.objects.bulk_create(Profile(user=user, phone=phone) for phone, user in users.items())
        for notice in made:
            item = Item.objects.create(
                id=notice.number,
                user=users[notice.phone],
                group=groups[notice.group],
                area=areas.get(notice.place),
                title=notice.title,
                description=notice.body,
                price=notice.price,
            )
            Image.objects.bulk_create(Image(item=item, file=f"images/{name}") for name in notice.pictures)


def noting(application: Application, asked: Path) -> Application:
    """Wrap the application so that every path asked for is written down."""
    lines = asked.open("a", buffering=1, encoding="utf-8")

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        lines.write(environ["PATH_INFO"] + "\n")
        return application(environ, start_response)

    return answer
