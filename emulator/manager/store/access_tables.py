"""Tables of folders of PAKs, and of access lists.

C: PAKs are in folders, a PAK in several; devices, groups and PAKs have access lists. I: folders have them too. A list
is a row of its own, so that one whose last user was deleted is empty, and not gone.
"""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Table, Text

from emulator.manager.store.tables import MANAGER_METADATA, PAK_INVENTORY, USERS

FOLDERS = Table("manager_folders", MANAGER_METADATA, Column("name", Text, primary_key=True))

FOLDER_PAKS = Table(
    "manager_folder_paks",
    MANAGER_METADATA,
    Column("folder", Text, ForeignKey(FOLDERS.c.name, ondelete="CASCADE"), primary_key=True),
    Column("pak", Text, ForeignKey(PAK_INVENTORY.c.code, ondelete="CASCADE"), primary_key=True, index=True),
)

ACCESS_LISTS = Table(
    "manager_access_lists",
    MANAGER_METADATA,
    Column("about", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
)
"""Access lists: `about` is a kind of `access_entities`, `subject` the name of one of that kind."""

ACCESS_USERS = Table(
    "manager_access_users",
    MANAGER_METADATA,
    Column("about", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("user", Text, ForeignKey(USERS.c.name, ondelete="CASCADE"), primary_key=True, index=True),
    ForeignKeyConstraint(["about", "subject"], [ACCESS_LISTS.c.about, ACCESS_LISTS.c.subject], ondelete="CASCADE"),
)
"""Users on each list."""
