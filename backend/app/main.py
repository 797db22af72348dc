"""The application, put together: settings, errors, middleware, routers, front end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypedDict

from app import __version__
from app.body_limit import MAX_BODY_BYTES, BodyLimitMiddleware
from app.counters import Counters
from app.database import Database
from app.dependencies import Resources
from app.errors import install_error_handlers
from app.headers import SecurityHeadersMiddleware
from app.housekeeping import housekeeping
from app.internal import admin
from app.logs import configure_logs
from app.mail.outbox import Outbox
from app.mail.transports import transport_for
from app.pages import PagesGZipMiddleware, serve_frontend
from app.rate_limits import RateLimits, rates_of
from app.request_log import RequestLogMiddleware
from app.routers import API_ROUTERS, DEVELOPMENT_ROUTERS, PLATFORM_ROUTERS
from app.security import AccessTokens, Passwords
from app.settings import Settings, SettingsError, load_settings
from kingpost import Kingpost
from kingpost.middleware.cors import CORSMiddleware
from kingpost.routing import APIRoute

API_PREFIX = "/api/v1"


class State(TypedDict):
    """What a request finds in ``request.state``."""

    resources: Resources


def operation_id(route: APIRoute) -> str:
    """Return ``<tag>-<function>``: the name of the operation in the generated client."""
    return f"{route.tags[0]}-{route.name.strip('_').replace('_', '-')}"


def create_app(settings: Settings | None = None) -> Kingpost:
    """Return a new application; nothing is connected before its lifespan begins.

    Args:
        settings: The settings; by default those of the environment.

    Raises:
        SystemExit: Settings are wrong or missing; the message names each.
    """
    try:
        chosen = settings or load_settings()
    except SettingsError as error:
        raise SystemExit(str(error)) from None

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[State]:
        configure_logs(chosen)
        resources = open_resources(chosen)
        try:
            async with housekeeping(resources.database):
                yield {"resources": resources}
        finally:
            await close_resources(resources)

    app = Kingpost(
        title=chosen.PROJECT_NAME,
        version=__version__,
        lifespan=lifespan,
        generate_unique_id_function=operation_id,
    )
    install_error_handlers(app)
    install_middleware(app, chosen)
    for router in PLATFORM_ROUTERS:
        app.include_router(router)
    for router in (*API_ROUTERS, admin.router):
        app.include_router(router, prefix=API_PREFIX)
    if chosen.in_development and chosen.SMTP_HOST is None:
        for router in DEVELOPMENT_ROUTERS:
            app.include_router(router)
    if chosen.frontend_dir is not None:
        serve_frontend(app, chosen.frontend_dir)
    return app


def install_middleware(app: Kingpost, settings: Settings) -> None:
    """Give *app* its middleware, from the innermost to the outermost."""
    app.add_middleware(BodyLimitMiddleware, max_body_size=MAX_BODY_BYTES)
    if settings.ALLOWED_ORIGINS:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.ALLOWED_ORIGINS,
            allow_credentials=True,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Retry-After"],
        )
    app.add_middleware(RequestLogMiddleware, show_errors=settings.in_development)
    pages = (app.docs_url, app.redoc_url, app.swagger_ui_oauth2_redirect_url)
    app.add_middleware(
        SecurityHeadersMiddleware,
        docs_paths=[path for path in pages if path is not None],
        tls=not settings.in_development,
    )
    # Outside of the headers, which are made from pages as they are written.
    app.add_middleware(PagesGZipMiddleware)


def open_resources(settings: Settings) -> Resources:
    """Open what requests share."""
    return Resources(
        settings=settings,
        database=Database(settings.database_url),
        passwords=Passwords(
            memory_kib=settings.PASSWORD_HASH_MEMORY_KIB, passes=settings.PASSWORD_HASH_PASSES
        ),
        access_tokens=AccessTokens(
            settings.secret_key, timedelta(minutes=settings.ACCESS_TOKEN_MINUTES)
        ),
        outbox=Outbox(transport_for(settings)),
        rate_limits=RateLimits(
            rates_of(settings), Counters(settings.cache_url), settings.secret_key
        ),
    )


async def close_resources(resources: Resources) -> None:
    """Close what requests shared; mails that wait are given a last try."""
    await resources.outbox.drain()
    await resources.rate_limits.close()
    await resources.database.close()


def __getattr__(name: str) -> Kingpost:
    """Make ``app.main:app``, which servers ask for, on first use.

    So importing this module reads no settings: tests and the OpenAPI document bring their own.
    """
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    app = create_app()
    globals()["app"] = app
    return app
