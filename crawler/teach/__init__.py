"""Teach a site without code: look at a few pages, propose a config, keep saved pages that hold nothing of anybody, and tell when a field dies."""
