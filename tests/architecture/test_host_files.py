"""Modules that touch files of the host, and whose: every other one has to go through them."""

import ast
from collections.abc import Iterator

from tests.architecture.modules import modules
from tests.architecture.plants import PACKAGE

TOUCHING = {
    "chmod", "copyfile", "copytree", "expanduser", "glob", "is_dir", "is_file", "iterdir", "mkdir",
    "read_bytes", "read_text", "rglob", "rmdir", "rmtree", "scandir", "symlink_to", "unlink", "write_bytes",
    "write_text",
}  # fmt: skip
"""Calls by which a file of the host is looked for, read or changed, beside `open` of a path, of `os`, or alone."""

MODULES = {
    "bench.host_files": "files that a bench line names, as far as whoever typed it may",
    "kernel.host_paths": "the guard itself",
    "kernel.private_files": "files of a world",
    "kernel.resources": "shipped data",
    "scenarios.recording.page": "shipped data",
    "labs.shipped": "labs that are shipped or that a person names",
    "scenarios.loader": "scenarios that are shipped or that a person names",
    "backend.passwords": "shipped data",
    "console.configuration.tables": "shipped data",
    "console.modes": "shipped data",
    "console.wording": "shipped data",
    "hardware.platform": "shipped data",
    "images.manifest": "shipped data",
    "backend.store.checkpoints": "the database of a world",
    "backend.store.checksum": "the database of a world",
    "backend.store.copying": "the database of a world",
    "databases.engines": "the database of a world",
    "world.build": "the database of a world",
    "world.directory": "a world's folder, below which no link is",
    "world.history": "a world's folder",
    "world.journal": "a world's folder",
    "world.saved_file": "a world's folder",
    "world.secret_file": "a world's folder",
}
"""Modules below the run time that touch the host, and what of it."""

ABOVE = ("cli", "proving", "runtime", "transports")
"""Rooms in which a person names files, or a world is served."""


def touches(tree: ast.Module) -> Iterator[str]:
    """Calls of a module that touch the host."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="open")):
                yield "open"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr="open")):
                yield "os.open"
            case ast.Call(func=ast.Attribute(attr="open"), args=[ast.Constant(value=str(mode))]) if set(mode) <= set(
                "rwxab+t"
            ):
                yield "Path.open"
            case ast.Call(func=ast.Attribute(attr=name)) if name in TOUCHING:
                yield name


def test_a_file_of_the_host_is_touched_in_known_modules_alone() -> None:
    found = set()
    for file, tree in modules(PACKAGE):
        name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
        if not name.startswith(ABOVE) and any(touches(tree)):
            found.add(name)
    assert found == set(MODULES)
