"""A line for the bench that nobody has typed yet: every verb with each of its words wrong."""

from pathlib import Path

import pytest

from emulator.bench.checking import bench_problem
from emulator.bench.session import Bench
from tests.driver import world_of


@pytest.fixture(scope="module")
def at_the_bench() -> Bench:
    return Bench(world_of("R1"))


RIGHT = (
    "power R1 on",
    "order L-880-AIS= quantity 2",
    "rack R2 CISCO881-K9",
    "software get c880data-universalk9-mz.151-4.M5.bin usb",
    "software get c880data-universalk9-mz.151-4.M5 usb",
    "portal demo R1 advipservices",
    "portal extension R1 SSL_VPN 30d why for a trial",
    "portal register 3XABCDEF R1 CISCO881-K9:FTX1405YDC7",
    "portal rma R1 CISCO881-K9:FTX1405YDC7",
    "users R1 SSL_VPN in 3",
    "cable R1 fastethernet4 out",
    "advance until 2010-05-01T00:00",
    "pace warp",
    "mail 1",
    "explain R1 Zones",
    "explain R1 ssl_vpn",
    "explain R1 tftp",
    "put tftp files/a.lic",
    "advance until mail",
)


@pytest.mark.parametrize("line", RIGHT)
def test_nothing_is_known_against_a_line(at_the_bench: Bench, line: str) -> None:
    assert bench_problem(line, at_the_bench) is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("powr R1 on", "'powr' is not known at the bench. Did you mean power?"),
        ("power R2 on", "'R2' is not known after 'power'. Known: R1"),
        ("power R1 onn", "'onn' is not known after 'power R1'. Did you mean on?"),
        ("power R1", "'power R1' is incomplete: what may follow is cycle, off, on"),
        ("po", "'po' is ambiguous: po may be power, portal"),
        ("order L-880-AIZ=", "unknown SKU 'L-880-AIZ='. Did you mean L-880-AIS=?"),
        ("software get c880data-universalk9-mz.151-4.M6.bin usb",
         "unknown image 'c880data-universalk9-mz.151-4.M6.bin'. Did you mean c880data-universalk9-mz.151-4.M5?"),
        ("portal demo R1 advipservces", "unknown feature 'advipservces'. Did you mean advipservices?"),
        ("portal demo R7 advipservices", "unknown router 'R7'. Known: R1"),
        ("portal register 3X R1 CISCO881-K8:FTX1405YDC7", "unknown PID 'CISCO881-K8'. Did you mean CISCO881-K9?"),
        ("portal lookup CISCO881-K9:FTX", "'CISCO881-K9:FTX' is not a UDI; write PID:SN"),
        ("cable R1 FastEthernet9 in", "unknown interface 'FastEthernet9'. Did you mean FastEthernet4?"),
        ("cable R1 Vlan1 in", "unknown interface 'Vlan1'. "),
        ("advance until 2010-13-01", "'2010-13-01' is not a moment; write for example 2010-05-01T00:00"),
        ("advance until subscripton of R1 ends", "'subscripton' is not known after 'advance until'. Did you mean sub"),
        ("advance until evalution of R1 ends", "'evalution' is not known after 'advance until'. Did you mean ev"),
        ("explain R1 advipservces", "unknown level or feature 'advipservces'. Did you mean advipservices?"),
        ("snapshot before", "'snapshot' is for a world on disk; nothing is kept here to go back to"),
        ("lab check", "'lab check' is for a world in which a lab is played"),
        ("bisect level R1 advipservices", "'bisect' is for a world on disk"),
        ("advance 3x", "'3x' is not known after 'advance'. "),
        ("pace frob", "'frob' is not a pace"),
    ],
)  # fmt: skip
def test_what_the_bench_would_not_do_is_told(at_the_bench: Bench, line: str, told: str) -> None:
    assert told in str(bench_problem(line, at_the_bench))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("put tftp /etc/passwd", "/etc/passwd is not below the folder of the file that names it"),
        ("get a.lic tftp to ../a.lic", "../a.lic is not below the folder of the file that names it"),
        ("get a.lic tftp to .", None),
        ("put usb {folder}/a.lic", None),
    ],
)
def test_a_path_stays_below_the_folder_of_the_scenario(
    at_the_bench: Bench, tmp_path: Path, line: str, told: str | None
) -> None:
    assert bench_problem(line.format(folder=tmp_path), at_the_bench, tmp_path) == told
