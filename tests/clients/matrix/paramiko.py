"""Paramiko without anything above it."""

from paramiko import AutoAddPolicy, SSHClient

from tests.clients.matrix import lab


def commands(router: lab.Router) -> None:
    for command, expected in ((lab.SHOW_LEVEL, "License Level"), ("show privilege", "level is 15")):
        with SSHClient() as client:
            client.set_missing_host_key_policy(AutoAddPolicy())
            client.connect(router.address, router.ssh, lab.USER, lab.PASSWORD, look_for_keys=False, allow_agent=False)
            _, output, _ = client.exec_command(command)
            assert expected in output.read().decode()
    lab.did("one command without a shell")
    with SSHClient() as client:
        client.set_missing_host_key_policy(AutoAddPolicy())
        client.connect(router.address, router.ssh, lab.USER, lab.PASSWORD, look_for_keys=False, allow_agent=False)
        shell = client.invoke_shell(width=200)
        shell.settimeout(30)
        shell.sendall(b"show license udi\rexit\r")
        seen = b""
        while more := shell.recv(4096):
            seen += more
        assert b"CISCO881-K9:" in seen
    lab.did("a shell with typed-ahead text")


if __name__ == "__main__":
    lab.main("paramiko", {"commands": commands})
