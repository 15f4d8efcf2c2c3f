"""A service on this machine that answers as a test says, and remembers what it was asked; nothing else is asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What the service answers. ``cut_at``: it says the whole length, and hangs up after so many bytes."""

    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    cut_at: int | None = None
    wait_for: threading.Event | None = None  # set by the test when it has seen enough


def told(answer: Any, *, status: int = 200) -> Reply:
    return Reply(json.dumps(answer).encode(), status)


@dataclass
class Service:
    """A running service: its address, and the paths and headers that it was asked with."""

    address: str
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)


@contextmanager
def service(answer: Callable[[str, int], Reply]) -> Iterator[Service]:
    """Run a service; ``answer`` gets the path and how many requests came before."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = answer(self.path, len(running.asked))
            running.asked.append(self.path)
            running.agents.append(self.headers.get("User-Agent", ""))
            if reply.wait_for is not None:
                reply.wait_for.wait(10)
                return
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.content)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.content[: reply.cut_at])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Service(f"http://127.0.0.1:{server.server_port}/v1/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
