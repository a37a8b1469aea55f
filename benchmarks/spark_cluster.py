"""A standalone Spark cluster on loopback for as long as a `with` lasts: one master, some workers, each its own process."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
PATIENCE = 90
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For processes that live for seconds, or have little to do: less compiling, fewer threads."""


def missing() -> str:
    """Why Spark cannot run here; empty if it can."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed (requirements-spark.lock)"
    return "" if shutil.which("java") else "there is no java on the PATH"


@contextmanager
def cluster(workers: int, *, cores: int = 1, memory: str = "1g") -> Iterator[str]:
    """Start a master and workers of so many cores; gives the master's address. All of them end with the block."""
    import pyspark

    home = Path(pyspark.__file__).parent
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="spark-") as folder:
        environment = {
            **os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_WORKER_DIR": f"{folder}/work",
            "SPARK_LOCAL_DIRS": f"{folder}/local", "SPARK_NO_DAEMONIZE": "1", "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": QUICK,
        }  # fmt: skip
        port = _free()
        log = (Path(folder) / "log").open("wb")

        def run(*arguments: str) -> None:
            command = [str(home / "bin/spark-class"), *arguments]
            started.append(
                subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True, cwd=folder)
            )  # fmt: skip

        try:
            run("org.apache.spark.deploy.master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0")
            for _ in range(workers):
                run(
                    "org.apache.spark.deploy.worker.Worker", "--host", HOST, "--webui-port", "0", "--cores", str(cores),
                    "--memory", memory, f"spark://{HOST}:{port}",
                )  # fmt: skip
            _wait(Path(folder) / "log", workers, started)
            yield f"spark://{HOST}:{port}"
        finally:
            for process in reversed(started):
                _end(process)
            log.close()


@contextmanager
def session(
    master: str, *, workers: int, memory: str = "800m", driver: str = "1g", brief: bool = False
) -> Iterator[Any]:
    """One Spark session on a master, ended with the block. `brief`: for a few rows, where compiling takes longest."""
    os.environ["SPARK_LOCAL_IP"] = HOST
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("selaras")
    settings = {
        "spark.ui.enabled": "false", "spark.driver.bindAddress": HOST, "spark.driver.host": HOST,
        "spark.driver.memory": driver, "spark.executor.memory": memory, "spark.executor.cores": "1",
        "spark.cores.max": str(workers), "spark.sql.shuffle.partitions": str(2 * workers),
        "spark.ui.showConsoleProgress": "false", "spark.sql.session.timeZone": "UTC",
        "spark.sql.adaptive.enabled": "true", "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
    }  # fmt: skip
    if brief:
        settings |= {
            "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.shuffle.partitions": str(workers), "spark.sql.adaptive.enabled": "false",
            "spark.driver.extraJavaOptions": QUICK, "spark.executor.extraJavaOptions": QUICK,
        }  # fmt: skip
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    try:
        yield made
    finally:
        made.stop()


def executors(made: Any) -> int:
    """How many workers' executors have joined a session, the driver left out."""
    return int(made.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def _free() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait(log: Path, workers: int, started: list[subprocess.Popen[bytes]]) -> None:
    """Until every worker is registered; raises RuntimeError with the log's end if that takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        text = log.read_text(errors="replace")
        if text.count("Successfully registered with master") >= workers:
            return
        if any(process.poll() is not None for process in started):
            break
        time.sleep(0.2)
    raise RuntimeError(f"the Spark cluster did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours and what it started."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    except ProcessLookupError:
        process.wait()
