"""A standalone cluster of Spark on loopback: one master, two workers, ended by their process ids."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 90
WORKERS = 2
# What driver and executors are told: no other address, little memory.
SETTINGS = {
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.executor.memory": "600m",
    "spark.executor.cores": "1",
    "spark.cores.max": "2",
    "spark.sql.shuffle.partitions": "2",
}


def why_not() -> str | None:
    """Return why no cluster can be started here, None when one can."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed (make setup installs it)"
    return None if shutil.which("java") else "no Java runtime (make system-packages installs one)"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a master and its workers, and yield the master's address; end them whatever happens."""
    port = _free_port()
    master = f"spark://{LOOPBACK}:{port}"
    started = [_start(folder, "master", "Master", "--host", LOOPBACK, "--port", str(port), "--webui-port", "0")]
    try:
        _await(lambda: _answers(port), "the master does not answer")
        for number in range(WORKERS):
            told = ("--host", LOOPBACK, "--webui-port", "0", "--cores", "1", "--memory", "700m", master)
            started.append(_start(folder, f"worker-{number}", "Worker", *told))
        _await(lambda: _registered(folder) == WORKERS, "the workers do not register")
        yield master
    finally:
        for process in reversed(started):
            _end(process)


def _start(folder: Path, name: str, role: str, *told: str) -> subprocess.Popen[bytes]:
    found = find_spec("pyspark")
    home = Path(found.origin).parent if found is not None and found.origin is not None else folder
    work = folder / name
    work.mkdir()
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_WORKER_DIR": str(work),
        "SPARK_LOCAL_DIRS": str(work),
        "SPARK_DAEMON_MEMORY": "300m",
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role.lower()}.{role}", *told],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=work,
            start_new_session=True,
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    # The launcher may have become the parent of Java: its session holds both.
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
        break


def _registered(folder: Path) -> int:
    return (folder / "master.log").read_text(errors="replace").count("Registering worker")


def _answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex((LOOPBACK, port)) == 0


def _free_port() -> int:
    with socket.socket() as line:
        line.bind((LOOPBACK, 0))
        return int(line.getsockname()[1])


def _await(holds: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(otherwise)
        time.sleep(0.2)
