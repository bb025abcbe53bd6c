"""The made-up ads of the real site: what each says, and photographs of places and things cropped so that no two are alike."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from pathlib import Path

import skimage
from PIL import Image

PLACES = ("Helsingborg", "Landskrona", "Malmö", "Lund", "Ängelholm", "Kristianstad")
SECTIONS = {"Hälsa": ("Massage", "Yoga", "Friskvård"), "Hem": ("Städning", "Flytthjälp"), "Övrigt": ("Kurser", "Sällskap på promenad")}
WORDS = ("Lugn", "Varm", "Klassisk", "Djupgående", "Skön", "Avslappnande", "Snabb", "Noggrann", "Mjuk", "Stillsam")
THINGS = ("massage i centrum", "behandling på kvällen", "stund mitt på dagen", "genomgång av hela hemmet", "timme vid havet", "promenad i parken")
LINES = ("Påhittad annons i ett påhittat anslag.", "Ring eller skriv, jag svarar på kvällen.", "Parkering finns på gården.", "Tid bokas samma dag.")
# photographs that scikit-image ships, of places and things alone
PHOTOGRAPHS = ("brick.png", "grass.png", "gravel.png", "coffee.png", "coins.png", "rocket.jpg", "moon.png", "hubble_deep_field.jpg", "motorcycle_left.png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One ad as it is put into the site, and as a crawl has to find it. `place` is '' where the ad names none; `price` in whole kronor."""

    number: int
    title: str
    body: str
    price: int
    phone: str
    place: str
    group: str
    pictures: tuple[str, ...]


def notices(count: int, seed: int = 1) -> list[Notice]:
    """Make ads, numbered from 1; the same count and seed give the same ads."""
    rng = random.Random(seed)
    groups = [group for names in SECTIONS.values() for group in names]
    made = []
    for number in range(1, count + 1):
        title = f"{rng.choice(WORDS)} {rng.choice(THINGS)} {number}"
        lines = rng.sample(LINES, k=rng.randint(2, len(LINES)))
        made.append(
            Notice(
                number=number,
                title=title if number % 40 else f"{title} & <b>mer</b> \"nu\"",
                body="\n".join([title + ".", *lines]),
                price=rng.randrange(300, 2500, 50),
                phone=f"070-174 06 {rng.randint(5, 99):02d}" if rng.random() < 0.8 else "",
                place=rng.choice(PLACES) if rng.random() < 0.6 else "",
                group=rng.choice(groups),
                pictures=tuple(f"foto-{number}-{place}.jpg" for place in range(rng.choice((0, 1, 1, 1, 2)))),
            )
        )
    return made


def write_pictures(folder: Path, wanted: list[str], *, pixels: int, seed: int = 1) -> None:
    """Write one crop of a photograph a name, `pixels` wide, as JPEG."""
    folder.mkdir(parents=True, exist_ok=True)
    shipped = Path(skimage.__file__).parent / "data"
    photographs = [Image.open(shipped / name).convert("RGB") for name in PHOTOGRAPHS]
    rng = random.Random(seed)
    for name in wanted:
        photograph = rng.choice(photographs)
        side = int(min(photograph.size) * rng.uniform(0.45, 0.8))
        left, top = rng.randint(0, photograph.width - side), rng.randint(0, photograph.height - side)
        crop = photograph.crop((left, top, left + side, top + side)).resize((pixels, pixels))
        buffer = io.BytesIO()
        crop.save(buffer, "JPEG", quality=85)
        (folder / name).write_bytes(buffer.getvalue())
