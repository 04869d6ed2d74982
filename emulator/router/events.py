"""Events of a router's software beyond licensing. The messages that tell of it are in `messages.toml`."""

from emulator.kernel.events import Event


class ReloadRequested(Event, frozen=True, kw_only=True):
    """A user confirmed `reload`, with a `reason` of their own or none; `by` is the line."""

    by: str
    reason: str = "Reload Command"


class Configured(Event, frozen=True, kw_only=True):
    """The running configuration was changed; `source` is `console` or `memory`, `by` the line."""

    source: str
    by: str


class CountersCleared(Event, frozen=True, kw_only=True):
    """The counters of `what`, one interface or all, were cleared `by` a line."""

    what: str
    by: str


class RollbackNear(Event, frozen=True, kw_only=True):
    """An unconfirmed change of the configuration is taken back in a minute."""


class RollbackBegun(Event, frozen=True, kw_only=True):
    """A change of the configuration is taken back; `file` is the one that becomes the configuration again."""

    file: str


class SystemRestarted(Event, frozen=True, kw_only=True):
    """IOS is up and names itself."""

    banner: str


class AgentColdStarted(Event, frozen=True, kw_only=True):
    """The SNMP agent came up."""

    hostname: str


class SnmpAuthenticationFailed(Event, frozen=True, kw_only=True):
    """A manager used a community or a secret that the SNMP agent does not accept; `peer` is its address."""

    peer: str


class ConfigurationLineRejected(Event, frozen=True, kw_only=True):
    """A saved line that the running level does not know; `column` is where nothing matched any more."""

    line: str
    column: int


class PacketDebugged(Event, frozen=True, kw_only=True):
    """A line about a packet, of the debugging that is on."""

    text: str


class NvramErased(Event, frozen=True, kw_only=True):
    """The saved configuration was erased."""


class FileVerified(Event, frozen=True, kw_only=True):
    """A user had the hash of a file computed."""

    file: str


class SiteConnected(Event, frozen=True, kw_only=True):
    """The router's site got a way to the Internet, or lost it."""

    up: bool


class ClockUpdated(Event, frozen=True, kw_only=True):
    """The calendar was set; both times are written as `show clock` writes them."""

    before: str
    after: str
    by: str


class LicenseAgentStopped(Event, frozen=True, kw_only=True):
    """The license agent has no listener any more."""


class LicenseAgentSessionsCleared(Event, frozen=True, kw_only=True):
    """The sessions of the license agent were ended by `clear license agent sessions`."""


class StorageServiceFailed(Event, frozen=True, kw_only=True):
    """The license storage service failed inside; only an injected fault raises it."""

    problem: str


class LicensingIpcFailed(Event, frozen=True, kw_only=True):
    """The licensing processes lost each other; only an injected fault raises it."""

    problem: str


class InvalidLicenseMet(Event, frozen=True, kw_only=True):
    """A stored license failed its check; only an injected fault raises it."""

    problem: str


class LicenseAgentOutOfMemory(Event, frozen=True, kw_only=True):
    """The license agent got no memory; only an injected fault raises it."""

    problem: str


class LicenseAgentPuzzled(Event, frozen=True, kw_only=True):
    """The license agent was sent an unknown event; only an injected fault raises it."""

    kind: int


class DhcpAddressAssigned(Event, frozen=True, kw_only=True):
    """The provider gave an address to an interface; `host` is the name that the router sent."""

    interface: str
    address: str
    mask: str
    host: str


class SshEnabled(Event, frozen=True, kw_only=True):
    """The SSH server started; `version` is the protocol version, `1.99`."""

    version: str


class SshDisabled(Event, frozen=True, kw_only=True):
    """The SSH server stopped, since it has no key any more."""

    version: str


class LoginSucceeded(Event, frozen=True, kw_only=True):
    """A user logged in at a line, and `login on-success log` is configured.

    `moment` is written as by `show clock`, `source` is the client's address or `LOCAL`, `port` the server's, or 0.
    """

    user: str
    moment: str
    source: str
    port: int


class LoginFailed(Event, frozen=True, kw_only=True):
    """A name or password was wrong, and `login on-failure log` is configured."""

    user: str
    moment: str
    source: str
    port: int


class CallHomePostFailed(Event, frozen=True, kw_only=True):
    """No web server took a message of call home; `error` is a number and words."""

    error: str


class CallHomeMailFailed(Event, frozen=True, kw_only=True):
    """No mail server took a message of call home; `error` is a number and words."""

    error: str
