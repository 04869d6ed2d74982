"""Kept reports, and alerts that were told. A report is compressed: one of 30,000 devices is a megabyte or less."""

import zlib
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select

from emulator.manager.report_entities import FleetReport, ReportHead, ReportKind
from emulator.manager.store.report_tables import REPORTS, TOLD_ALERTS
from emulator.manager.store.sight import Sight

_HEAD = (REPORTS.c.number, REPORTS.c.kind, REPORTS.c.made, REPORTS.c.by, REPORTS.c.chosen, REPORTS.c.size)


class ReportRecords:
    """Kept reports and told alerts, within one transaction."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    def keep(self, report: FleetReport) -> ReportHead:
        """Keep a report; returns its head with its number."""
        head = report.head
        added = self._connection.execute(
            insert(REPORTS),
            {
                "kind": head.kind.value, "made": head.made, "by": head.by, "chosen": head.chosen, "size": head.size,
                "content": zlib.compress(msgspec.json.encode(report)),
            },
        )  # fmt: skip
        assert added.inserted_primary_key is not None
        return replace(head, number=added.inserted_primary_key[0])

    def heads(self, kind: ReportKind | None = None) -> list[ReportHead]:
        """List the kept reports, the latest first."""
        statement = select(*_HEAD).order_by(REPORTS.c.number.desc())
        if kind is not None:
            statement = statement.where(REPORTS.c.kind == kind.value)
        heads = [
            ReportHead(row.number, ReportKind(row.kind), row.made, row.by, row.chosen, row.size)
            for row in self._connection.execute(statement)
        ]
        if not self._sight.limited:
            return heads
        return [report.head for head in heads if (report := self.find(head.number)) is not None]

    def find(self, number: int) -> FleetReport | None:
        """Return a kept report with the rows that are seen, or None; one of a group that is not seen is not there."""
        content = self._connection.execute(select(REPORTS.c.content).where(REPORTS.c.number == number)).scalar()
        if content is None:
            return None
        found = msgspec.json.decode(zlib.decompress(content), type=FleetReport)
        if not self._sight.clear([found.head.chosen]):
            return None
        rows = tuple(row for row in found.rows if self._sight.clear(row))
        return replace(found, head=replace(found.head, number=number, size=len(rows)), rows=rows)

    def drop(self, number: int) -> None:
        """Delete a kept report."""
        self._connection.execute(delete(REPORTS).where(REPORTS.c.number == number))

    def told_alerts(self) -> set[tuple[str, str]]:
        """Return the kinds and lines of the alerts that were told."""
        return {(row.kind, row.line) for row in self._connection.execute(select(TOLD_ALERTS))}

    def keep_told_alerts(self, alerts: Sequence[tuple[str, str]], at: int) -> None:
        """Keep these alerts as told, and forget all others."""
        before = self.told_alerts()
        for kind, line in sorted(before - set(alerts)):
            which = (TOLD_ALERTS.c.kind == kind) & (TOLD_ALERTS.c.line == line)
            self._connection.execute(delete(TOLD_ALERTS).where(which))
        new = [{"kind": kind, "line": line, "at": at} for kind, line in dict.fromkeys(alerts)
               if (kind, line) not in before]  # fmt: skip
        if new:
            self._connection.execute(insert(TOLD_ALERTS), new)
