"""What a value looks like, and which words stand beside it: the two signs by which a field is known on a page."""

from __future__ import annotations

import re2

PHONE = re2.compile(r"(?i)(?:tel\.?:?\s*)?[+(]?\d(?:[ .()\-/]{0,3}\d){6,14}")
DATE = re2.compile(
    r"(?i)(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?:[, ]+\d{2}:\d{2})?"
    r"|(?:[a-zåäö]{2,9}\.?,? )?(?:den )?\d{1,2}\.? [a-zåäö]{3,9}\.? \d{4}(?:,? (?:kl\.? ?)?\d{1,2}[:.]\d{2})?|[a-z]{3,9}\.? \d{1,2}, \d{4})"
)
RELATIVE = re2.compile(r"(?i)\b(ago|sedan|nyss|yesterday|today|idag|igår|hours?|minutes?|timmar|minuter)\b")
PRICE = re2.compile(
    r"(?i)(?:(?:från|from|ab)\s*)?(?:(?:sek|eur|usd|gbp|kr|€|\$|£)\s*\d[\d .,\x{a0}]*"
    r"|\d[\d .,\x{a0}]*\s*(?:kr|sek|eur|usd|gbp|€|\$|£|zł|pln|lei|ron|:-|kronor)[a-z./ 0-9]{0,12})"
)
EMAIL = re2.compile(r"(?:mailto:)?[^\s@:]+@[^\s@]+\.[a-zA-Z]{2,}(?:\?.*)?")
HANDLE = re2.compile(r"(?i)(?:telegram|snapchat|snap|whatsapp|instagram|insta|kik|signal|wechat|line|viber|skype|threema|facebook|twitter|x)\s*:\s*\S+")
AGE = re2.compile(r"(?i)[1-9]\d(?:\s*(?:år|years?|yrs?|ans|jahre|ani|lat|лет|év))?")

# words beside a value: of its label, its class, its id or another mark
_WORDS: dict[str, str] = {
    "title": "title rubrik titel heading headline titulo tytul titlu",
    "body": "text body beskrivning description content brödtext beschreibung descripcion opis descriere readme article",
    "posted_at": "posted inlagd publicerad published date datum datetime created skapad posted_at fecha data",
    "name": "namn name nickname alias nombre imię nume имя",
    "age": "age ålder alder edad wiek varsta vârsta возраст",
    "city": "city ort stad plats location place area town locality kommun ciudad miasto oras город",
    "address": "address adress street gata streetaddress gatuadress dirección adres adresa",
    "venue": "venue lokal salong salon studio hotell hotel företag",
    "price": "price pris prices priser kostnad cost precio cena preț pret rate rates taxa цена",
    "phones": "phone phones telefon tel telephone mobil mobile nummer teléfono telefono телефон",
    "emails": "email emails epost mail e-post e-mail mejl",
    "handles": "handles konton social sociala telegram snapchat whatsapp messenger kontaktvägar",
    "payment": "payment betalning payments betalsätt pago płatność plata",
    "account": "account konto user member seller author annonsör medlem säljare användare account-id uploader maintainer",
    "comments": "comment comments kommentar kommentarer review reviews recension recensioner omdöme omdömen",
    "category": "category kategori slag typ type",
    "images": "image images bild bilder photo foto gallery galleri picture",
}
WORDS = {name: frozenset(words.split()) for name, words in _WORDS.items()}
VALID = {"phones": PHONE, "emails": EMAIL, "price": PRICE, "handles": HANDLE, "age": AGE, "posted_at": DATE}
_WORD = re2.compile(r"\pL+(?:-\pL+)*")  # \W would part ålder and företag at their first letters


def is_like(field: str, value: str) -> bool:
    """Tell whether a value looks like what a field holds; True where nothing can be told from its looks."""
    pattern = VALID.get(field)
    plain = value.strip()
    if field == "phones" and DATE.fullmatch(plain):
        return False
    if field == "posted_at" and RELATIVE.search(plain):
        return False
    return pattern is None or bool(pattern.fullmatch(plain))


def speaks_of(field: str, marks: str) -> bool:
    """Tell whether the words beside a value name a field. Compound marks such as dcf-item-price or contactPhone count by their parts."""
    spaced = re2.sub(r"([a-z])([A-Z])", r"\1 \2", marks).lower()
    words = set(_WORD.findall(spaced)) | set(_WORD.findall(spaced.replace("-", " ").replace("_", " ")))
    return bool(words & WORDS[field])
