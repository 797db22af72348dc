"""What is known of the request that is being observed."""

from opentelemetry import context

from kingpost._telemetry.data import CONTEXT_KEY, CURRENT, TelemetryData, get_telemetry_data


def test_there_is_nothing_outside_of_a_request() -> None:
    """Nobody observes, nothing is known."""
    assert get_telemetry_data() is None


def test_the_current_request_is_found() -> None:
    """Inside of an observed request its data is returned."""
    data = TelemetryData(values={"a": 1})
    token = CURRENT.set(data)

    assert get_telemetry_data() is data

    CURRENT.reset(token)


def test_a_context_can_be_asked() -> None:
    """Span processors look in the context that they are handed."""
    data = TelemetryData()

    assert get_telemetry_data(context.set_value(CONTEXT_KEY, data)) is data
    assert get_telemetry_data(context.Context()) is None


def test_clearing_forgets_everything() -> None:
    """After the request nothing of it is held."""
    data = TelemetryData(body={"password": "x"}, values={"a": 1}, errors=[1])
    data.clear()

    assert data == TelemetryData()
