import pytest

from kingpost._http.media import is_json


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/problem+json",
        "application/vnd.shop.item+json;v=1",
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_knows_json(content_type: str, strict: bool) -> None:
    """JSON is one media type and every one with the suffix; parameters play no part."""
    assert is_json(content_type, strict=strict)


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/json",
        "image/svg+json",
        "application/jsonlines",
        "application/json-seq",
        "application/",
        "json",
        "application/json, text/html",
        " ",
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_knows_what_is_not_json(content_type: str, strict: bool) -> None:
    """A header that says something else is believed, strict or not."""
    assert not is_json(content_type, strict=strict)


@pytest.mark.parametrize("content_type", [None, ""])
def test_forgives_a_missing_header_where_it_may(content_type: str | None) -> None:
    """Without the header it depends on the application."""
    assert is_json(content_type, strict=False)
    assert not is_json(content_type, strict=True)
