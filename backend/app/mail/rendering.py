"""The templates of mails and of the mailbox's pages, in the folder beside this module."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    # A name that is misspelt is an error, not a gap in somebody's mail.
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, **values: object) -> str:
    """Return a template filled in; in HTML every value is escaped.

    Args:
        template: Its file's path in the folder.
        values: What it mentions.
    """
    return _TEMPLATES.get_template(template).render(values)
