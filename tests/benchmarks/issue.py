"""`license_issue`: 30,000 signed license files out of PAKs for 5,000 devices each, registered whole in one transaction,
in an SQLite file.

Everything that goes with a registration is in it: checks, debit, device, license, registration, letter, audit entry,
and the file itself. The reference is bare Ed25519 signing of the same bytes.
"""

import gc
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from emulator.backend.service import LicensingService
from emulator.backend.skus import load_skus
from emulator.backend.store.database import Database
from emulator.keys.license_files import _signed
from emulator.keys.sealing import derive_sealing_key
from emulator.keys.signing import Verifier, derive_signing_key, fingerprint
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine
from emulator.licensing.udi import Udi
from tests.benchmarks.figure import Figure, paired

FILES = 30_000
A_TRANSACTION = 5_000
RUNS = 5
START = datetime(2010, 3, 1, 9, tzinfo=UTC)


def license_issue() -> Iterator[Figure]:
    pairs = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as scratch:
            pairs.append(_run(Path(scratch) / "backend.sqlite"))
    yield paired("license_issue", pairs, "s CPU")


def _run(file: Path) -> tuple[float, float]:
    key = derive_signing_key(WorldSecret.known(1), "licensing")
    service = LicensingService(
        Database(file),
        load_skus(),
        {"CISCO881-K9": "880"},
        key,
        device_verifier=lambda udi: Verifier(derive_signing_key(WorldSecret.known(1), f"device {udi}").public),
        device_seal=lambda udi: derive_sealing_key(WorldSecret.known(1), f"device {udi}").public,
        calendar=lambda now: START + timedelta(milliseconds=now),
    )
    udis = [Udi("CISCO881-K9", f"FTX14{number // 10_000:02d}{number % 10_000:04d}") for number in range(FILES)]
    batches = [
        (service.order("L-880-AIS=", A_TRANSACTION, 0, by="lab")[0].pak, udis[first : first + A_TRANSACTION])
        for first in range(0, FILES, A_TRANSACTION)
    ]
    gc.collect()
    begun = process_time()
    issued = 0
    for pak, some in batches:
        issued += len(service.register(pak, some, 0, by="lab"))
    value = process_time() - begun
    assert issued == FILES
    code = fingerprint(key.public)
    with service.database.reading() as records:
        signed = [
            _signed(FileLine(each.line, each.source, each.created), code)
            for udi in udis
            for each in records.licenses.held(udi)
        ]
    assert len(signed) == FILES
    service.close()
    gc.collect()
    begun = process_time()
    for data in signed:
        key.sign(data)
    return value, process_time() - begun
