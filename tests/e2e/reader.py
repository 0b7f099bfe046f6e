"""A screen reader's side of a real AT-SPI session: a D-Bus of its own, on which the program tells what it shows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
MISSING = tuple(name for name in ("dbus-daemon",) if shutil.which(name) is None)
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def launcher() -> str | None:
    """Return the program that brings up the bus of screen readers, None where there is none."""
    return next((path for path in LAUNCHERS if os.path.exists(path)), None)


@contextmanager
def session(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """Start a session bus with the accessibility bus on it; yield the environment for a program in that session."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as daemon:
        try:
            assert daemon.stdout is not None
            address = daemon.stdout.readline().strip()
            yield {**env, "DBUS_SESSION_BUS_ADDRESS": address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        finally:
            daemon.terminate()


class Gone(Exception):
    """What was asked is not there any more."""


class Thing:
    """One accessible thing of the program."""

    def __init__(self, reader: Reader, bus: str, path: str) -> None:
        self.reader, self.bus, self.path = reader, bus, path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing) and (self.bus, self.path) == (other.bus, other.path)

    def __hash__(self) -> int:
        return hash((self.bus, self.path))

    def ask(self, interface: str, method: str, signature: str = "", *words: Any) -> Any:
        """Call a method of the thing and return what it answers, a tuple."""
        address = DBusAddress(self.path, self.bus, f"org.a11y.atspi.{interface}")
        return self.reader.answer(new_method_call(address, method, signature or None, words))

    def value(self, interface: str, name: str) -> Any:
        """Return a property of the thing."""
        address = DBusAddress(self.path, self.bus, f"org.a11y.atspi.{interface}")
        return self.reader.answer(Properties(address).get(name))[0][1]

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.value("Accessible", "Name"))

    @property
    def role(self) -> str:
        """What kind of thing it is, in words."""
        return str(self.ask("Accessible", "GetRoleName")[0])

    @property
    def interfaces(self) -> set[str]:
        """What can be asked of it."""
        return {name.rpartition(".")[2] for name in self.ask("Accessible", "GetInterfaces")[0]}

    def children(self) -> list[Thing]:
        """Return what is in it."""
        return [Thing(self.reader, bus, path) for bus, path in self.ask("Accessible", "GetChildren")[0]]

    def walk(self, most: int = 12) -> Iterator[Thing]:
        """Yield the thing and all that is in it, so far as it is still there."""
        yield self
        try:
            children = self.children() if most else []
        except Gone:
            return
        for child in children:
            yield from child.walk(most - 1)

    def of(self, role: str) -> list[Thing]:
        """Return all in it of a role."""
        return [it for it in self.walk() if it.still == role]

    @property
    def called(self) -> str:
        """The name, "" for what is gone by now."""
        try:
            return self.name
        except Gone:
            return ""

    @property
    def still(self) -> str:
        """The role, "" for what is gone by now."""
        try:
            return self.role
        except Gone:
            return ""


class Reader:
    """Listens on the accessibility bus of a session."""

    def __init__(self, env: dict[str, str]) -> None:
        session_bus = open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"])
        bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (self.address,) = session_bus.send_and_get_reply(new_method_call(bus, "GetAddress"), timeout=20).body
        status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            session_bus.send_and_get_reply(Properties(status).set(name, "b", True), timeout=20)
        session_bus.close()
        self._bus: DBusConnection = open_dbus_connection(self.address)
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, "org.a11y.atspi.Registry")
        self.answer(new_method_call(registry, "RegisterEvent", "s", ("object:announcement",)))

    def answer(self, message: Any) -> Any:
        """Send a message and return the body of its answer. Raises RuntimeError for an error."""
        reply = self._bus.send_and_get_reply(message, timeout=20)
        if reply.header.message_type.name == "error":
            # The second is what Qt says of a thing that went while it was asked.
            if any(word in str(reply.header.fields) for word in ("UnknownObject", "UnknownInterface")):
                raise Gone(str(reply.body))
            raise RuntimeError(f"{reply.header.fields} {reply.body}")
        return reply.body

    def programs(self) -> list[Thing]:
        """Return the programs that told that they are there."""
        return Thing(self, REGISTRY, ROOT).children()

    def announced(self, act: Any, seconds: float = 10) -> str:
        """Return what is announced after `act` was done. Raises TimeoutError where nothing is."""
        return self.heard(act, 1, seconds)[0]

    def heard(self, act: Any, count: int, seconds: float = 10) -> list[str]:
        """Return the first `count` sentences announced after `act`. Raises TimeoutError where there are less."""
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        self.answer(message_bus.AddMatch(rule))
        with self._bus.filter(rule) as heard:
            act()
            signals = [self._bus.recv_until_filtered(heard, timeout=seconds) for _number in range(count)]
        return [str(signal.body[3][1]) for signal in signals]

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()
