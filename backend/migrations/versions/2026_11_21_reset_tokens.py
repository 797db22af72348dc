"""Links by which a forgotten password is replaced.

Revision ID: 0002_reset_tokens
Revises: 0001_initial
Created: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_reset_tokens"
down_revision = "0001_initial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "reset_tokens",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_state", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name="fk_reset_tokens_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_reset_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_reset_tokens_token_hash"),
    )
    op.create_index("ix_reset_tokens_expires_at", "reset_tokens", ["expires_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("reset_tokens")
