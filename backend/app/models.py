"""Every table of the application: what Alembic compares the database with."""

from app.database import Base
from app.features.items.models import Item
from app.features.recovery.models import ResetToken
from app.features.sessions.models import RefreshToken, Session
from app.features.users.models import User

__all__ = ["Item", "RefreshToken", "ResetToken", "Session", "User", "metadata"]

metadata = Base.metadata
