"""An ad of work offers several things at once that make somebody depend on whoever pays."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue, listed

ID = "recruitment_dependency_offer"
JOURNEY = ("vi betalar resan", "sv:recruitment_dependency_offer:1")
VISA = ("hjälp med visum", "sv:recruitment_dependency_offer:2")
VISA_EN = ("visa help", "en:recruitment_dependency_offer:2")
HOUSING = ("boende ingår", "sv:live_in_cue:1")


def world(*offers: tuple[str, str], category: str = "recruitment", negated: bool = False, field: str = "text") -> dict[str, tuple[Row, ...]]:
    """One ad with these offers, each a phrase and where it stands in the list, linked with another ad."""
    said = [{**cue(1, where.split(":")[1], phrase, field=field, negated=negated), "cue_id": where} for phrase, where in offers]
    return {"ad": (listed(1, category),), "shown_ad": (ad(1), ad(2)), "cue": tuple(said)}


INDICATOR = Indicator(
    id="recruitment_dependency_offer",
    title=Text(sv="Rekryteringsannons med beroende", en="Recruitment ad with dependency"),
    definition=Text(
        sv="En annons om arbete erbjuder minst två av: betald resa, hjälp med visum, boende, förskott, lön som andel av intäkterna. Var för sig är de "
        "vanliga.",
        en="An ad of work offers at least two of: the journey paid, help with a visa, housing, an advance, a share of the takings as pay. Each of them "
        "alone is ordinary.",
    ),
    family="venue",
    tier="moderate",
    sources=("volodko2019", "ilo2009"),
    innocent=(Text(sv="En arbetsgivare som hjälper den som flyttar hit.", en="An employer who helps people to relocate."),),
    misses=(
        Text(sv="Annonser om arbete som sajten inte listar som sådana.", en="Ads of work that a site does not list as such."),
        Text(sv="Formuleringar och språk som ordlistan saknar; den har fraser på svenska, engelska och thailändska.",
             en="Phrases and languages that the lexicon lacks; it has phrases in Swedish, English and Thai."),
    ),
    reads=("ad", "cue", "shown_ad"),
    params={"min_items": 2},
    rule=Sql("recruitment_dependency_offer.sql"),
    explain=Text(sv="Jobbannons kopplad till klustret erbjuder ”{items}”.", en="A job ad tied to the cluster offers “{items}”."),
    examples=(
        Example(name="the journey and a visa in one ad of work", given=world(JOURNEY, VISA), finds=frozenset({"k-1"})),
        Example(name="housing is one of the items", given=world(JOURNEY, HOUSING), finds=frozenset({"k-1"})),
        Example(name="one item is ordinary", given=world(VISA), finds=frozenset()),
        Example(name="one item said twice is one item", given=world(VISA, VISA), finds=frozenset()),
        Example(name="one item in two languages is one item", given=world(VISA, VISA_EN), finds=frozenset()),
        Example(name="a parlour's own ad is no ad of work", given=world(JOURNEY, VISA, category="massage"), finds=frozenset()),
        Example(name="what is not offered is not a finding", given=world(JOURNEY, VISA, negated=True), finds=frozenset()),
        Example(name="a comment is not the recruiter's", given=world(JOURNEY, VISA, field="comment"), finds=frozenset()),
    ),
)  # fmt: skip
