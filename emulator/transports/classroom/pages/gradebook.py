"""The gradebook of a class: a table, as CSV that no spreadsheet computes, and as JSON."""

import csv
import io
from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.kernel.spreadsheet import harmless
from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.ports import GradeRow, OfferedLab
from emulator.transports.web.drawing import Template
from emulator.transports.web.route import MenuEntry, PageRoute


class GradebookFacts(msgspec.Struct, frozen=True):
    """The labs of a class, and a row for each learner with the grade in each lab."""

    title: str
    labs: Sequence[OfferedLab]
    rows: Sequence[Sequence[GradeRow]]


GRADEBOOK_PAGE = Template("gradebook.html", GradebookFacts)


def _gradebook(page: ClassPage) -> Response:
    served = page.face.served
    labs = served.labs()
    rows: dict[str, list[GradeRow]] = {}
    for row in served.gradebook():
        rows.setdefault(row.id, []).append(row)
    return page.draw(GRADEBOOK_PAGE, title=served.title, labs=labs, rows=list(rows.values()))


def _csv(page: ClassPage) -> Response:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(GradeRow.__struct_fields__)
    for row in page.face.served.gradebook():
        writer.writerow([harmless(str(cell)) for cell in msgspec.structs.astuple(row)])
    return _file(text.getvalue().encode(), "text/csv; charset=utf-8", "gradebook.csv")


def _json(page: ClassPage) -> Response:
    content = msgspec.json.format(msgspec.json.encode(page.face.served.gradebook())) + b"\n"
    return _file(content, "application/json", "gradebook.json")


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


PAGES = (
    PageRoute("/class/gradebook", _gradebook, operator=True, menu=MenuEntry("Gradebook", 40, "Class")),
    PageRoute("/class/gradebook.csv", _csv, operator=True),
    PageRoute("/class/gradebook.json", _json, operator=True),
)
