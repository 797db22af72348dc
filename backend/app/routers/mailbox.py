"""The developer's mailbox: pages with the mails that no mail server took.

Mounted in development alone, see ``create_app()``: the mails hold links that open accounts.
"""

from typing import Annotated

from anyio import to_thread

from app.dependencies import ResourcesDep
from app.errors import AppError
from app.mail.mailbox import KEPT, KeptMail, Mailbox
from app.mail.rendering import render
from kingpost import APIRouter, Depends
from kingpost.responses import HTMLResponse, Response

router = APIRouter(prefix="/dev/mailbox", tags=["development"], include_in_schema=False)

# A mail is somebody else's page: it may look as it likes, and run, load and send nothing. The
# sandbox holds also where it is opened by itself.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_NO_STORE = {"Cache-Control": "no-store"}


async def find_mail(name: str, resources: ResourcesDep) -> KeptMail:
    """Return the mail that a path names.

    Raises:
        AppError: 404 ``not_found``.
    """
    mail = await to_thread.run_sync(Mailbox.of(resources.settings).read, name)
    if mail is None:
        raise AppError(404, "not_found", "There is no such mail, or not any more.")
    return mail


MailDep = Annotated[KeptMail, Depends(find_mail)]


@router.get("")
async def list_(resources: ResourcesDep) -> HTMLResponse:
    """Show the mails, newest first."""
    mails = await to_thread.run_sync(Mailbox.of(resources.settings).mails)
    product = resources.settings.PROJECT_NAME
    page = render("mailbox/list.html", product=product, mails=mails, kept=KEPT)
    return HTMLResponse(page, headers=_NO_STORE)


@router.get("/style.css")
async def style() -> Response:
    """Show how the pages look."""
    return Response(render("mailbox/style.css"), media_type="text/css")


@router.get("/{name}")
async def read(mail: MailDep, resources: ResourcesDep) -> HTMLResponse:
    """Show a mail: its HTML in a frame that may do nothing, and its text."""
    product = resources.settings.PROJECT_NAME
    page = render("mailbox/mail.html", product=product, mail=mail)
    return HTMLResponse(page, headers=_NO_STORE)


@router.get("/{name}/html")
async def read_html(mail: MailDep) -> HTMLResponse:
    """Show the HTML of a mail as its reader sees it; links open a tab of their own."""
    page = mail.html.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(page, headers={**_NO_STORE, "Content-Security-Policy": _MAIL_POLICY})
