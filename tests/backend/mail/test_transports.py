"""Where a mail goes, with a real mail server on the loopback interface."""

import ssl
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from sqlalchemy import URL

from app.mail.mailbox import Mailbox
from app.mail.messages import Sender, compose
from app.mail.transports import DeliveryError, NoTransport, SmtpTransport, transport_for
from app.settings import Settings
from tests.backend.factories import make_settings
from tests.smtp_server import SmtpServer, smtp_server

pytestmark = pytest.mark.anyio

LOGIN = ("app", "hunter2")


def make_mail(to: str = "ada@example.com") -> EmailMessage:
    """Return a mail."""
    sender = Sender("Kingpost", "no-reply@example.com")
    values = {"email": to, "link": "http://localhost/#token=x", "lifetime": "one hour"}
    return compose(sender, to, "Choose a new password", "password-reset", **values)


def make_mail_settings(folder: Path, server: SmtpServer, **changed: object) -> Settings:
    """Return settings that name a mail server."""
    given: dict[str, object] = {
        "SMTP_HOST": "localhost",
        "SMTP_PORT": server.port,
        "SMTP_SECURITY": "none",
    }
    return make_settings(URL.create("sqlite", database="x"), folder, **given | changed)


async def refusal(settings: Settings, mail: EmailMessage | None = None) -> DeliveryError:
    """Send a mail that is not taken, and return why."""
    with pytest.raises(DeliveryError) as caught:
        await SmtpTransport(settings).send(mail or make_mail())
    return caught.value


@pytest.fixture
def authority() -> trustme.CA:
    """Return who vouches for certificates."""
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """Return the certificate of a mail server."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def _trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Make this machine trust the authority."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


async def test_mail_arrives(tmp_path: Path) -> None:
    """What was written is what the server gets, in both forms."""
    async with smtp_server() as server:
        await SmtpTransport(make_mail_settings(tmp_path, server)).send(make_mail())

    (mail,) = server.mails
    assert mail["To"] == "ada@example.com"
    assert mail["From"] == "Kingpost <no-reply@example.com>"
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "http://localhost/#token=x" in text.get_content()
    assert 'href="http://localhost/#token=x"' in html.get_content()


async def test_address_beyond_ascii(tmp_path: Path) -> None:
    """An address may have any letters (RFC 6531)."""
    async with smtp_server() as server:
        await SmtpTransport(make_mail_settings(tmp_path, server)).send(
            make_mail("jörg@example.com")
        )

    assert server.mails[0]["To"] == "jörg@example.com"


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_encrypted(tmp_path: Path, certificate: ssl.SSLContext, security: str) -> None:
    """Encrypted in either way, and signed in."""
    at_once = security == "tls"
    async with smtp_server(tls=certificate, tls_at_once=at_once, login=LOGIN) as server:
        settings = make_mail_settings(
            tmp_path,
            server,
            SMTP_SECURITY=security,
            SMTP_USER=LOGIN[0],
            SMTP_PASSWORD=LOGIN[1],
        )
        await SmtpTransport(settings).send(make_mail())

    assert len(server.mails) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_certificate_of_nobody(
    tmp_path: Path, certificate: ssl.SSLContext, security: str
) -> None:
    """A server whose certificate nobody vouches for gets neither password nor mail."""
    at_once = security == "tls"
    async with smtp_server(tls=certificate, tls_at_once=at_once, login=LOGIN) as server:
        error = await refusal(make_mail_settings(tmp_path, server, SMTP_SECURITY=security))

    assert server.mails == []
    assert not error.temporary


async def test_encryption_is_demanded(tmp_path: Path) -> None:
    """A server that does not offer encryption gets nothing, unless the settings say so."""
    async with smtp_server() as server:
        error = await refusal(make_mail_settings(tmp_path, server, SMTP_SECURITY="starttls"))

    assert server.mails == []
    assert not error.temporary


@pytest.mark.parametrize(
    ("reply", "reason", "temporary"),
    [
        ("451 ada@example.com: later", "SMTPDataError 451", True),
        ("550 ada@example.com: never", "SMTPDataError 550", False),
        ("", "SMTPServerDisconnected", True),
    ],
)
async def test_refusals(tmp_path: Path, reply: str, reason: str, temporary: bool) -> None:
    """A refusal says its kind and code, whether to try again, and nobody's address."""
    async with smtp_server() as server:
        server.replies.append(reply)
        error = await refusal(make_mail_settings(tmp_path, server))

    assert (error.reason, error.temporary) == (reason, temporary)
    assert "ada" not in str(error)
    assert error.__cause__ is None


async def test_wrong_password(tmp_path: Path) -> None:
    """A password that is wrong stays wrong."""
    async with smtp_server(login=LOGIN) as server:
        settings = make_mail_settings(tmp_path, server, SMTP_USER="app", SMTP_PASSWORD="wrong")
        error = await refusal(settings)

    assert (error.reason, error.temporary) == ("SMTPAuthenticationError 535", False)
    assert "wrong" not in str(error)


async def test_nobody_there(tmp_path: Path) -> None:
    """A server that is away may be back later."""
    async with smtp_server() as server:
        pass

    assert (await refusal(make_mail_settings(tmp_path, server))).temporary


async def test_without_a_server(settings: Settings) -> None:
    """In development mail is kept; elsewhere it is refused, and the setting named."""
    await transport_for(settings).send(make_mail())
    production = settings.model_copy(update={"ENVIRONMENT": "production"})

    with pytest.raises(DeliveryError, match="SMTP_HOST"):
        await transport_for(production).send(make_mail())
    assert isinstance(transport_for(production), NoTransport)
    assert [mail.to for mail in Mailbox.of(settings).mails()] == ["ada@example.com"]


async def test_mailbox_that_cannot_be_written_to(settings: Settings, tmp_path: Path) -> None:
    """A folder that is none is a mail that was not kept, and no crash."""
    (tmp_path / "data").write_text("")

    with pytest.raises(DeliveryError) as caught:
        await transport_for(settings).send(make_mail())
    assert not caught.value.temporary
