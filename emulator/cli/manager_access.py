"""`isrtwin manager`: folders of PAKs, and access lists."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from emulator.cli.manager_tables import say_table
from emulator.manager import access
from emulator.manager.access_entities import Listed, UserAccessList
from emulator.manager.context import ManagerContext


def _folder(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "keep":
            access.keep_folder(context, options.name)
        case "rename":
            access.rename_folder(context, options.name, options.new)
        case "delete":
            access.delete_folder(context, options.name)
        case "put" | "take":
            access.change_folder(context, options.name, options.paks, put=options.verb == "put")
        case _:
            folders = access.list_folders(context)
            say_table(("FOLDER", "PAKS"), [(each.name, ", ".join(each.paks) or "none") for each in folders])
    return 0


def _access(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "keep":
            users = tuple(dict.fromkeys(options.users))
            access.keep_access(context, UserAccessList(Listed(options.about), options.name, users))
        case "delete":
            access.delete_access(context, Listed(options.about), options.name)
        case _:
            say_table(
                ("ABOUT", "NAME", "SEEN BY"),
                [
                    (str(each.about), each.subject, ", ".join(each.users) or "Admins alone")
                    for each in access.list_access(context)
                ],
            )
    return 0


ACCESS_ACTS: Mapping[str, Callable[[ManagerContext, Namespace], int]] = {"folder": _folder, "access": _access}
