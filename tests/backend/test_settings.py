"""The settings: what is read, what is refused, and how it is said."""

import re
import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values

from app.main import create_app
from app.settings import PROJECT_ROOT, Settings, SettingsError, load_settings

SECRET = "a0b1c2d3e4f5g6h7i8j9k0l1m2n3o4p5"


@pytest.fixture(autouse=True)
def _no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the files of whoever runs the tests away, and what is made in a folder of its own."""
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setitem(Settings.model_config, "secrets_dir", None)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def test_every_setting_is_explained() -> None:
    """.env.example names every setting, in the order of the class, each after a comment."""
    text = (PROJECT_ROOT / ".env.example").read_text()
    entries = re.findall(r"^# .+\n([A-Z_]+)=", text, re.MULTILINE)

    assert sorted(entries) == sorted(Settings.model_fields)
    assert entries == re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)


def test_example_is_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    """.env.example works as it stands, and says what the defaults are."""
    monkeypatch.delenv("DATA_DIR")
    monkeypatch.setitem(Settings.model_config, "env_file", PROJECT_ROOT / ".env.example")

    example = Settings().model_dump(exclude={"ENVIRONMENT"})

    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("ENVIRONMENT", "development")
    assert example == Settings().model_dump(exclude={"ENVIRONMENT"})
    assert dotenv_values(PROJECT_ROOT / ".env.example")["ENVIRONMENT"] == "development"


def test_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is set in the environment is what counts."""
    file = tmp_path / ".env"
    file.write_text(f"SECRET_KEY={SECRET}\nAPI_PORT=1111\nWEB_PORT=2222\n")
    monkeypatch.setitem(Settings.model_config, "env_file", file)
    monkeypatch.setenv("API_PORT", "3333")

    settings = load_settings()

    assert (settings.API_PORT, settings.WEB_PORT) == (3333, 2222)


def test_secrets_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A secret may be a file with the setting's name; the environment wins, unless it is empty."""
    for name, value in {
        "SECRET_KEY": SECRET,
        "ADMIN_PASSWORD": "from a file, ignored",
        "DATABASE_PASSWORD": "p@ss",
    }.items():
        (tmp_path / name).write_text(f"{value}\n")
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setenv("ADMIN_PASSWORD", "from the environment")
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/app")

    settings = load_settings()

    assert settings.secret_key == SECRET
    assert settings.ADMIN_PASSWORD is not None
    assert settings.ADMIN_PASSWORD.get_secret_value() == "from the environment"
    assert settings.database_url.password == "p@ss"


def test_empty_secret_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file without a secret in it, such as that of a mail server that asks for none, is none."""
    (tmp_path / "SECRET_KEY").write_text(SECRET)
    (tmp_path / "SMTP_PASSWORD").write_text("")
    (tmp_path / "ADMIN_PASSWORD").write_text("\n")
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)

    settings = load_settings()

    assert settings.SMTP_PASSWORD is None
    assert settings.ADMIN_PASSWORD is None


def test_easy_choices_are_for_development(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a developer's machine the password of the database may be anything, logs long."""
    monkeypatch.setenv("ENVIRONMENT", "development")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("ALLOWED_ORIGINS", "http://a.example")
    monkeypatch.setenv("DATABASE_URL", "postgresql://kingpost:kingpost@db/kingpost")

    assert load_settings().database_url.password == "kingpost"


def test_production_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment that forgets to say what it is stays protected."""
    monkeypatch.setenv("SECRET_KEY", SECRET)

    assert load_settings().in_development is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENVIRONMENT", "staging"),
        ("API_PORT", "eighty"),
        ("API_PORT", "70000"),
        ("WEB_PORT", "0"),
        ("DATABASE_URL", "mysql://user:hunter2@host/name"),
        ("DATABASE_URL", "hunter2"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("CACHE_URL", "hunter2"),
        ("CACHE_URL", "http://:hunter2@cache:6379"),
        ("CACHE_URL", "valkey:///hunter2"),
        ("LIMIT_SIGN_IN_PER_ADDRESS", "hunter2"),
        ("LIMIT_SIGN_IN_PER_ACCOUNT", "20"),
        ("LIMIT_REFRESH_PER_ACCOUNT", "0 per minute"),
        ("LIMIT_RESET_PER_ACCOUNT", "1 per second; 7 per minute"),
        ("SECRET_KEY", "hunter2"),
        ("SECRET_KEY", "changethis" * 4),
        ("ACCESS_TOKEN_MINUTES", "0"),
        ("REFRESH_TOKEN_DAYS", "forever"),
        ("ADMIN_EMAIL", "hunter2"),
        ("ADMIN_PASSWORD", "hunter2"),
        ("ALLOWED_ORIGINS", "https://a.example,hunter2"),
        ("ALLOWED_ORIGINS", "https://a.example/path"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "http://a.example"),
        ("PUBLIC_ORIGINS", "hunter2.example"),
        ("PUBLIC_ORIGINS", "http://app.example"),
        ("FRONTEND_DIR", "/hunter2"),
        ("SMTP_HOST", "mail.example"),
        ("SMTP_PORT", "0"),
        ("SMTP_SECURITY", "ssl"),
        ("SMTP_PASSWORD", "hunter2"),
        ("MAIL_FROM", "hunter2"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_LEVEL", "DEBUG"),
        ("DATABASE_URL", "postgresql://hunter2:hunter2@host/name"),
        ("DATABASE_URL", "postgresql://user:changethis@host/name"),
        ("DATABASE_PASSWORD", "postgres"),
        ("PASSWORD_HASH_MEMORY_KIB", "1024"),
        ("PASSWORD_HASH_PASSES", "1"),
    ],
)
def test_unusable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A wrong value stops the start with one sentence that names the variable, not the value."""
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        load_settings()

    sentence = str(caught.value)
    assert re.findall(r"\b[A-Z]+_[A-Z_]+\b|ENVIRONMENT", sentence)[:1] == [name]
    assert "\n" not in sentence
    assert value not in sentence
    assert "hunter2" not in sentence


def test_every_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One start tells all that is wrong."""
    for name in ("API_PORT", "ADMIN_EMAIL", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.setenv(name, "wrong")

    with pytest.raises(SystemExit) as caught:
        create_app()

    sentence = str(caught.value)
    for name in ("API_PORT", "ADMIN_EMAIL", "DATABASE_URL", "SECRET_KEY"):
        assert f"{name}: " in sentence


def test_missing_secret_in_production() -> None:
    """Outside development nobody makes a secret up."""
    with pytest.raises(SettingsError, match=r"SECRET_KEY: is missing; .* ENVIRONMENT=development"):
        load_settings()


def test_made_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In development a secret is made once, and readable by its owner alone."""
    monkeypatch.setenv("ENVIRONMENT", "development")

    first, second = load_settings(), load_settings()

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    file = tmp_path / "data" / "secret-key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().strip() == first.secret_key


def test_unwritable_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a made secret cannot be kept, the sentence names the folder's setting."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("ENVIRONMENT", "development")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))

    with pytest.raises(SettingsError, match="DATA_DIR: must be a folder"):
        load_settings()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings can be printed without giving a secret away."""
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("ADMIN_PASSWORD", "the administrator's")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:hunter2@host/name")

    shown = repr(load_settings())

    for secret in (SECRET, "the administrator's", "hunter2"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h:5432/n", "postgresql+asyncpg://u:p@h:5432/n"),
        ("postgresql://u:p@h/n?sslmode=require", "postgresql+asyncpg://u:p@h/n?ssl=require"),
        ("postgresql+psycopg://u:p%40@h/n", "postgresql+asyncpg://u:p%40@h/n"),
        ("sqlite:///some.db", "sqlite+aiosqlite:///some.db"),
        ("sqlite+aiosqlite:////var/some.db", "sqlite+aiosqlite:////var/some.db"),
    ],
)
def test_database_url(monkeypatch: pytest.MonkeyPatch, given: str, used: str) -> None:
    """The usual ways to write an address lead to the asynchronous drivers."""
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", given)

    assert load_settings().database_url.render_as_string(hide_password=False) == used


def test_default_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without an address the embedded database in the folder of the state is used."""
    monkeypatch.setenv("SECRET_KEY", SECRET)

    assert load_settings().database_url.database == str(tmp_path / "data" / "app.db")


@pytest.mark.parametrize(
    "url",
    [
        "valkey://cache:6379/0",
        "valkeys://:hunter2@cache",
        "redis://cache",
        "rediss://cache",
        "unix:///run/valkey",
    ],
)
def test_cache_url(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """An address of Valkey is used as it is, and not shown."""
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("CACHE_URL", url)

    settings = load_settings()

    assert settings.cache_url == url
    assert url not in repr(settings)


@pytest.mark.parametrize(
    ("given", "amount", "seconds"),
    [("5/hour", 5, 3600), ("20 per 10 minutes", 20, 600), ("1 per 2 days", 1, 172_800)],
)
def test_rates(monkeypatch: pytest.MonkeyPatch, given: str, amount: int, seconds: int) -> None:
    """A rate says how often, and in which time."""
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("LIMIT_SIGN_UP_PER_ADDRESS", given)

    rate = load_settings().LIMIT_SIGN_UP_PER_ADDRESS

    assert (rate.amount, rate.get_expiry()) == (amount, seconds)


def test_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Origins stand with commas between them."""
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("ALLOWED_ORIGINS", "https://A.example/, http://localhost:8080,")

    assert load_settings().ALLOWED_ORIGINS == ["https://a.example", "http://localhost:8080"]


class TestMail:
    """What sending mail asks for."""

    @pytest.fixture
    def mail(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
        """Set all that sending mail in production needs."""
        given = {
            "SECRET_KEY": SECRET,
            "PUBLIC_ORIGINS": "https://App.example, http://localhost:8080",
            "SMTP_HOST": "mail.example",
            "SMTP_USER": "app",
            "SMTP_PASSWORD": "hunter2",
            "MAIL_FROM": "app@mail.example",
        }
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return given

    def test_complete(self, mail: dict[str, str]) -> None:
        """With all of it mail is sent, from the address that was set."""
        settings = load_settings()

        assert settings.sends_mail
        assert settings.mail_from == mail["MAIL_FROM"]
        assert settings.PUBLIC_ORIGINS == ["https://app.example", "http://localhost:8080"]

    @pytest.mark.parametrize(
        ("missing", "named"),
        [
            ("PUBLIC_ORIGINS", "SMTP_HOST: needs PUBLIC_ORIGINS"),
            ("SMTP_USER", "SMTP_PASSWORD: needs SMTP_USER"),
            ("MAIL_FROM", "MAIL_FROM: is missing"),
        ],
    )
    def test_incomplete(
        self, mail: dict[str, str], monkeypatch: pytest.MonkeyPatch, missing: str, named: str
    ) -> None:
        """Outside development the start is refused while something is missing."""
        monkeypatch.delenv(missing)

        with pytest.raises(SettingsError, match=named):
            load_settings()

    def test_password_in_the_clear(
        self, mail: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A password is sent over an encrypted connection alone."""
        monkeypatch.setenv("SMTP_SECURITY", "none")

        with pytest.raises(SettingsError, match="SMTP_PASSWORD: would be sent unencrypted"):
            load_settings()

    def test_none_in_production(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a mail server the product runs, and sends no mail."""
        monkeypatch.setenv("SECRET_KEY", SECRET)

        assert not load_settings().sends_mail

    def test_development(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In development nothing has to be set, and mail goes to whoever develops."""
        monkeypatch.setenv("ENVIRONMENT", "development")
        assert load_settings().sends_mail

        monkeypatch.setenv("SMTP_HOST", "localhost")
        assert load_settings().mail_from == "no-reply@example.com"
