"""The HTTP edge: parse, authorise, call a service, return."""

from app.routers import health, items, login, mailbox, recovery, users

# In the order of the documentation. The operations of the API have the prefix of its version;
# those of the platform that runs it have none.
PLATFORM_ROUTERS = (health.router,)
API_ROUTERS = (login.router, recovery.router, users.router, items.router)
# Pages for whoever develops, which do not exist anywhere else.
DEVELOPMENT_ROUTERS = (mailbox.router,)
