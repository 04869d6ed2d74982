"""The license portal for people (pages in a browser) and for programs (JSON under `/api/v1`).

Both are made from one table of operations, each of which calls one use case of the back end; nothing is decided here.
C: that there is a portal where PAKs are registered, licenses sent again, demo licenses given, RMA and rehost done
(the FAQ, license-manager notes section 6). Its pages, addresses and interface are ours (I). Left out: self-service
sign-up, payment, several companies with users of their own.
"""

from emulator.transports.portal.app import portal_app
from emulator.transports.portal.settings import PortalSettings

__all__ = ["PortalSettings", "portal_app"]
