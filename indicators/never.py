"""Attributes that never count for or against anyone, whatever the literature says of them."""

NEVER_SCORE = frozenset(
    {
        "nationality_or_ethnicity",
        "migrant_status_or_country_code",
        "language_or_poor_language",
        "transgender_or_gender",
        "sexual_orientation_or_clientele",
        "appearance",
        "tattoos_marks",
        "face_visibility",
        "stated_age_adult",
        "service_type",
        "selling_sex_itself",
        "thai_or_asian_massage",
        "movement_alone",
        "incall_only",
        "client_screening",
        "emoji",
        "health_data",
        "religion_politics",
        "residential_area",
        "criminal_or_police_hits",
        "no_contact_wish",
        "public_or_private_status",
    }
)
