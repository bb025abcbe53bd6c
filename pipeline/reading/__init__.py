"""Read one text: contacts, places, prices, ages, languages and cues, each with its span."""
