"""The HTTP API under /v1 and the page that uses it; nothing else knows HTTP."""
