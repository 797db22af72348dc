"""OpenID Connect."""

from kingpost._declare.security.openid import OpenIdConnect

__all__ = ["OpenIdConnect"]
