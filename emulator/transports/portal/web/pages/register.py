"""Registration: one device or a list of thousands, with what became of every row."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec
from starlette.responses import JSONResponse, Response

from emulator.transports.portal.downloads import download, stream
from emulator.transports.portal.jobs import Job
from emulator.transports.portal.operation import File
from emulator.transports.portal.operations.letters import LICENSE
from emulator.transports.portal.registered_row import RegisteredRow
from emulator.transports.portal.spreadsheets import read_udis, text_of, write_csv
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.portal.web.wizards import REGISTER
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute


class RegistrationFacts(msgspec.Struct, frozen=True):
    """A registration, and the good rows of it that are listed at most."""

    job: Job
    shown: int


REGISTER_PAGE = Template("register.html", NoFacts)
REGISTERED_PAGE = Template("registered.html", RegistrationFacts)
REGISTERING_PAGE = Template("registering.html", RegistrationFacts)

BYTES_A_FILE = 1_500
"""Bytes of a license file in an archive, with its entry in the directory and some room."""

SHOWN = 100
"""Good rows that a page lists; wrong ones are all listed."""


def _form(page: PortalPage) -> Response:
    """The form; with `job`, the list of that registration is brought back to be corrected."""
    if page.value("job") and (before := page.portal.jobs.find(page.value("job"), page.portal_request.by)) is not None:
        page.draft = {
            "pak": (before.pak,),
            "udis": ("\n".join(row.text for row in before.asked),),
            "choice": ("good" if before.partial else "all",),
            "mailed": ("yes" if before.mailed else "",),
            "why": (before.why,),
        }
    return page.draw(REGISTER_PAGE)


def _start(page: PortalPage) -> Response:
    pak = page.value("pak")
    if not pak:
        raise BadInput("Fill in the PAK.", "pak")
    chosen = page.file("file")
    field = "file" if chosen else "udis"
    rows = read_udis(text_of(chosen, field) if chosen else str(page.form.get("udis") or ""), field)
    if not rows:
        raise BadInput("Name at least one device, or choose a file.", field)
    job = page.portal.jobs.start(
        page.portal_request,
        pak,
        rows,
        partial=page.value("choice") == "good",
        mailed=page.value("mailed") == "yes",
        why=page.value("why"),
    )
    page.drop_draft(REGISTER)
    return page.lead(f"/register/{job.id}")


def _job(page: PortalPage) -> Job:
    job = page.portal.jobs.find(page.value("job"), page.portal_request.by)
    if job is None:
        raise NotThere(
            "The portal no longer knows this registration. What was registered stands on the page of the PAK; "
            "the same list again costs nothing."
        )
    return job


def _result(page: PortalPage) -> Response:
    job = _job(page)
    template = REGISTERED_PAGE if job.finished else REGISTERING_PAGE
    if job.failure is not None:
        page.problems.append(job.failure)
    return page.draw(template, job=job, shown=SHOWN)


def _state(page: PortalPage) -> Response:
    job = _job(page)
    told = f"{job.done} of {job.total} rows" if job.partial else f"Checking {job.total} rows as a whole"
    return JSONResponse({"done": job.done, "total": job.total, "told": told, "finished": job.finished})


def _good_ones(page: PortalPage) -> Response:
    """List once more, now without its wrong rows."""
    before = _job(page)
    job = page.portal.jobs.start(
        page.portal_request, before.pak, before.asked, partial=True, mailed=before.mailed, why=before.why
    )
    return page.lead(f"/register/{job.id}")


def _table(page: PortalPage) -> Response:
    job = _job(page)
    heading = ("row", "device", "result", "license", "file", "reason")
    return stream(f"registration-{job.pak}.csv", write_csv(heading, map(_csv_row, job.rows)))


def _csv_row(row: RegisteredRow) -> tuple[object, ...]:
    result = "wrong" if row.error else "again" if row.again else "issued" if row.license else "not registered"
    return row.row, row.text, result, row.license, row.file, row.message


def _files(page: PortalPage) -> Response:
    job = _job(page)
    files = (page.do(LICENSE, license=row.license) for row in job.issued)
    with page.portal.bodies.reserved(page.portal_request.by, BYTES_A_FILE * len(job.issued)):
        return download(File(f"licenses-{job.pak}.zip", zipped(files)))


def zipped(files: Iterable[File]) -> bytes:
    """The files in one archive; without a time, so the same files give the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(ZipInfo(file.name), file.content)
    return buffer.getvalue()


PAGES = (
    PageRoute("/register", _form, _start, draft=REGISTER, menu=MenuEntry("Register a PAK", 40, Group.ORDERS)),
    PageRoute("/register/{job}", _result),
    PageRoute("/register/{job}/state", _state),
    PageRoute("/register/{job}/good", send=_good_ones, again=_result),
    PageRoute("/register/{job}/rows.csv", _table),
    PageRoute("/register/{job}/licenses.zip", _files),
)
