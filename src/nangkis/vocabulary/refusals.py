"""Requests that cannot be met. A refusal carries a code and values; its sentence lives in the catalogue."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - a refusal is the domain's word, not an error of the program
    """Something asked for cannot be done: ``code`` names the sentence, ``values`` fill it."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        filled = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({filled})"


class FileRefused(Refusal):
    """A file, or a part of one, is not accepted (exit code 3)."""


class RequestRefused(Refusal):
    """A request cannot be met with what the workspace holds (exit code 4)."""
