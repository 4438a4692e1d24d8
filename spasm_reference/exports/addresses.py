"""The web addresses that linked formats give to records."""

from __future__ import annotations

from urllib.parse import urlsplit

BASE = "https://example.org/spasm/"
"""Where records stand as long as nobody says otherwise.

No domain is owned yet.  ``example.org`` is kept free for examples (RFC 2606), so
the addresses are stable and can never be someone else's.  Whoever publishes the
records passes the address of their own site.
"""


def checked(base: str) -> str:
    """Return ``base`` if ids can be put behind it; raise `ValueError` with the reason if not.

    >>> checked("https://clinic.example/cramps/")
    'https://clinic.example/cramps/'
    >>> checked("clinic.example/cramps")
    Traceback (most recent call last):
    ...
    ValueError: base address "clinic.example/cramps": expected http:// or https://, a host, and a / at the end
    """
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.netloc or not parts.path.endswith("/") or parts.query:
        raise ValueError(f'base address "{base}": expected http:// or https://, a host, and a / at the end')
    return base
