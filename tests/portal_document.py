"""The page about the portal: what it offers, how a program talks to it, and every operation with its inputs."""

from collections.abc import Iterator
from typing import Any

from emulator.transports.portal.api.description import description
from emulator.transports.portal.api.routes import Error
from emulator.transports.portal.operations.table import SUBJECTS

INTRODUCTION = """\
`isrtwin serve` prints the address of the portal and the file of the certificate authority that it is signed with.
Every world has the operator's account `lab` with the password `lab`; change it on the account page before others can
reach the machine. Every other password has at least 8 characters and is none of those that everybody tries first.
Opening an account never changes one that there is; an operator changes it on a page of its own, everybody their own
password on the account page. The last operator stays one. A new password ends the log-ins of its account and its
tokens. To open or change an account and to make a token, one's own password is asked for: neither a token nor an open
browser is enough.

Feature Navigator (`/features`, without a log-in) sets two feature sets side by side, by product, release and level, and
tells which level a feature or a command needs and what to order for it.

The pages, but for consoles, work without a script; all work by keyboard alone, on a phone, in light and dark; nothing
is loaded from elsewhere.
A list of devices may be pasted or sent as a file: one a row, `PID:SN` or `PID,SN`, with or without a heading, commas,
semicolons or tabs, up to 10,000 rows in UTF-8; or as `show license udi` prints them. The first row that is split at
one of these decides which; in quotation marks they split nothing. Rows that are wrong are named as they stand, with
the reason; the good ones are registered alone or none is, as chosen.

Operators find the routers of the world at `/world`: con 0 of each, a vty, and the bench open on a page
(`/console/R1/con0`, `/console/R1/vty`, `/bench`). Enter goes into the pane, Shift+Tab leaves it; inside, all other keys
are the router's, and `?` helps. More than 20 lines are pasted after a question. The key bar has the keys that a phone
lacks. A screen reader is told what comes, all of it, errors alone, or nothing. A line whose connection dropped is kept
for five minutes, and the page comes back to it with what it missed; con 0 has one terminal at a time, and others may
watch. What is typed is an input as by Telnet. One account may have 20 such pages open. With `serve --host` other
machines have these pages only with `--consoles`.

A router's credential and rehost ticket reach the browser by the bench: `get FILE usb|tftp [to PATH]`.

A registration takes any well-formed serial number of a product that the portal knows, whether the device was made here
or not, for lists are registered before their devices exist in the lab. A demo license, an extension and an RMA ask for
a device that was made here (I). An extension also asks who granted it and why, which the audit log keeps.

A PAK is the buyer's; one that an operator ordered for nobody is a paper that whoever holds it may use, and the first
customer to register it owns it. Registering gives a device a license, which works on it alone, and says nothing of
whose the device is. A customer reads about a device, and takes licenses from it (resend, demo, RMA, rehost), only as
its owner. A device that nobody owns is added on the page of the devices with its credential or the number of its
service contract (`portal contract` at the bench), by a permission against its credential, or by any call home of its
own; operators say whose it is. An RMA asks for the contract of the failed device and for a replacement that was added
before (I). What belongs to another account is answered as what is not there: the same status, the same words, after
the same work. Too many wrong names make an account, and in larger numbers an address, wait.

Wrong passwords make an account and an address wait, but never an account at an address where it last logged in; wrong
tokens keep no right one out.

The PAK of an order on paper is told to its customer when the letter arrives, not before: until then orders and PAKs
show that date, and the PAK cannot be registered. Operators read it off the records at once (I). The file of a license
is handed out to the owner of its device, to the owner of the PAK that paid for it and to operators, and no longer once
a license in it was moved or replaced.

| | |
| --- | --- |
| ![Overview](portal/overview.png) | ![Overview in dark](portal/overview-dark.png) |
| ![A console](portal/console.png) | ![The routers](portal/routers.png) |
| ![A wrong row](portal/registered.png) | ![A rehost that waits](portal/rehost-case.png) |

The other pages are in [`docs/portal`](portal); `python -m tests.browser.pictures` takes the pictures anew.

## The JSON interface

The same operations are at `/api/v1`, described in OpenAPI 3.1 at `/api/v1/openapi.json`. A program shows a token of
the account in whose name it acts; tokens are made on the account page and shown once.

```sh
curl --cacert ca.pem -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
    -d '{"udis": ["CISCO881-K9:FTX1405YDC7"]}' https://localhost:8443/api/v1/paks/$PAK/registrations
```

Inputs that do not stand in the path are taken from the query (GET, DELETE) or from the body (POST). An error is
`{"error", "message", "field"}`: a name for programs, a sentence for people, and the input to blame if it is one.
Dates are those of the simulated calendar, in UTC; files are base64, or the file itself where the answer is one.
Registrations, RMAs and rehosts may be repeated: the same again gives the same files and debits nothing. Whatever else
is posted, an order for instance, is carried out once however often it is sent where it has an `Idempotency-Key` of its
own (1 to 255 visible ASCII characters): the answer of the first time comes again, also after the server was killed.
Of an account the last 1,000 keys are remembered; a world that is put back to an earlier state forgets them.

| status | when |
| --- | --- |
| 400, 415, 422 | the request cannot be read: not JSON, not sent as JSON, an input that is missing or malformed |
| 422 `key_reused` | the `Idempotency-Key` was used for another request |
| 401, 403 | no token, a wrong one, or one of an account that may not do this |
| 404 | there is no such PAK, order, device, letter or file, or it is not the account's |
| 409 | the back end refuses; `error` is the name of its refusal, for example `pak_exhausted` or `rehost_limit` |
| 409 `rows_refused` | a list with rows that cannot be registered, without `partial`; `rows` tells of each of its rows |
| 409 `repeated` | the request was carried out under this key, and its answer, which had a secret, is not kept |
| 413 | more than 2 MiB |
| 429, 503 | too many wrong tokens or names, or the records cannot be reached; `Retry-After` says when to try again |

"""


def portal_page(notice: str) -> str:
    """The whole page."""
    return f"# The licensing portal\n\n{notice}{INTRODUCTION}" + "\n".join(_subjects())


def _subjects() -> Iterator[str]:
    document = description(SUBJECTS, Error)
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
