"""OpenTelemetry: traces, metrics and logs of what is served. Optional: imported only where used."""
