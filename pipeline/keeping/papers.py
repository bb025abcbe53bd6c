"""Papers that a municipality must have, as far as the config knows what they say: the record of processing, the public notice, who saw what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.keeping.casebook_purge import KEPT
from pipeline.settings import Settings

UNSAID = {"sv": "(ej ifyllt i config/lykta.toml)", "en": "(not filled in in config/lykta.toml)"}

# What the notice says, by language; the fields come from config.
NOTICE = {
    "sv": """# Så behandlar vi personuppgifter från öppna annonser

Personuppgiftsansvarig: {controllers}. Kontakt, och dataskyddsombudets: (skriv in före publicering)

Vi läser öppna annonser för sexuella tjänster för att kunna erbjuda stöd till personer som kan behöva det. Vi letar inte efter misstänkta, och
vi avgör aldrig vad någon är eller har varit med om. Ingen kontaktas utan att två personer har beslutat det.

**Vilka uppgifter.** Annonsens text, kontaktuppgifter, kommun, priser, angiven ålder och tider då den sågs. Inga bilder sparas; av en bild räknas ett
avtryck som inte kan visas. Inga ansikten jämförs. Uppgifterna behandlas som känsliga.

**Rättslig grund.** Dataskyddsförordningen artikel 6: {article_6}. Artikel 9: {article_9}. Beslut: {decision}.

**Varifrån.** Öppna sidor på: {sites}. Webbplatsens robots.txt och förbehåll följs.

**Hur länge.** Annonstext {raw_text_days} dagar efter att annonsen sågs sist ({undecided_days} dagar när den väntar på en bedömning), det som behövs
för att känna igen samma annonsör {linking_days} dagar, efter ett avslag {dismissed_days} dagar, efter en kontakt {approved_days} dagar.

**Vem ser dem.** Namngivna medarbetare under sekretess. Varje läsning loggas. Polisen har inget konto. Statistik visar aldrig färre än fem.
Lämnas något till en annan verksamhet, som en kommun eller socialjouren, antecknas till vem, vad och på vilken grund. Inget förs utanför EU.

**Inga beslut av maskin.** En öppen poängtabell ordnar vad som läses först. Två personer beslutar, och det enda de kan besluta om är att erbjuda stöd.

**Dina rättigheter.** Du kan begära att få veta vad vi har, att det rättas, begränsas eller raderas, invända mot att vi har det, eller begära att
aldrig bli kontaktad. Du behöver inte ange något skäl. Vi prövar vem som frågar innan något lämnas ut, eftersom ett telefonnummer kan tillhöra någon
annan; ingen kontakt tas under tiden. Svar ges inom en månad. Du kan klaga hos Integritetsskyddsmyndigheten.

Beslut {number}, gäller till {review}.
""",
    "en": """# How we treat personal data from public ads

Controller: {controllers}. Contact, and the data protection officer's: (write in before publishing)

We read public ads for sexual services to be able to offer support to people who may need it. We do not look for suspects, and we never decide
what somebody is or has been through. Nobody is contacted without two people's decision.

**Which data.** The ad's text, contacts, municipality, prices, stated age and the times it was seen. No picture is kept; of a picture a fingerprint
is computed that cannot be shown. No faces are compared. All of it is treated as sensitive.

**Legal ground.** GDPR article 6: {article_6}. Article 9: {article_9}. Decision: {decision}.

**Where from.** Public pages of: {sites}. The sites' robots.txt and reservations are honoured.

**How long.** Ad text {raw_text_days} days after the ad was last seen ({undecided_days} days while it waits to be read), what is needed to recognise
the same advertiser {linking_days} days, after a dismissal {dismissed_days} days, after a contact {approved_days} days.

**Who sees it.** Named staff bound to secrecy. Every reading is logged. The police have no account. Statistics never show fewer than five.
When something is handed to another body, such as a municipality or social emergency services, it is put on record to whom, what and on which ground.
Nothing is taken outside the EU.

**No decision by machine.** A public table of points orders what is read first. Two people decide, and all they can decide on is an offer of support.

**Your rights.** You can ask what we have, ask for it to be corrected, restricted or erased, object to our having it, or ask never to be contacted.
You need to give no reason. We check who asks before anything is disclosed, because a phone number may be somebody else's; no contact is made meanwhile.
You get an answer within a month. You can complain to the Swedish Authority for Privacy Protection.

Decision {number}, valid until {review}.
""",
}


def notice(settings: Settings, language: str) -> str:
    """Return the public notice in Swedish (`sv`) or English (`en`)."""
    basis, retention, unsaid = settings.general.legal_basis, settings.general.retention, UNSAID[language]
    days = {name: getattr(retention, name) for name in retention.__dataclass_fields__}
    return NOTICE[language].format(
        controllers=", ".join(basis.controllers) or unsaid,
        article_6=basis.gdpr_article_6 or unsaid,
        article_9=basis.gdpr_article_9 or unsaid,
        decision=basis.deletion_decision or unsaid,
        number=basis.decision_number or unsaid,
        review=basis.review_date or unsaid,
        sites=", ".join(site.site for site in settings.sites) or unsaid,
        **days,
    )


def record_of_processing(settings: Settings) -> dict[str, Any]:
    """Return the record of processing (GDPR article 30) of this installation."""
    general = settings.general
    basis, retention = general.legal_basis, general.retention
    return {
        "controllers": list(basis.controllers),
        "purpose": "Offering support to people who may need it, found through public ads; nobody is contacted without two people's decision.",
        "grounds": {"article_6": basis.gdpr_article_6, "article_9": basis.gdpr_article_9, "search_ban": basis.search_ban_assessment},
        "decision": {"number": basis.decision_number, "deletion": basis.deletion_decision, "review_date": basis.review_date},
        "data_subjects": ["people who advertise", "people who are advertised by others", "staff with an account"],
        "categories": ["ad text", "contacts", "municipality", "prices", "stated age", "language of the ad", "hashes of pictures", "decisions about contact"],
        "special_categories": "everything is treated as data on sex life (article 9)",
        "recipients": ["named staff bound to secrecy; a list handed to another organisation is on the disclosure record", "no one outside the EU"],
        "sources": [{"site": site.site, "legal_note": site.legal_note} for site in settings.sites],
        "kept_days": {name: getattr(retention, name) for name in retention.__dataclass_fields__},
        "casebook_kept": dict(sorted(KEPT.items())),
        "security": ["encrypted at rest under a key for each store", "pseudonyms by keyed hash", "four eyes held by the database", "audited reads",
                     "no picture is kept", "erasure by pseudonym, replayed at every restore"],
        "safeguarding_officer": general.safeguarding.officer,
    }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One line of the incident report: who did what how often in the time asked for, first and last."""

    who: str
    action: str
    times: int
    subjects: int
    first: str
    last: str


def incident(book: Casebook, *, since: datetime, until: datetime) -> dict[str, Any]:
    """Return who saw or did what between two moments (naive UTC), and whether the audit that says so is whole."""
    rows = book.con.execute(
        "SELECT who, action, count(*), count(DISTINCT subject), min(at), max(at) FROM audit WHERE at >= ? AND at <= ? GROUP BY 1, 2 ORDER BY 1, 2",
        (since.isoformat(), until.isoformat()),
    ).fetchall()
    seen = [Seen(who=row[0], action=row[1], times=row[2], subjects=row[3], first=row[4], last=row[5]) for row in rows]
    return {"since": since.isoformat() + "Z", "until": until.isoformat() + "Z", "audit_broken_at": book.first_broken_row(), "rows": seen}
