"""The HTTP edge: parse, authorise, call a service, return."""

from app.routers import health, items, login, users

# In the order of the documentation. The operations of the API have the prefix of its version;
# those of the platform that runs it have none.
PLATFORM_ROUTERS = (health.router,)
API_ROUTERS = (login.router, users.router, items.router)
