"""The directory of a class: its secret, its certificates, and a folder for each learner with the worlds of the labs.

I: ours. Everything that must not be guessed follows from the secret, so that nothing else is to be kept: the code of
each learner, the seed of each of their worlds, the key that signs results. One process serves a class.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Lock

from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.host_paths import refuse_links
from emulator.kernel.private_files import open_private, private_folder, write_private
from emulator.keys.signing import SigningKey, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.labs.shipped import FILE

SECRET, LOCK, LEARNERS, PAGES = "secret", "lock", "learners", "labs"

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Characters of a code: none that is taken for another one when it is read from paper."""

CODE_LETTERS, GROUP = 16, 4
"""Characters of a code, and of each of its parts: 79 bits, written as `k3mq-97dx-r2vb-t5wn`."""

RESULTS = "class result"
"""Purpose of the key that signs results."""

MOST_SEED = 1_000_000_000


class ClassDirectory:
    """A class on the host's disk, held from `__enter__` to `__exit__`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None
        self._making = Lock()
        """Held while a world is made: all at once, the first would be ready with the last."""

    def __enter__(self) -> "ClassDirectory":
        """Hold the class, and make its directory and its secret where there are none.

        Raises:
            Refused: the directory is not one's own or has other things in it, or another process serves the class.
            DataFileError: the secret is damaged.
        """
        try:
            self._check_own()
            private_folder(self.path)
            self._lock = open_private(self.path / LOCK)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            refuse_links(self.path)
            if not (self.path / SECRET).exists():
                self._check_new()
                write_private(self.path / SECRET, f"{WorldSecret.random().text()}\n".encode())
            private_folder(self.path / LEARNERS)
            private_folder(self.path / PAGES)
            _ = self._secret
        except BlockingIOError:
            self._let_go()
            raise Refused(f"the class in {self.path} is served by another isrtwin") from None
        except OSError as error:
            self._let_go()
            raise Refused(f"cannot use {self.path} as the directory of a class: {error.strerror}") from error
        except (Refused, DataFileError):
            self._let_go()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _check_own(self) -> None:
        if self.path.is_dir() and not (self.path / LOCK).exists() and any(self.path.iterdir()):
            raise Refused(f"cannot use {self.path} as the directory of a class: it has other files")

    def _check_new(self) -> None:
        """See that no learner has a world already, whose code and seed would be others with a new secret."""
        learners = self.path / LEARNERS
        if learners.is_dir() and any(learners.iterdir()):
            raise DataFileError(
                str(self.path / SECRET), None, "is missing, and the codes of the learners with it; put a copy back"
            )

    @cached_property
    def _secret(self) -> WorldSecret:
        path = self.path / SECRET
        try:
            secret = WorldSecret.parse(path.read_bytes().decode("ascii").removesuffix("\n"))
        except ValueError as error:
            raise DataFileError(str(path), None, "is damaged; put a copy back") from error
        if secret.is_known:
            raise DataFileError(str(path), None, "can be guessed; put a copy of the right one back")
        return secret

    def world(self, learner: str, lab: str) -> Path:
        """The directory of a learner's world of a lab."""
        return self.path / LEARNERS / learner / lab

    def page(self, lab: str) -> Path:
        """The class's own copy of a lab's page, beside those of the files that it names."""
        return self.path / PAGES / lab / FILE

    def keep_page(self, lab: str, page: Path) -> bool:
        """Keep a copy of a lab's page and files, unless there is one; tell whether it says the same.

        A page that is changed while a class goes on so changes nothing for its learners.

        Raises:
            Refused: the page cannot be read, or the disk does not take it.
        """
        own = self.page(lab)
        try:
            if not own.exists():
                private_folder(own.parent)
                for file in _named_beside(page):
                    write_private(own.parent / file.name, file.read_bytes())
                write_private(own, page.read_bytes())  # the last, so that whoever finds it finds all
            kept = [file for file in own.parent.iterdir() if file != own]
            return _same(own, page) and all(_same(file, page.with_name(file.name)) for file in kept)
        except OSError as error:
            raise Refused(f"the lab {lab} cannot be copied to {own.parent}: {error.strerror}") from error

    def make_world(
        self, learner: str, lab: str, make: Callable[[Path], None], begin: Callable[[Path], bool] = lambda _: False
    ) -> None:
        """Make a learner's world of a lab; a process that is killed meanwhile leaves none.

        Args:
            learner, lab: whose, and of which lab.
            make: makes it in a directory that is not there yet.
            begin: begins one that was made ahead, unless it does not suit any more.

        Raises:
            Refused: the disk does not take it.
        """
        path, ahead = self.world(learner, lab), self._ahead(learner, lab)
        try:
            if ahead.exists() and begin(ahead):
                ahead.rename(path)
                return
            self._make(path, path, make)
        except OSError as error:
            raise Refused(f"{path} cannot be made: {error.strerror}") from error

    def make_ahead(self, learner: str, lab: str, make: Callable[[Path], None]) -> None:
        """Make a world before its learner asks for it, unless that was done.

        Raises:
            Refused: the disk does not take it.
        """
        path, ahead = self.world(learner, lab), self._ahead(learner, lab)
        try:
            if not (path.exists() or ahead.exists()):
                self._make(path, ahead, make)
        except OSError as error:
            raise Refused(f"{ahead} cannot be made: {error.strerror}") from error

    def _ahead(self, learner: str, lab: str) -> Path:
        return self.world(learner, lab).with_name(f".{lab}.ahead")

    def _make(self, path: Path, target: Path, make: Callable[[Path], None]) -> None:
        """Make a world in a directory of its own, and put it at its place when it is whole; one after the other."""
        scratch = path.with_name(f".{path.name}.new")
        with self._making:
            private_folder(path.parent)
            if scratch.exists():
                shutil.rmtree(scratch)
            make(scratch)
            scratch.rename(target)

    def code(self, learner: str) -> str:
        """The code by which a learner, or the teacher, comes in."""
        number = int.from_bytes(self.key("class code").secret_for("code", learner.encode()))
        letters = "".join(LETTERS[number // len(LETTERS) ** at % len(LETTERS)] for at in range(CODE_LETTERS))
        return "-".join(letters[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP))

    def seed_of(self, learner: str, lab: str) -> int:
        """The public seed of a learner's world of a lab, which no other learner can compute."""
        drawn = self.key("class seed").secret_for("seed", f"{learner}/{lab}".encode())
        return 1 + int.from_bytes(drawn) % MOST_SEED

    def key(self, purpose: str) -> SigningKey:
        """The key of this class for a purpose."""
        return derive_signing_key(self._secret, purpose)


def _named_beside(page: Path) -> list[Path]:
    """The files beside a lab's page whose names stand in it, such as a configuration that its prelude hands out."""
    text = page.read_text(encoding="utf-8")
    return [file for file in sorted(page.parent.iterdir()) if file.is_file() and file != page and file.name in text]


def _same(own: Path, file: Path) -> bool:
    return file.is_file() and own.read_bytes() == file.read_bytes()
