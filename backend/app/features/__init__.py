"""The domain, one folder a feature; nothing here imports routers, internal or dependencies."""
