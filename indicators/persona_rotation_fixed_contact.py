"""People rotate, contact stays."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="persona_rotation_fixed_contact",
    title=Text(sv="Personer byts ut men kontakten består", en="People rotate, contact stays"),
    definition="At one phone/contact in one municipality, >=4 personas succeed each other within 60 days, median stay <= 14 days, overlap small.",
    family="movement",
    tier="strong",
    sources=(
        "unodc",
        "nrk2022",
        "polaris_imb",
    ),
    innocent=(Text(sv="En arbetslägenhet som hyrs ut med en gemensam telefon.", en="A rented work flat with a shared phone."),),
    misses=(Text(sv="Personer som stannar längre än två veckor.", en="People who stay longer than two weeks."),),
    reads=(
        "persona",
        "place",
    ),
    params={"min_personas": 4, "window_days": 60, "max_median_stay_days": 14, "max_overlap": 0.3},
    rule=Sql("persona_rotation_fixed_contact.sql"),
    explain=Text(
        sv="{n} personer har avlöst varandra på samma kontakt i {city} (medianvistelse {m} dagar).",
        en="{n} people have succeeded each other on one contact in {city} (median stay {m} days).",
    ),
)
