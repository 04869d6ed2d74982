"""`dir`, `cd`, `pwd`, `mkdir`, `rmdir`, `delete`, `rename`, on devices with and without directories."""

import pytest

from tests.driver import BenchDriver, ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
ROW = f"    1  -rw-    28311552   Mar 1 2010 09:00:00 +00:00  {IMAGE}\n"
EMPTY = "128237568 bytes total (99926016 bytes free)\n"


def names(console: ConsoleDriver) -> list[str]:
    return [file.name for file in console.router.state.flash.files]


@pytest.fixture
def tree(console: ConsoleDriver) -> ConsoleDriver:
    """`old` holds two files and the empty directory `deep`."""
    flash = console.router.state.flash
    flash.make_directory("old", 0)
    flash.make_directory("old/deep", 0)
    for name in ("old/a.txt", "old/b.cfg"):
        flash.write(name, b"hello\n", 0)
    return console


# --- looking --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["dir", "dir flash:", "dir fl", "dir /all", "dir /all flash:", "dir FLASH:/"])
def test_dir(console: ConsoleDriver, command: str) -> None:
    console.type(command)
    console.sees_exactly(f"Directory of flash:/\n\n{ROW}\n{EMPTY}")


def test_dir_of_an_empty_device(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("usb insert R1")
    console.type("dir usbflash0:")
    console.sees_exactly(
        "Directory of usbflash0:/\n\nNo files in directory\n\n512000000 bytes total (512000000 bytes free)\n"
    )


def test_dir_of_a_directory(tree: ConsoleDriver) -> None:
    tree.type("dir flash:OLD")
    tree.sees_exactly(
        "Directory of flash:/OLD/\n\n"
        "    3  drw-           0   Jan 1 1970 00:00:00 +00:00  deep\n"
        "    4  -rw-           6   Jan 1 1970 00:00:00 +00:00  a.txt\n"
        "    5  -rw-           6   Jan 1 1970 00:00:00 +00:00  b.cfg\n"
        "\n128237568 bytes total (99917824 bytes free)\n"
    )


def test_dir_of_all_below(tree: ConsoleDriver) -> None:
    tree.type("dir /recursive")
    heads = [line for line in tree.shown.splitlines() if line.startswith("Directory")]
    assert heads == ["Directory of flash:/", "Directory of flash:/old/", "Directory of flash:/old/deep/"]
    tree.sees("No files in directory\n")


@pytest.mark.parametrize(
    ("pattern", "found"), [("a.txt", ["a.txt"]), ("*.cfg", ["b.cfg"]), ("?.*", ["a.txt", "b.cfg"])]
)
def test_dir_of_a_file_and_of_a_pattern(tree: ConsoleDriver, pattern: str, found: list[str]) -> None:
    tree.type(f"dir old/{pattern}")
    tree.sees(f"Directory of flash:/old/{pattern}\n")
    assert [line.split()[-1] for line in tree.shown.splitlines() if "-rw-" in line] == found


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("dir usbflash0:", "%Error opening usbflash0: (No such device)\n"),
        ("dir flash:none", "%Error opening flash:/none (No such file or directory)\n"),
        ("dir flash:*.none", "%Error opening flash:/*.none (No such file or directory)\n"),
        ("dir tftp://192.0.2.10/", "%Error opening tftp://192.0.2.10/ (Operation not supported)\n"),
        ("dir system:none", "%Error opening system:/none (No such file or directory)\n"),
    ],
)
def test_dir_of_what_is_not_there(console: ConsoleDriver, command: str, shown: str) -> None:
    console.type(command)
    console.sees_exactly(shown)


def test_dir_of_nvram(console: ConsoleDriver) -> None:
    console.type("dir nvram:")
    console.sees_exactly("Directory of nvram:/\n\nNo files in directory\n\n262136 bytes total (262136 bytes free)\n")
    console.type("write", "dir nvram:")
    startup = console.router.state.startup
    assert startup is not None
    size = len(startup.text)
    console.sees_exactly(
        f"Directory of nvram:/\n\n    1  -rw-  {size:10d}                    <no date>  startup-config\n\n"
        f"262136 bytes total ({262136 - size} bytes free)\n"
    )


def test_a_router_without_a_port_has_no_stick() -> None:
    console = ConsoleDriver(world_of("R1", pid="CISCO861-K9")).boot()
    console.type("dir usbflash0:")
    console.sees("(No such device)")
    console.type("show file systems")
    console.sees_nothing_of("usbflash")


# --- being somewhere ------------------------------------------------------------------------------------------------


def test_a_name_without_a_device_lies_where_cd_went(tree: ConsoleDriver, bench: BenchDriver) -> None:
    tree.type("cd old", "pwd")
    tree.sees_exactly("flash:/old/\n")
    tree.type("more a.txt")
    tree.sees_exactly("hello\n")
    tree.type("cd deep", "pwd")
    tree.sees_exactly("flash:/old/deep/\n")
    tree.type("cd ..", "pwd")
    tree.sees_exactly("flash:/old/\n")
    bench.succeeds("usb insert R1")
    tree.type("cd usbflash0:", "pwd")
    tree.sees_exactly("usbflash0:\n")
    tree.type("show file systems")
    tree.sees("*    512000000", "     128237568")
    tree.type("cd", "pwd")
    tree.sees_exactly("flash:\n")


def test_where_cd_went_is_forgotten_with_the_session(tree: ConsoleDriver) -> None:
    tree.type("cd old", "exit", "", "enable", "pwd")
    tree.sees_exactly("flash:\n")


@pytest.mark.parametrize(("place", "reason"), [
    ("none", "No such file or directory"), (IMAGE, "Not a directory"), ("usbflash0:", "No such device"),
    ("tftp://192.0.2.10/", "Operation not supported"),
])  # fmt: skip
def test_cd_to_what_is_no_directory(console: ConsoleDriver, place: str, reason: str) -> None:
    console.type(f"cd {place}")
    console.sees(f"({reason})\n")
    console.type("pwd")
    console.sees_exactly("flash:\n")


# --- making and removing --------------------------------------------------------------------------------------------


def test_a_directory_is_made_and_removed(console: ConsoleDriver) -> None:
    console.type("mkdir config")
    assert console.prompt == "Create directory filename [config]? "
    console.type("")
    console.sees_exactly("Created dir flash:/config\n")
    console.type("dir")
    console.sees("    2  drw-           0   Mar 1 2002 00:00:41 +00:00  config\n")
    console.type("rmdir config")
    assert console.prompt == "Remove directory filename [config]? "
    console.type("")
    assert console.prompt == "Delete flash:/config? [confirm]"
    console.type("")
    console.sees_exactly("Removed dir flash:/config\n")
    assert names(console) == [IMAGE]


@pytest.mark.parametrize(("name", "reason"), [
    ("old", "File exists"), (IMAGE.upper(), "File exists"), ("none/x", "No such file or directory"),
    ("a*b", "Invalid argument"), ("nvram:x", "Operation not supported"), ("usbflash0:x", "No such device"),
])  # fmt: skip
def test_a_directory_that_cannot_be_made(tree: ConsoleDriver, name: str, reason: str) -> None:
    before = names(tree)
    tree.type(f"mkdir {name}", "")
    tree.sees("%Error Creating dir ", f" ({reason})\n")
    assert names(tree) == before


@pytest.mark.parametrize(("name", "reason"), [
    ("old", "Directory not empty"), (IMAGE, "Not a directory"), ("none", "No such file or directory"),
])  # fmt: skip
def test_a_directory_that_cannot_be_removed(tree: ConsoleDriver, name: str, reason: str) -> None:
    before = names(tree)
    tree.type(f"rmdir {name}", "", "")
    tree.sees_exactly(f"%Error Removing dir flash:/{name} ({reason})\n")
    assert names(tree) == before


# --- deleting and renaming ------------------------------------------------------------------------------------------


def test_delete(console: ConsoleDriver) -> None:
    console.type(f"delete flash:{IMAGE}")
    assert console.prompt == f"Delete filename [{IMAGE}]? "
    console.type("")
    assert console.prompt == f"Delete flash:/{IMAGE}? [confirm]"
    console.type("")
    console.sees_exactly("")
    assert names(console) == []


@pytest.mark.parametrize("key", ["n", "q"])
def test_delete_not_confirmed(console: ConsoleDriver, key: str) -> None:
    console.type(f"delete flash:{IMAGE}", "", key)
    assert names(console) == [IMAGE]


def test_delete_of_nothing(console: ConsoleDriver) -> None:
    console.type("delete flash:none", "", "")
    console.sees_exactly("%Error deleting flash:/none (No such file or directory)\n")


def test_delete_of_another_name_than_typed(console: ConsoleDriver) -> None:
    console.type("delete flash:none", IMAGE, "")
    assert names(console) == []


def test_delete_without_questions(tree: ConsoleDriver) -> None:
    tree.type("delete /force flash:old/a.txt")
    assert tree.prompt == "Router#"
    assert names(tree) == [IMAGE, "old", "old/deep", "old/b.cfg"]
    tree.type("delete /force flash:old")
    tree.sees_exactly("%Error deleting flash:/old (Is a directory)\n")


@pytest.mark.parametrize("flags", ["/force /recursive", "/recursive /force"])
def test_delete_with_all_that_is_in_it(tree: ConsoleDriver, flags: str) -> None:
    tree.type(f"delete {flags} old")
    assert names(tree) == [IMAGE]


def test_delete_recursive_asks_about_each(tree: ConsoleDriver) -> None:
    tree.type("delete /recursive old", "")
    asked = []
    while tree.prompt.endswith("[confirm]"):
        asked.append(tree.prompt)
        tree.type("n" if "b.cfg" in tree.prompt else "")
    assert asked == [
        "Examine files in directory flash:/old? [confirm]",
        "Examine files in directory flash:/old/deep? [confirm]",
        "Delete flash:/old/deep? [confirm]",
        "Delete flash:/old/a.txt? [confirm]",
        "Delete flash:/old/b.cfg? [confirm]",
        "Delete flash:/old? [confirm]",
    ]
    tree.sees_exactly("%Error deleting flash:/old (Directory not empty)\n")
    assert names(tree) == [IMAGE, "old", "old/b.cfg"]


def test_delete_of_a_pattern(tree: ConsoleDriver) -> None:
    tree.type("delete old/*.txt", "", "")
    assert names(tree) == [IMAGE, "old", "old/deep", "old/b.cfg"]


def test_delete_of_the_saved_configuration(console: ConsoleDriver) -> None:
    console.type("write", "delete nvram:startup-config", "", "")
    assert console.router.state.startup is None


def test_the_stick_is_pulled_while_the_question_stands(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.world.store("usb", "a.txt", b"x", 1)
    bench.succeeds("usb insert R1")
    console.type("delete usbflash0:a.txt", "")
    bench.succeeds("usb remove R1")
    console.type("")
    console.sees_exactly("%Error deleting usbflash0:/a.txt (No such device)\n")


@pytest.mark.parametrize("typed", ["rename old/a.txt old/c.txt", "rename flash:old/a.txt flash:OLD/C.TXT"])
def test_rename(tree: ConsoleDriver, typed: str) -> None:
    tree.type(typed)
    assert tree.prompt.lower() == "destination filename [old/c.txt]? "
    tree.type("")
    tree.sees_exactly("")
    tree.type("more old/c.txt")
    tree.sees_exactly("hello\n")


def test_rename_of_a_directory_takes_along_what_is_in_it(tree: ConsoleDriver) -> None:
    tree.type("rename old new", "")
    assert names(tree) == [IMAGE, "new", "new/deep", "new/a.txt", "new/b.cfg"]


@pytest.mark.parametrize(("command", "reason"), [
    ("rename none x", "No such file or directory"), (f"rename {IMAGE} old", "File exists"),
    ("rename old old/deep/x", "Invalid argument"), (f"rename {IMAGE} none/x", "No such file or directory"),
    (f"rename {IMAGE} usbflash0:x", "Operation not supported"), (f"rename {IMAGE} a?", "Invalid argument"),
])  # fmt: skip
def test_what_cannot_be_renamed(tree: ConsoleDriver, command: str, reason: str) -> None:
    before = names(tree)
    tree.type(command, "")
    tree.sees("%Error renaming ", f" ({reason})\n")
    assert names(tree) == before
