"""Mail that leaves the simulated world: to a real SMTP server, or as `.eml` files into a directory."""

from emulator.transports.mail.backends import Folder, Smtp
from emulator.transports.mail.delivery import MailDelivery

__all__ = ["Folder", "MailDelivery", "Smtp"]
