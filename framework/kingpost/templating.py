"""Pages from Jinja2 templates; needs the extra ``templates``."""

from starlette.templating import Jinja2Templates

__all__ = ["Jinja2Templates"]
