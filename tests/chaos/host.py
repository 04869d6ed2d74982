"""The resources of a host, given and taken: a small disk, file handles, a database server; each belongs to one test."""

import os
import resource
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from emulator.transports.connections.free_ports import free_ports

FEW = 16
"""Files that every served world has open; with a limit below the number that it waits for it could not even wait."""

MEGABYTE = 1024 * 1024


def as_root(*command: str | Path) -> None:
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL)


class Disk:
    """A file system of its own, which can be filled up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self) -> None:
        """Leave no byte."""
        file = os.open(self._ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for size in (MEGABYTE, 4096, 1):
            try:
                while os.write(file, b"\0" * size):
                    pass
            except OSError:
                """Full, for this size."""
        os.close(file)

    def fill_with_files(self) -> None:
        """Leave room for no further file."""
        try:
            for number in count():
                (self.path / f"{self._ballast.name}-{number}").touch()
        except OSError:
            """Full."""

    def empty(self) -> None:
        """Give the room back."""
        for file in self.path.glob(f"{self._ballast.name}*"):
            file.unlink()


@contextmanager
def small_disk(path: Path, megabytes: int, files: int = 10_000) -> Iterator[Disk]:
    """A disk of so many megabytes for so many files, mounted at a path."""
    path.mkdir()
    options = f"size={megabytes}m,nr_inodes={files},uid={os.getuid()},mode=0700"
    as_root("mount", "-t", "tmpfs", "-o", options, "tmpfs", path)
    try:
        yield Disk(path)
    finally:
        as_root("umount", "--lazy", path)


@contextmanager
def no_handles(process: int) -> Iterator[None]:
    """A process opens no file that it does not have open already."""
    limits = resource.prlimit(process, resource.RLIMIT_NOFILE)
    resource.prlimit(process, resource.RLIMIT_NOFILE, (FEW, limits[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_NOFILE, limits)


class PostgresServer:
    """A PostgreSQL server on the loopback that is stopped and started again, as another user than root."""

    def __init__(self) -> None:
        self.folder, self.port = Path(mkdtemp(prefix="isrtwin-chaos-")), free_ports()
        if os.geteuid() == 0:
            as_root("chown", "postgres", self.folder)
        self._run("initdb", "-D", self._data, "--auth=trust", "--encoding=UTF8", "--no-sync", "-U", "postgres")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop it as its package does: sessions are ended in the middle of what they do."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Hold its processes where they are in this block; clients are not told."""
        processes = self._processes()
        for process in processes:
            as_root("kill", "-STOP", str(process))
        try:
            yield
        finally:
            for process in processes:
                as_root("kill", "-CONT", str(process))

    def _processes(self) -> list[int]:
        """The server, and the process of every connection."""
        first = int((self._data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        below = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=True).stdout
        return [first, *map(int, below.split())]

    def remove(self) -> None:
        """Stop it for good."""
        with suppress(subprocess.CalledProcessError):  # it is stopped already
            self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str | Path) -> None:
        [*_, found] = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*prefix, str(found), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def resident(process: int) -> int:
    """The memory that a process has, in bytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


@contextmanager
def threads(workers: Sequence[threading.Thread], stop: threading.Event) -> Iterator[None]:
    """Have the clients work in this block."""
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        stop.set()
        for worker in workers:
            worker.join(60)
