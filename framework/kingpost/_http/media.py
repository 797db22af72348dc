"""Media types of bodies."""

import email.message

__all__ = ["is_json"]


def is_json(content_type: str | None, *, strict: bool) -> bool:
    """Tell whether a body with this Content-Type is JSON (RFC 6839, section 3.1, for ``+json``).

    Args:
        content_type: The header's value.
        strict: Whether a missing header means that it is not.
    """
    if not content_type:
        return not strict
    message = email.message.Message()
    message["content-type"] = content_type
    if message.get_content_maintype() != "application":
        return False
    subtype = message.get_content_subtype()
    return subtype == "json" or subtype.endswith("+json")
