"""The page about the portal: what it offers, how a program talks to it, and every operation with its inputs."""

from collections.abc import Iterator
from typing import Any

from emulator.transports.portal.api.description import portal_interface
from emulator.transports.portal.api.routes import Error
from emulator.transports.portal.operations.table import SUBJECTS
from emulator.transports.web.openapi import description

INTRODUCTION = """\
`isrtwin serve` prints the address of the portal and the file with the certificate authority that signed its
certificate. Every world has an operator account, `lab`, with the password `lab`; change it on the account page before
other people can reach the machine. All other passwords need at least 8 characters and must not be common ones. Creating
an account never changes an existing one: operators edit accounts on the account list, and everyone changes their own
password on the account page. There is always at least one operator. A new password ends the sessions of its account and
revokes its tokens. Creating or changing an account and creating a token require your own password, so a stolen token or
an unattended browser is not enough.

Feature Navigator (`/features`, no log-in required) compares two feature sets by product, release and level, and shows
which level a feature or a command needs and what to order for it.

All pages except the consoles work without scripts, and all work by keyboard alone, on a phone, and in light and dark.
Nothing is loaded from elsewhere.

A list of devices can be pasted or uploaded as a file: one device per row, `PID:SN` or `PID,SN`, with or without a
heading, separated by commas, semicolons or tabs, up to 10,000 rows in UTF-8; or the output of `show license udi`. The
first row with a separator decides which one is used; quoted separators do not count. Wrong rows are listed as they were
given, with the reason; you choose whether the good ones are registered alone or none at all.

What was typed into a wizard (a registration, a transfer, an RMA) is kept on the server for its account: "Save and
leave" keeps it, a script does after each field, and so does every form that is refused. It comes back at any machine
of the account, and after a restart of the server, until the wizard is done or begun anew. The first page tells what
needs you. Lists are sorted by their heads and say what they are narrowed to; devices are ticked for a registration or
to have their licenses sent again. Light or dark follows the system, or what is chosen at the foot of the page.

Where routers are served, operators put license files and tickets on the lab's TFTP server or on the USB stick from the
page that shows them (`/files` lists both), and a transfer takes its rehost ticket from there.

Operators find the routers of the world at `/world`; con 0 and a vty of each, and the bench, open as pages
(`/console/R1/con0`, `/console/R1/vty`, `/bench`). Enter moves into the pane and Shift+Tab out of it; inside, all other
keys go to the router, and `?` shows help. Pasting more than 20 lines asks first. The key bar has the keys that a phone
lacks. Screen readers announce all output, only errors, or nothing. After a dropped connection the line is kept for five
minutes, and the page returns to it with the output that it missed. Con 0 accepts one terminal at a time; others can
watch. Input is recorded in the journal, as it is from Telnet. An account can have 20 such pages open. With
`serve --host`, other machines get these pages only with `--consoles`.

To upload a router's credential or rehost ticket, copy it to this computer at the bench: `get FILE usb|tftp [to PATH]`.

A registration accepts any well-formed serial number of a known product, whether or not the device exists in this world,
because lists are often registered before their devices arrive. Demo licenses, extensions and RMAs require a device
that was made here (I). An extension also asks who granted it and why; the audit log keeps the answer.

A PAK belongs to its buyer. One that an operator ordered without naming a customer can be used by whoever holds it, and
belongs to the first customer who registers it. A registration issues a license for a device but says nothing about who
owns the device. Only its owner can see a device's details and get licenses from it (resend, demo, RMA, rehost). To add
a device that has no owner, use the devices page with its credential or the number of its service contract (`portal
contract` at the bench), request a permission ticket against its credential, or let it call home; operators can name its
owner. An RMA requires the contract of the failed device and a replacement that was added before (I). Objects of other
accounts are answered like objects that do not exist: the same status, the same words, after the same work. Too many
wrong names make an account wait, and in larger numbers an address.

Wrong passwords make an account and an address wait, but never an account at the address of its last log-in. Wrong
tokens never block valid ones.

The PAK of an order on paper is shown to its customer when the letter arrives, not before; until then orders and PAKs
show that date, and the PAK cannot be registered. Operators see it at once (I). A license file is available to the owner
of its device, to the owner of the PAK that paid for it and to operators, until a license in it is moved or replaced.

| | |
| --- | --- |
| ![Overview](portal/overview.png) | ![Overview in dark](portal/overview-dark.png) |
| ![A console](portal/console.png) | ![The routers](portal/routers.png) |
| ![A wrong row](portal/registered.png) | ![A rehost that waits](portal/rehost-case.png) |

The other pages are in [`docs/portal`](portal); `python -m tests.browser.pictures` renews the pictures.

## The JSON interface

The same operations are available at `/api/v1`, described in OpenAPI 3.1 at `/api/v1/openapi.json`. A program presents a
token of the account for which it acts; tokens are created on the account page and shown once.

```sh
curl --cacert ca.pem -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
    -d '{"udis": ["CISCO881-K9:FTX1405YDC7"]}' https://localhost:8443/api/v1/paks/$PAK/registrations
```

Inputs that are not part of the path are taken from the query (GET, DELETE) or from the body (POST). An error is
`{"error", "message", "field"}`: a name for programs, a sentence for people, and the input concerned, if there is one.
Dates are those of the simulated calendar, in UTC. Files are base64, or the file itself where it is the whole answer.
Registrations, RMAs and rehosts are idempotent: a repeated request returns the same files and debits nothing. Any other
POST, such as an order, is carried out once if it has an `Idempotency-Key` (1 to 255 visible ASCII characters): a
repeated request gets the first answer again, even after the server was killed. The last 1,000 keys of an account are
remembered; a world that is restored to an earlier state forgets the later ones.

| status | when |
| --- | --- |
| 400, 415, 422 | the request is invalid: not JSON, not declared as JSON, or an input is missing or malformed |
| 422 `key_reused` | the `Idempotency-Key` was used for another request |
| 401, 403 | no token, a wrong one, or one of an account without this permission |
| 404 | there is no such PAK, order, device, letter or file, or it belongs to another account |
| 409 | the back end refuses; `error` names the reason, for example `pak_exhausted` or `rehost_limit` |
| 409 `rows_refused` | a list has rows that cannot be registered, and `partial` is not set; `rows` describes each row |
| 409 `repeated` | the request was already carried out under this key; its answer contained a secret and was not kept |
| 413 | more than 2 MiB |
| 429, 503 | too many wrong tokens or names, or the database is unavailable; `Retry-After` says when to try again |

"""


def portal_page(notice: str) -> str:
    """The whole page."""
    return f"# The license portal\n\n{notice}{INTRODUCTION}" + "\n".join(_subjects())


def _subjects() -> Iterator[str]:
    document = description(portal_interface(Error), SUBJECTS)
    for subject, operations in SUBJECTS.items():
        yield f"### {subject}\n\n| operation | inputs | what it does |\n| --- | --- | --- |\n" + "".join(
            f"| `{operation.method} {operation.path}` | {_inputs(document, operation.path, operation.method)} "
            f"| {operation.summary} |\n"
            for operation in operations
        )


def _inputs(document: dict[str, Any], path: str, method: str) -> str:
    """The inputs that do not stand in the path; those that may be left out in brackets."""
    described = document["paths"][path][method.lower()]
    found = [(each["name"], each["required"]) for each in described["parameters"] if each["in"] == "query"]
    if "requestBody" in described:
        name = described["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        body = document["components"]["schemas"][name]
        found += [(each, each in body["required"]) for each in body["properties"]]
    return ", ".join(f"`{name}`" if required else f"[`{name}`]" for name, required in found) or "–"
