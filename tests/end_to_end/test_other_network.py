"""Other networks do not reach the routers: a client in a network of its own, wired to this one, is refused."""

import subprocess
import sys

INSIDE = """\
set -e
ip link set lo up
ip link add name inside type veth peer name outside
unshare -n sleep 60 & stranger=$!
trap 'kill $stranger' EXIT
while [ "$(readlink /proc/$stranger/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do :; done
ip link set outside netns $stranger
ip address add 192.0.2.1/24 dev inside
ip link set inside up
nsenter -n -t $stranger ip address add 192.0.2.2/24 dev outside
nsenter -n -t $stranger ip link set outside up
exec_python="$1"
"$exec_python" -c "$2" $stranger "$3"
"""

SERVER = """\
import socket, subprocess, sys
from emulator.transports.connections.loopback import bound_to_loopback

def stranger(port):
    told = subprocess.run(["nsenter", "-n", "-t", sys.argv[1], sys.executable, "-c", sys.argv[2], str(port)],
                          capture_output=True, text=True)
    return told.stdout.strip() or told.stderr

with bound_to_loopback(0) as routers, socket.create_server(("", 0)) as anybody:
    port = routers.getsockname()[1]
    for address in ("127.0.0.1", "127.1.0.1", "127.1.200.9"):
        with socket.create_connection((address, port)) as client:
            accepted, _ = (routers.settimeout(10), routers.accept())[1]
            print("here", address, accepted.getsockname()[0])
            accepted.close()
    print("stranger at a port for everybody:", stranger(anybody.getsockname()[1]))
    print("stranger at the routers:", stranger(port))
"""

STRANGER = """\
import socket, sys
try:
    socket.create_connection(("192.0.2.1", int(sys.argv[1])), timeout=10).close()
    print("let in")
except ConnectionRefusedError:
    print("refused")
"""


def test_a_client_on_another_network_is_refused():
    told = subprocess.run(
        ["unshare", "--map-root-user", "--net", "sh", "-c", INSIDE, "sh", sys.executable, SERVER, STRANGER],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == [
        "here 127.0.0.1 127.0.0.1",
        "here 127.1.0.1 127.1.0.1",
        "here 127.1.200.9 127.1.200.9",
        "stranger at a port for everybody: let in",
        "stranger at the routers: refused",
    ]
