"""The user's key of a service: sent with a request, and never shown, logged or kept."""

from __future__ import annotations

import re

from nangkis.vocabulary.refusals import RequestRefused


class KeyRefused(RequestRefused):
    """A service needs a key, and none was said, or it cannot be one."""


HIDDEN = "•••"
_FORM = re.compile(r"[0-9A-Za-z_-]{8,128}")


class Key:
    """A key. Printed, logged or compared it is three dots; only :meth:`reveal` gives it away."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Take the text as it was said. Raises KeyRefused, without repeating it, when no key can look like it."""
        stripped = text.strip()
        if not _FORM.fullmatch(stripped):
            raise KeyRefused("service-key-form")
        self._text = stripped

    def reveal(self) -> str:
        """Return the key itself, to be sent."""
        return self._text

    def hidden_in(self, text: str) -> str:
        """Return a text in which the key is hidden."""
        return text.replace(self._text, HIDDEN)

    def __repr__(self) -> str:
        return f"Key({HIDDEN})"

    def __reduce__(self) -> str:
        raise TypeError("a key is not stored")
