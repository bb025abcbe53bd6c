"""An installation: one folder with its config, its data and its keys, and how to make one."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.failure import Exit, Failure

MARKER = "lykta.home"
KINDS = ("demo", "research", "live")
KEYS = ("store", "landing", "analyst", "review", "casebook", "vault", "pseudonym", "audit", "backup")
CHECKOUT = Path(__file__).resolve().parent.parent
SHIPPED_CONFIG = CHECKOUT / "config"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where an installation keeps its things. `kind` is demo, research or live."""

    root: Path
    kind: str

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def landing(self) -> Path:
        return self.data / "landing"

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def store(self) -> Path:
        return self.data / "store.duckdb"

    @property
    def casebook(self) -> Path:
        return self.data / "casebook.db"

    @property
    def log(self) -> Path:
        return self.data / "log"

    @property
    def spill(self) -> Path:
        return self.data / "spill"

    def key(self, name: str) -> str:
        """Return a key as 64 hex digits.

        Raises:
            Failure: the key file is missing, readable by others, or not 256 bits (exit 8); never a new key over old data.
        """
        path = self.keys / f"{name}.key"
        if not path.is_file():
            raise Failure(Exit.MISSING, f"{path}: the key is missing, and nothing is written in plain text instead.", self._advice(name))
        if path.stat().st_mode & 0o077:
            raise Failure(Exit.MISSING, f"{path}: others on this machine can read this key. Run: chmod 600 {path}")
        text = path.read_text("ascii").strip()
        if len(text) != 64 or not all(digit in "0123456789abcdef" for digit in text):
            raise Failure(Exit.MISSING, f"{path}: not a 256-bit key in hex. Put the right key file back.")
        return text

    @property
    def rotation(self) -> Path:
        """The mark of a key that is being changed; while it stands, only the change itself may go on."""
        return self.keys / "rotation.json"

    def epoch(self, name: str) -> int:
        """Return how many keys of this name there have been: 1 at first, one more with each rotation. Old ones are `<name>-<epoch>.key`."""
        return 1 + len(list(self.keys.glob(f"{name}-[0-9]*.key")))

    def old_key(self, name: str, epoch: int) -> str:
        """Return the key of an earlier epoch, as 64 hex digits.

        Raises:
            Failure: it is gone (8).
        """
        path = self.keys / f"{name}-{epoch}.key"
        if not path.is_file():
            raise Failure(Exit.MISSING, f"{path}: the key of epoch {epoch} is missing. Put it back from where you keep copies.")
        return path.read_text("ascii").strip()

    def _advice(self, name: str) -> str:
        guarded = {"store": self.store, "casebook": self.casebook}.get(name)
        if guarded is not None and guarded.exists():
            return f"{guarded} was written with it and cannot be read without it. Put the key back from where you keep copies."
        return f"Make it with: lykta init {self.root} --for {self.kind} --keys-only"


def find_home(named: Path | None, *, rotating: bool = False) -> Home:
    """Find the installation a command works on: named, LYKTA_HOME, or the nearest folder upwards that holds `lykta.home`.

    Raises:
        Failure: there is none (exit 8), with the command that makes one; or a key of it is being changed (5), unless `rotating`.
    """
    chosen = named or (Path(os.environ["LYKTA_HOME"]) if os.environ.get("LYKTA_HOME") else None)
    candidates = [chosen] if chosen else [Path.cwd(), *Path.cwd().parents]
    for folder in candidates:
        if (folder / MARKER).is_file():
            return _open(folder.resolve(), rotating=rotating)
    where = str(chosen) if chosen else "this folder or any above it"
    raise Failure(Exit.MISSING, f"No installation in {where}. Make one with: lykta init DIR --for research --controller NAME")


def _open(root: Path, *, rotating: bool) -> Home:
    marker = tomllib.loads((root / MARKER).read_text("utf-8"))
    if marker.get("kind") not in KINDS:
        raise Failure(Exit.MISSING, f"{root / MARKER}: kind must be one of {', '.join(KINDS)}.")
    home = Home(root=root, kind=str(marker["kind"]))
    if home.rotation.exists() and not rotating:
        name = json.loads(home.rotation.read_text("ascii"))["key"]
        raise Failure(Exit.BUSY, f"The {name} key is being changed. Wait for it; if it was interrupted, finish it with: lykta keys rotate {name}")
    return home


def make_keys(home: Home) -> list[str]:
    """Write the keys that are missing, mode 0600. A key whose store exists is never made anew.

    Returns:
        The names of the keys that were made.
    """
    home.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in KEYS:
        path = home.keys / f"{name}.key"
        if path.exists():
            continue
        if name in ("store", "casebook") and (home.store if name == "store" else home.casebook).exists():
            raise Failure(Exit.MISSING, f"{path}: lost. A new key cannot open the old {name}; put the key back.")
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        made.append(name)
    return made


def create_home(root: Path, *, kind: str) -> Home:
    """Make an installation: folders, a copy of the shipped config, keys and the marker.

    Raises:
        Failure: the kind is unknown (2), the folder is not empty, is the checkout itself or lies inside another installation (7).
    """
    if kind not in KINDS:
        raise Failure(Exit.USAGE, f"--for {kind}: choose one of {', '.join(KINDS)}.")
    root = root.resolve()
    if root == CHECKOUT:
        raise Failure(Exit.POLICY, f"{root} is the program's own folder and is never an installation. Name another folder.")
    inside = next((folder for folder in root.parents if (folder / MARKER).exists()), None)
    if inside:
        raise Failure(Exit.POLICY, f"{root} lies inside the installation {inside}. Name a folder outside it.")
    if root.exists() and any(root.iterdir()):
        raise Failure(Exit.POLICY, f"{root} is not empty. Name a new folder, or empty this one first. Nothing was changed.")
    home = Home(root=root, kind=kind)
    for folder in (home.data, home.landing, home.published, home.log, home.data / "backups"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copytree(SHIPPED_CONFIG, home.config, ignore=shutil.ignore_patterns("README.md"))
    (home.config / "sites").mkdir(exist_ok=True)
    make_keys(home)
    (root / MARKER).write_text(f'kind = "{kind}"   # demo, research or live; set when the installation was made\n', "utf-8")
    return home
