"""How services are asked: their addresses, limits and pauses, from the parameter files in force."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from nangkis.parameters.dated import Parameters


@dataclass(frozen=True)
class ServiceLimits:
    """The limits in force: bytes and pages of one request, seconds to wait, attempts before giving up."""

    bytes: int
    pages: int
    connect_seconds: float
    read_seconds: float
    answer_seconds: float
    pause_seconds: float
    attempts: int
    backoff_seconds: float
    backoff_most_seconds: float
    bank_per_page: int


def limits_on(parameters: Parameters, day: date) -> ServiceLimits:
    """Return the limits in force on a day."""
    value = parameters.on("layanan_data", day).value
    readers = {"int": int, "float": float}
    return ServiceLimits(**{field.name: readers[str(field.type)](value[field.name]) for field in fields(ServiceLimits)})


def address_on(parameters: Parameters, day: date, service: str) -> str:
    """Return the address of a service, with a stroke at its end."""
    return str(parameters.on("layanan_alamat", day).value[service]).rstrip("/") + "/"
