"""What every served page has loaded before it starts: the program and its templates, kept by a parent that serves nobody and opens nothing.

A page that is forked from it is a process of its own, with its own casebook, snapshot and socket; only imports and templates are not made anew.
"""

from __future__ import annotations

import pipeline.indicator_settings  # noqa: F401  loads the indicators
from review.drawing.map import shapes
from review.rendering import templates

for name in templates().list_templates():
    templates().get_template(name)
shapes()
