"""The settings, read from the environment and from a ``.env`` file at the root of the project."""

import secrets
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, parse_many
from pydantic import (
    AfterValidator,
    BeforeValidator,
    EmailStr,
    Field,
    InstanceOf,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.private_files import write_private

SECRET_LENGTH = 32
"""Characters that a secret needs at least: the size of the HMAC of HS256 (RFC 7518, 3.2)."""


def _project_root() -> Path:
    """Return the folder that holds ``alembic.ini``, or the current one for an installed copy."""
    root = Path(__file__).resolve().parents[2]
    return root if (root / "alembic.ini").is_file() else Path.cwd()


PROJECT_ROOT = _project_root()

# Where Docker and Kubernetes put secrets: a file for each, with the setting's name.
SECRETS_DIR = Path("/run/secrets")

# Passwords that everybody tries first.
_DEFAULT_PASSWORDS = {
    "admin",
    "changeme",
    "changethis",
    "kingpost",
    "password",
    "postgres",
    "secret",
}


class SettingsError(Exception):
    """Settings are wrong or missing; the message is one sentence that names each of them."""


def _database_url(given: SecretStr) -> SecretStr:
    """Return an address with the asynchronous driver of its database.

    ``postgres://`` and ``postgresql://`` become ``postgresql+asyncpg://``, with libpq's
    ``sslmode`` under asyncpg's name ``ssl``; ``sqlite://`` becomes ``sqlite+aiosqlite://``.
    """
    try:
        url = make_url(given.get_secret_value())
    except (ArgumentError, ValueError) as error:
        # The error of SQLAlchemy repeats the address, and with it a password.
        raise ValueError("is not the address of a database") from error
    match url.get_backend_name():
        case "postgresql" | "postgres":
            url = url.set(drivername="postgresql+asyncpg")
            if "sslmode" in url.query:
                mode = url.query["sslmode"]
                url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
        case "sqlite":
            url = url.set(drivername="sqlite+aiosqlite")
            if url.database in (None, "", ":memory:"):
                raise ValueError("must name a file, because every connection has its own memory")
        case _:
            raise ValueError("must begin with postgresql:// or sqlite:///")
    return SecretStr(url.render_as_string(hide_password=False))


def _origins(given: Any) -> Any:
    """Split a list written with commas."""
    if isinstance(given, str):
        return [part.strip().rstrip("/") for part in given.split(",") if part.strip()]
    return given


def _origin(origin: str) -> str:
    scheme, _, host = origin.partition("://")
    if scheme not in ("http", "https") or not host or set(host) & set("/?#@ "):
        raise ValueError("must be origins such as https://app.example.com, with commas between")
    return origin.lower()


def _is_loopback(origin: str) -> bool:
    return urlsplit(origin).hostname in ("localhost", "127.0.0.1", "::1")


def _cache_url(given: SecretStr) -> SecretStr:
    url = urlsplit(given.get_secret_value())
    named = url.path if url.scheme == "unix" else url.hostname
    if url.scheme not in ("redis", "rediss", "valkey", "valkeys", "unix") or not named:
        raise ValueError("must begin with valkey://, valkeys://, redis://, rediss:// or unix://")
    return given


def _rate(given: object) -> object:
    """Read a rate such as ``10 per 15 minutes``."""
    if not isinstance(given, str):
        return given
    try:
        rates = parse_many(given)
    except ValueError:
        rates = []
    if len(rates) != 1 or rates[0].amount < 1:
        raise ValueError("must be one rate of at least 1, such as 10 per 15 minutes")
    return rates[0]


Port = Annotated[int, Field(ge=1, le=65535)]
Rate = Annotated[InstanceOf[RateLimitItem], BeforeValidator(_rate)]


class Settings(BaseSettings):
    """Every setting; ``.env.example`` says in a line what each one means."""

    model_config = SettingsConfigDict(
        env_file=PROJECT_ROOT / ".env",
        secrets_dir=SECRETS_DIR if SECRETS_DIR.is_dir() else None,
        env_ignore_empty=True,
        extra="ignore",
        case_sensitive=True,
        frozen=True,
        hide_input_in_errors=True,
    )

    # The safe kind is the default: a deployment that forgets the variable stays protected.
    ENVIRONMENT: Literal["development", "production"] = "production"
    PROJECT_NAME: Annotated[str, Field(min_length=1, max_length=60)] = "Kingpost"
    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    API_PORT: Port = 8000
    WEB_PORT: Port = 5173
    ALLOWED_ORIGINS: Annotated[
        list[Annotated[str, AfterValidator(_origin)]], NoDecode, BeforeValidator(_origins)
    ] = []
    PUBLIC_ORIGINS: Annotated[
        list[Annotated[str, AfterValidator(_origin)]], NoDecode, BeforeValidator(_origins)
    ] = []
    FRONTEND_DIR: Path | None = None

    DATA_DIR: Path = PROJECT_ROOT / ".data"
    DATABASE_URL: Annotated[SecretStr, AfterValidator(_database_url)] | None = None
    DATABASE_PASSWORD: SecretStr | None = None

    SECRET_KEY: SecretStr | None = Field(default=None, validate_default=True)
    ACCESS_TOKEN_MINUTES: Annotated[int, Field(ge=1, le=60)] = 10
    REFRESH_TOKEN_DAYS: Annotated[int, Field(ge=1, le=365)] = 30
    PASSWORD_HASH_MEMORY_KIB: Annotated[int, Field(ge=32, le=1_048_576)] = 65_536
    PASSWORD_HASH_PASSES: Annotated[int, Field(ge=1, le=100)] = 3

    CACHE_URL: Annotated[SecretStr, AfterValidator(_cache_url)] | None = None
    LIMIT_SIGN_IN_PER_ADDRESS: Rate = RateLimitItemPerMinute(60, 15)
    LIMIT_SIGN_IN_PER_ACCOUNT: Rate = RateLimitItemPerMinute(10, 15)
    LIMIT_SIGN_UP_PER_ADDRESS: Rate = RateLimitItemPerHour(30)
    LIMIT_SIGN_UP_PER_ACCOUNT: Rate = RateLimitItemPerHour(5)
    LIMIT_RECOVERY_PER_ADDRESS: Rate = RateLimitItemPerHour(30)
    LIMIT_RECOVERY_PER_ACCOUNT: Rate = RateLimitItemPerHour(5)
    LIMIT_RESET_PER_ADDRESS: Rate = RateLimitItemPerHour(30)
    LIMIT_RESET_PER_ACCOUNT: Rate = RateLimitItemPerHour(10)
    LIMIT_PASSWORD_PER_ADDRESS: Rate = RateLimitItemPerMinute(60, 15)
    LIMIT_PASSWORD_PER_ACCOUNT: Rate = RateLimitItemPerMinute(10, 15)
    LIMIT_REFRESH_PER_ADDRESS: Rate = RateLimitItemPerMinute(600)
    LIMIT_REFRESH_PER_ACCOUNT: Rate = RateLimitItemPerMinute(60)

    ADMIN_EMAIL: EmailStr = "admin@example.com"
    ADMIN_PASSWORD: Annotated[SecretStr, Field(min_length=12, max_length=128)] | None = None

    SMTP_HOST: Annotated[str, Field(max_length=253)] | None = None
    SMTP_PORT: Port = 587
    SMTP_SECURITY: Literal["starttls", "tls", "none"] = "starttls"
    SMTP_USER: str | None = None
    SMTP_PASSWORD: SecretStr | None = None
    MAIL_FROM: EmailStr | None = Field(default=None, validate_default=True)

    @field_validator(
        "SECRET_KEY", "DATABASE_PASSWORD", "ADMIN_PASSWORD", "SMTP_PASSWORD", mode="before"
    )
    @classmethod
    def _ignore_empty(cls, given: Any) -> Any:
        """Take an empty file of a secret for none, as an empty variable is."""
        return None if given == "" else given

    @field_validator("LOG_LEVEL")
    @classmethod
    def _check_log(cls, level: str, info: ValidationInfo) -> str:
        """Refuse to log outside development what only helps to find a mistake."""
        if level == "DEBUG" and info.data.get("ENVIRONMENT") == "production":
            raise ValueError("must be INFO or less outside development")
        return level

    @field_validator("DATABASE_URL", "DATABASE_PASSWORD")
    @classmethod
    def _check_password(cls, given: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Refuse a database outside development that opens with a password everybody knows."""
        if given is None or info.data.get("ENVIRONMENT") != "production":
            return given
        value = given.get_secret_value()
        url = make_url(value) if info.field_name == "DATABASE_URL" else None
        password = str(url.password or "") if url is not None else value
        if password and (password in _DEFAULT_PASSWORDS or (url and password == url.username)):
            raise ValueError("has a password that everybody tries first; choose a random one")
        return given

    @field_validator("SECRET_KEY")
    @classmethod
    def _check_secret(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Refuse a secret that can be guessed, and none at all outside development."""
        if secret is None:
            if info.data.get("ENVIRONMENT") == "production":
                raise ValueError(
                    f"is missing; give it {SECRET_LENGTH} or more random characters, or set "
                    "ENVIRONMENT=development to have one made"
                )
            return None
        value = secret.get_secret_value()
        # Few different characters: a placeholder such as "changeme-changeme-changeme-…".
        if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_LENGTH // 3:
            raise ValueError(f"must be {SECRET_LENGTH} or more random characters")
        return secret

    @field_validator("PASSWORD_HASH_MEMORY_KIB", "PASSWORD_HASH_PASSES")
    @classmethod
    def _check_hash(cls, value: int, info: ValidationInfo) -> int:
        """Refuse a hash outside development that is cheaper to guess than OWASP recommends."""
        least = {"PASSWORD_HASH_MEMORY_KIB": 19_456, "PASSWORD_HASH_PASSES": 2}
        name = info.field_name or ""
        if info.data.get("ENVIRONMENT") == "production" and value < least.get(name, 0):
            raise ValueError(f"must be at least {least[name]} outside development")
        return value

    @field_validator("ALLOWED_ORIGINS", "PUBLIC_ORIGINS")
    @classmethod
    def _check_public(cls, origins: list[str], info: ValidationInfo) -> list[str]:
        """Refuse to send links and answers over connections that anybody can read and change."""
        if info.data.get("ENVIRONMENT") == "production":
            for origin in origins:
                if not origin.startswith("https://") and not _is_loopback(origin):
                    raise ValueError("must begin with https:// outside development")
        return origins

    @field_validator("SMTP_HOST")
    @classmethod
    def _check_links(cls, host: str | None, info: ValidationInfo) -> str | None:
        """Refuse mail outside development whose links would lead wherever a request says."""
        production = info.data.get("ENVIRONMENT") == "production"
        if host is not None and production and info.data.get("PUBLIC_ORIGINS") == []:
            raise ValueError(
                "needs PUBLIC_ORIGINS, the addresses of this site that the links in mails lead to"
            )
        return host

    @field_validator("SMTP_PASSWORD")
    @classmethod
    def _check_login(cls, password: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Refuse a password without a name, and one that would be sent unencrypted."""
        if password is not None and info.data.get("SMTP_USER") is None:
            raise ValueError("needs SMTP_USER, the name that it belongs to")
        production = info.data.get("ENVIRONMENT") == "production"
        if password is not None and production and info.data.get("SMTP_SECURITY") == "none":
            raise ValueError("would be sent unencrypted; set SMTP_SECURITY to starttls or tls")
        return password

    @field_validator("MAIL_FROM")
    @classmethod
    def _check_sender(cls, sender: str | None, info: ValidationInfo) -> str | None:
        """Refuse mail outside development from an address that is nobody's."""
        production = info.data.get("ENVIRONMENT") == "production"
        if sender is None and production and info.data.get("SMTP_HOST") is not None:
            raise ValueError("is missing; give the address that mails are sent from")
        return sender

    @field_validator("FRONTEND_DIR")
    @classmethod
    def _check_frontend(cls, directory: Path | None) -> Path | None:
        """Refuse a folder without a page, which would make the whole site a 404."""
        if directory is not None and not (directory / "index.html").is_file():
            raise ValueError("must be the folder of a built front end, with its index.html")
        return directory

    @property
    def frontend_dir(self) -> Path | None:
        """The built front end: the folder given, else the usual one where it is there."""
        usual = PROJECT_ROOT / "frontend" / "dist"
        return self.FRONTEND_DIR or (usual if (usual / "index.html").is_file() else None)

    @property
    def in_development(self) -> bool:
        """Whether the application runs on a developer's machine, without TLS."""
        return self.ENVIRONMENT == "development"

    @property
    def mail_from(self) -> str:
        """The address that mails are sent from."""
        return self.MAIL_FROM or "no-reply@example.com"

    @property
    def sends_mail(self) -> bool:
        """Whether mail leaves the application, or in development is kept for the developer."""
        return self.SMTP_HOST is not None or self.in_development

    @property
    def database_url(self) -> URL:
        """The address of the database, with its driver; by default a file in ``DATA_DIR``."""
        if self.DATABASE_URL is None:
            return URL.create("sqlite+aiosqlite", database=str(self.DATA_DIR / "app.db"))
        url = make_url(self.DATABASE_URL.get_secret_value())
        if self.DATABASE_PASSWORD is not None and url.get_backend_name() == "postgresql":
            url = url.set(password=self.DATABASE_PASSWORD.get_secret_value())
        return url

    @property
    def cache_url(self) -> str | None:
        """The address of Valkey, if there is one."""
        return self.CACHE_URL.get_secret_value() if self.CACHE_URL is not None else None

    @property
    def secret_key(self) -> str:
        """The secret that signs access tokens.

        Raises:
            SettingsError: There is none; ``load_settings()`` makes one in development.
        """
        if self.SECRET_KEY is None:
            raise SettingsError("SECRET_KEY is missing; read the settings with load_settings().")
        return self.SECRET_KEY.get_secret_value()


def load_settings() -> Settings:
    """Read the settings, and in development make the secret that is missing.

    Raises:
        SettingsError: Variables are wrong or missing; the message names each, never its value.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_describe(error)) from None
    if settings.SECRET_KEY is None:
        try:
            secret = _kept_secret(settings.DATA_DIR / "secret-key")
        except OSError as error:
            raise SettingsError(
                "The settings are not usable: DATA_DIR: must be a folder that can be written to "
                f"({type(error).__name__}), or SECRET_KEY be given (.env.example explains each)."
            ) from None
        settings = settings.model_copy(update={"SECRET_KEY": SecretStr(secret)})
    return settings


def _describe(error: ValidationError) -> str:
    problems: dict[str, str] = {}
    for problem in error.errors(include_input=False, include_context=False, include_url=False):
        name = str(problem["loc"][0])
        problems.setdefault(name, problem["msg"].removeprefix("Value error, "))
    listed = "; ".join(f"{name}: {problem}" for name, problem in problems.items())
    return f"The settings are not usable: {listed} (.env.example explains each)."


def _kept_secret(path: Path) -> str:
    """Return the secret kept at *path*, made on first use and readable by its owner alone."""
    write_private(path, secrets.token_urlsafe(48) + "\n", keep=True)
    return path.read_text().strip()
