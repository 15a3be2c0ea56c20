"""The templates of pages and of texts beside clips; whatever is put into pages is escaped."""

from __future__ import annotations

from pathlib import Path

import jinja2

__all__ = ["NAMES", "template"]

NAMES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
"""Each language as its own readers call it."""

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=jinja2.select_autoescape(["html"]),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def template(name: str) -> jinja2.Template:
    """Give a template by the name of its file."""
    return _templates.get_template(name)
