"""What all pages of the made-up sites share: the banner that says so, the footer, a little style."""

from __future__ import annotations

from html import escape

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; color: #222; background: #f6f4f0 }
.band { background: #ffe9a8; text-align: center; padding: .3rem; font-size: .9rem }
header { background: #2d4a5a; color: #fff; padding: .8rem 1.2rem; font-size: 1.4rem }
header a { color: #fff; text-decoration: none }
main { max-width: 52rem; margin: 1rem auto; background: #fff; padding: 1rem 1.5rem; border: 1px solid #ddd }
footer { text-align: center; color: #666; padding: 1rem; font-size: .9rem }
.text { white-space: pre-line; margin: 1rem 0 }
img { max-width: 11rem; height: auto; margin-right: .4rem; border: 1px solid #ccc }
ul { padding-left: 1.1rem } .rad { border-bottom: 1px solid #eee; padding: .5rem 0 } .dim { color: #666 }
"""
BANNER = "Påhittat: allt på den här sidan är uppdiktat. Inga personer, nummer eller annonser finns på riktigt."


def page(site: str, title: str, inner: str, *, head: str = "") -> str:
    """Return a whole page: banner, header with the site's name, the given main part (HTML), footer with a link nobody should follow."""
    name = escape(site.capitalize())
    return (
        f'<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8"><title>{escape(title)} – {name}</title>\n'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>{head}</head>\n<body><div class="band">{BANNER}</div>\n'
        f'<header><a href="/">{name}</a></header>\n{inner}\n'
        f'<footer>{name} är en påhittad annonssida. <a href="/regler">Regler</a> · <a href="/admin" rel="nofollow">För personal</a></footer></body></html>\n'
    )


def element(tag: str, kind: str, text: str, *, attributes: str = "") -> str:
    """Return an element of a class with escaped text; '' for an empty text."""
    return f'<{tag} class="{kind}"{attributes}>{escape(text)}</{tag}>\n' if text else ""


def items(kind: str, texts: tuple[str, ...]) -> str:
    """Return a list of a class, one item a text; '' without any."""
    inner = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="{kind}">{inner}</ul>\n' if inner else ""


def path_of(address: str) -> str:
    """Return the path of a public address."""
    return "/" + address.split("/", 3)[3]
