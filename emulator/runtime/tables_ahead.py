"""Tables that whatever happens in a served world may need, read while files can be opened.

Tables are read when they are first needed, which keeps the start of a console short. A served world lives on while its
process has no file handle left, so it does not wait for the first message or boot to read them.
"""

from emulator.backend.skus import load_skus
from emulator.console.configuration.rows import words
from emulator.console.configuration.tables import slots, table, table_modes
from emulator.console.configuration.types import phrases
from emulator.console.configuration.well_known import message_names, protocol_names, well_known
from emulator.console.idle_screens import idle_services
from emulator.console.wording import wordings
from emulator.hardware.ports import port_table
from emulator.hardware.stages import boot_stages
from emulator.images.features import feature_table, limit_table
from emulator.router.files.protocols import protocols
from emulator.router.syslog_messages import catalogue, events


def read_tables_ahead() -> None:
    """Read all tables of routers and licensing.

    Raises:
        DataFileError: a table is wrong or cannot be read.
    """
    for read in (
        boot_stages, catalogue, events, feature_table, idle_services, limit_table, load_skus, message_names, phrases,
        port_table, protocol_names, protocols, well_known, wordings, words,
    ):  # fmt: skip
        read()
    for mode in table_modes():
        table(mode)
        slots(mode)
