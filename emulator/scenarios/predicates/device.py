"""Judged on one router: what the board does, its image, files, register, secret and log."""

from emulator.console.line.login import check
from emulator.images.container import ImageFault, unpack
from emulator.keys.documents import DamagedLine, InvalidDocument, read_license_file
from emulator.router.access import enable_password
from emulator.scenarios.predicates.licenses import PHASE_WORDS
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, no
from emulator.storage.filesystem import StoredFile
from emulator.world.world import World


def phase(scene: Scene, *, router: str, phase: str) -> PredicateVerdict:
    actual = scene.router(router).state.board.phase
    return PredicateVerdict(str(actual) == phase, f"{router} is {PHASE_WORDS[actual]}.")


def logged(scene: Scene, *, router: str, message: str) -> PredicateVerdict:
    running = scene.router(router).state.running
    if running is None:
        return no(f"{router} does not run IOS, so it has no log.")
    found = any(entry.text.startswith(f"%{message.upper()}:") for entry in running.log.entries)
    return PredicateVerdict(found, f"The log of {router} has {'a' if found else 'no'} message {message.upper()}.")


def image(scene: Scene, *, router: str, image: str) -> PredicateVerdict:
    running = scene.router(router).state.running
    if running is None:
        return no(f"{router} runs no image.")
    return PredicateVerdict(running.image == image, f"{router} runs {running.image}.")


def file(scene: Scene, *, router: str, file: str, state: str) -> PredicateVerdict:
    flash = scene.router(router).state.flash
    flash.settle(scene.world.now)
    found = flash.find(file)
    if found is None:
        return PredicateVerdict(state == "absent", f"There is no file {file} in the flash of {router}.")
    if state == "absent":
        return no(f"{found.name} is in the flash of {router}.")
    problem = _fault(scene, router, found)
    return PredicateVerdict(problem is None, f"{found.name} in the flash of {router} is {problem or 'whole'}.")


def _fault(scene: Scene, router: str, found: StoredFile) -> str | None:
    """Tell why a file is not whole."""
    if found.growth is not None:
        return "still being written"
    if found.name.endswith(".bin"):
        inside = unpack(found.content, found.size)
        return f"not a sound image: {inside}" if isinstance(inside, ImageFault) else None
    if found.name.endswith(".lic"):
        return _license_fault(scene.world, found.content)
    before = scene.record.start.routers.get(router)
    earlier = before.flash.find(found.name) if before is not None else None
    return "no longer what it was" if earlier is not None and earlier.content != found.content else None


def _license_fault(world: World, content: bytes) -> str | None:
    try:
        lines = read_license_file(content, world.license_verifier)
    except InvalidDocument as error:
        return f"not a sound license file: {error.reason}"
    damaged = sum(isinstance(line, DamagedLine) for line in lines)
    return f"a license file with {damaged} damaged of {len(lines)} lines" if damaged else None


def register(scene: Scene, *, router: str, value: str) -> PredicateVerdict:
    device = scene.router(router)
    following = device.next_register
    fact = f"The configuration register of {router} is 0x{device.state.config_register:X}"
    if following != device.state.config_register:
        fact += f" and will be 0x{following:X} at the next start"
    return PredicateVerdict(following == int(value, 16), f"{fact}.")


def secret(scene: Scene, *, router: str, secret: str) -> PredicateVerdict:
    running = scene.router(router).state.running
    if running is None:
        return no(f"{router} does not run IOS, so it has no privileged prompt.")
    kept = enable_password(running.configuration)
    if kept is None:
        return no(f"The privileged prompt of {router} opens without a secret.")
    opens = check(kept[0], secret)
    return PredicateVerdict(
        opens, f"That secret {'opens' if opens else 'does not open'} the privileged prompt of {router}."
    )


PREDICATES: PredicateTable = (
    Predicate(
        "phase <router:Router> <phase:off|booting|rommon|running>",
        phase,
        "The board is doing that.",
        "phase R1 rommon",
    ),
    Predicate(
        "image <router:Router> <image:Image>",
        image,
        "The router runs that image.",
        "image R1 c880data-universalk9-mz.150-1.M4.bin",
    ),
    Predicate(
        "file <router:Router> <file:Word> <state:whole|absent>",
        file,
        "The file is in the router's flash and whole (an image by its checksum, a license file by its signature,"
        " any other if it is as it was at the start), or is not there.",
        "file R1 c880data-universalk9-mz.150-1.M4.bin whole",
    ),
    Predicate(
        "register <router:Router> <value:Register>",
        register,
        "The configuration register that the next start takes over has that value.",
        "register R1 0x2102",
    ),
    Predicate(
        "secret <router:Router> <secret:Word>",
        secret,
        "The secret opens the privileged prompt.",
        "secret R1 cisco",
    ),
    Predicate(
        "logged <router:Router> <message:Word>",
        logged,
        "The buffer of the system log has a message of that facility, severity and mnemonic.",
        "logged R1 LICENSE-6-REMOVE",
    ),
)
