"""All pages, subject by subject. Of two addresses that both fit, the first is taken."""

from emulator.transports.portal.web.pages import (
    accounts,
    audit,
    devices,
    front,
    mail,
    orders,
    register,
    rehost,
    rma,
    trial,
)

PAGES = (
    *front.PAGES,
    *register.PAGES,
    *orders.PAGES,
    *devices.PAGES,
    *trial.PAGES,
    *rma.PAGES,
    *rehost.PAGES,
    *mail.PAGES,
    *audit.PAGES,
    *accounts.PAGES,
)
