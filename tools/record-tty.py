#!/usr/bin/env python3
"""Records what the line discipline of Linux does, on a real pty, as JSON for packages/simulator/src/tty.

Prints {"conversations": [[step, ...], ...]}. A step is an input with what came of it:
  type (bytes typed on the controlling side), write (bytes of a program), read (of at most `maximum` bytes), set (attributes);
  echo: the bytes that the controlling side read afterwards; signals: what the foreground group got; got: what `read` gave,
  null if it would wait; taken: how many bytes `write` took.
All bytes are hexadecimal. The conversations are hand-written ones and some from a seeded generator.

usage: tools/record-tty.py > packages/simulator/src/tty/fixtures/linux-pty.json
"""
import fcntl, json, os, pty, random, select, signal, struct, sys, termios, time

QUIET_SECONDS = 0.025
INPUT_FLAGS = {'ICRNL': termios.ICRNL, 'INLCR': termios.INLCR, 'IGNCR': termios.IGNCR, 'IXON': termios.IXON, 'ISTRIP': termios.ISTRIP}
OUTPUT_FLAGS = {'OPOST': termios.OPOST, 'ONLCR': termios.ONLCR}
LOCAL_FLAGS = {'ICANON': termios.ICANON, 'ECHO': termios.ECHO, 'ECHOE': termios.ECHOE, 'ECHOK': termios.ECHOK,
               'ECHONL': termios.ECHONL, 'ECHOCTL': 0o1000, 'ISIG': termios.ISIG, 'IEXTEN': termios.IEXTEN}
SANE = {'ICANON': True, 'ECHO': True, 'ECHOE': True, 'ECHOK': True, 'ECHONL': False, 'ECHOCTL': True, 'ISIG': True, 'IEXTEN': True,
        'ICRNL': True, 'INLCR': False, 'IGNCR': False, 'IXON': True, 'ISTRIP': False, 'OPOST': True, 'ONLCR': True}
IUTF8 = 0o40000
NAMES = {signal.SIGINT: 'SIGINT', signal.SIGQUIT: 'SIGQUIT', signal.SIGTSTP: 'SIGTSTP'}


def flags(value, table, wanted):
    for name, bit in table.items():
        value = value | bit if wanted[name] else value & ~bit
    return value


class Terminal:
    """A pty whose foreground group is a child that reports its signals."""

    def __init__(self):
        self.master, self.slave = pty.openpty()
        os.set_blocking(self.slave, False)
        os.set_blocking(self.master, False)
        self.signals, writer = os.pipe()
        os.set_blocking(self.signals, False)
        self.child = os.fork()
        if self.child == 0:
            self.be_foreground(writer)
        os.close(writer)
        self.await_ready()
        self.set(SANE, False)

    def be_foreground(self, writer):
        os.setsid()
        fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
        for number, name in NAMES.items():
            signal.signal(number, lambda n, _f: os.write(writer, (NAMES[n] + '\n').encode()))
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.write(writer, b'ready\n')
        while True:
            signal.pause()

    def await_ready(self):
        select.select([self.signals], [], [])
        os.read(self.signals, 100)

    def set(self, wanted, flush):
        current = termios.tcgetattr(self.slave)
        current[0] = flags(current[0], INPUT_FLAGS, wanted) | IUTF8
        current[1] = flags(current[1], OUTPUT_FLAGS, wanted)
        current[3] = flags(current[3], LOCAL_FLAGS, wanted)
        termios.tcsetattr(self.slave, termios.TCSAFLUSH if flush else termios.TCSANOW, current)

    def drain(self, fd):
        collected = b''
        while select.select([fd], [], [], QUIET_SECONDS)[0]:
            collected += os.read(fd, 65536)
        return collected

    def type(self, data):
        while data:
            data = data[os.write(self.master, data):]
            time.sleep(0.001)

    def read(self, maximum):
        try:
            return os.read(self.slave, maximum)
        except BlockingIOError:
            return None

    def write(self, data):
        try:
            return os.write(self.slave, data)
        except BlockingIOError:
            return 0

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        for fd in (self.master, self.slave, self.signals):
            os.close(fd)


def perform(terminal, step):
    kind, value = step
    done = {}
    if kind == 'type':
        terminal.type(value)
        done['type'] = value.hex()
    elif kind == 'write':
        done['write'] = value.hex()
        done['taken'] = terminal.write(value)
    elif kind == 'read':
        time.sleep(0.002)
        got = terminal.read(value)
        done['read'] = value
        done['got'] = None if got is None else got.hex()
    else:
        terminal.set({**SANE, **value['attributes']}, value['flush'])
        done['set'] = value
    done['echo'] = terminal.drain(terminal.master).hex()
    may_signal = kind == 'type' and any(byte & 0x7f in b'\x03\x1a\x1c' for byte in value)
    done['signals'] = terminal.drain(terminal.signals).decode().split() if may_signal else []
    return done


def record(steps):
    terminal = Terminal()
    try:
        return [perform(terminal, step) for step in steps]
    finally:
        terminal.close()


def typed(*chunks):
    """Types each chunk, then reads until nothing is left."""
    return [('type', chunk) for chunk in chunks] + [('read', 4096)] * 3


def attributes(flush=False, **changes):
    return ('set', {'attributes': changes, 'flush': flush})


RAW = dict(ICANON=False, ECHO=False, ISIG=False, IEXTEN=False, ICRNL=False, IXON=False, OPOST=False)

WRITTEN = [
    typed(b'hello\n'),
    typed(b'hello\r'),
    typed(b'one\ntwo\nthree'),
    typed(b'abc\x7f\x7fX\n'),
    typed(b'\x7f\x7fa\x7f\x7f\x7fb\n'),
    typed('na\u00efve \u00e9\u00e8'.encode(), b'\x7f\x7f', b'\x17', b'\n'),
    typed('\u65e5\u672c\u8a9e'.encode(), b'\x7f', b'\n'),
    typed(b'one two  three', b'\x17', b'\x17', b'\x17', b'x\n'),
    typed(b'path/to_file.txt ', b'\x17', b'\x17', b'\x17', b'\n'),
    typed(b'a whole line', b'\x15', b'b\n'),
    typed(b'tab\tafter', b'\x7f' * 6, b'\x7f', b'\x7f', b'\n'),
    typed(b'a\tb\tc', b'\x7f', b'\x7f', b'\x7f', b'\x7f', b'\n'),
    [('write', b'prompt> ')] + typed(b'x\ty', b'\x7f', b'\x7f', b'\x15', b'\n'),
    typed(b'\x01\x02x', b'\x7f', b'\x7f', b'\x7f', b'\n'),
    typed(b'a\x16\x03b\x16\x15\x16\x7fc', b'\x7f\x7f', b'\n'),
    typed(b'lit\x16\neral\n'),
    typed(b'again\x12 and\n'),
    typed(b'partial\x04'),
    typed(b'\x04'),
    typed(b'x\x04\x04'),
    [('type', b'abc\x04\n'), ('read', 3), ('read', 3), ('read', 3)],
    [('type', b'abcdef\n'), ('read', 3), ('read', 3), ('read', 3), ('read', 3)],
    typed(b'gone', b'\x03', b'kept\n'),
    typed(b'line\ngone', b'\x1c', b'x\n'),
    typed(b'z', b'\x1a', b'\n'),
    [('type', b'\x13'), ('write', b'held'), ('type', b'echo'), ('type', b'\x11'), ('write', b'shown'), ('type', b'\n'), ('read', 99)],
    [('type', b'\x13'), ('type', b'x'), ('type', b'\x03'), ('write', b'on'), ('type', b'\n'), ('read', 99)],
    [('type', b'\x13'), attributes(IXON=False), ('write', b'free'), ('type', b'\x13\x11\n'), ('read', 99)],
    [('write', b'a\nb\r\nc\td\x08e\n')],
    [attributes(ONLCR=False), ('write', b'a\nb\n')] + typed(b'x\ty', b'\x7f', b'\x7f', b'\n'),
    [attributes(OPOST=False), ('write', b'a\nb\n')] + typed(b'x\n'),
    [attributes(**RAW), ('write', b'a\n')] + typed(b'\x03\x04\x1a\r\n\x7f\x13\x11x'),
    [attributes(**{**RAW, 'ECHO': True})] + typed(b'\x03\t\r\nx\x7f'),
    [attributes(ICANON=False)] + typed(b'a\x7f\x15\r\nb', b'\x03', b'c'),
    [attributes(ICANON=False, ECHO=False)] + typed(b'abc', b'\x03'),
    [attributes(ECHO=False)] + typed(b'secret\x7f\x15pass\n'),
    [attributes(ECHO=False, ECHONL=True)] + typed(b'secret\n'),
    [attributes(ECHOE=False)] + typed(b'abc\x7f\x7f\x17\n', b'ab\x15\n'),
    [attributes(ECHOK=False)] + typed(b'abc\x15d\n'),
    [attributes(ECHOCTL=False)] + typed(b'a\x01b\x7f\x7f\x7f\n', b'\x16\x03\n'),
    [attributes(ISIG=False)] + typed(b'a\x03\x1a\x1c\n'),
    [attributes(IEXTEN=False)] + typed(b'a b\x17\x16\x12\n'),
    [attributes(ICRNL=False)] + typed(b'a\rb\n'),
    [attributes(INLCR=True)] + typed(b'a\nb\r'),
    [attributes(IGNCR=True)] + typed(b'a\rb\n'),
    [attributes(ISTRIP=True)] + typed(b'\xe1\xe2\x83\n'),
    [('type', b'waiting'), attributes(**RAW), ('read', 99), ('type', b'x'), attributes(), ('read', 99)],
    [('type', b'waiting'), attributes(flush=True, ECHO=False), ('type', b'x\n'), ('read', 99)],
    [('type', b'line\nrest'), attributes(**RAW), ('read', 99)],
    [('type', b'end\x04rest'), attributes(**RAW), ('read', 99)],
    [attributes(**RAW), ('type', b'bytes'), attributes(), ('read', 3), ('read', 3), ('read', 3)],
    [attributes(ECHO=False)] + typed(b'x' * 4094 + b'\n'),
    [attributes(ECHO=False)] + typed(b'x' * 4095 + b'\n'),
    [attributes(ECHO=False)] + typed(b'x' * 4096 + b'\n'),
    [attributes(ECHO=False)] + typed(b'x' * 5000 + b'yz\n', b'next\n'),
    [attributes(ECHO=False)] + typed(b'x' * 5000, b'\x7f\x7f', b'\n'),
]

PIECES = [b'a', b'b', b' ', b'word', b'_9', b'\t', b'\n', b'\r', b'\x7f', b'\x15', b'\x17', b'\x12', b'\x16', b'\x04', b'\x01', b'\x1b[A',
          '\u00e9'.encode(), '\u20ac'.encode(), b'\xa9', b'\xff', b'.', b'\x00', b'\x08']
SIGNALS = [b'\x03', b'\x1a', b'\x1c']
FLOW = [b'\x13', b'\x11']


def random_step(rng):
    choice = rng.random()
    if choice < 0.55:
        return ('type', b''.join(rng.choice(PIECES) for _ in range(rng.randint(1, 6))))
    if choice < 0.60:
        return ('type', rng.choice(SIGNALS))
    if choice < 0.64:
        return ('type', rng.choice(FLOW))
    if choice < 0.74:
        return ('write', b''.join(rng.choice([b'out', b'\n', b'\t', b'\x08', b'\r', '\u00e9'.encode()]) for _ in range(rng.randint(1, 4))))
    if choice < 0.90:
        return ('read', rng.choice([1, 3, 4096]))
    names = rng.sample(sorted(SANE), rng.randint(0, 3))
    return attributes(rng.random() < 0.2, **{name: not SANE[name] for name in names})


def main():
    rng = random.Random(4254)
    generated = [[random_step(rng) for _ in range(rng.randint(4, 14))] for _ in range(150)]
    conversations = [record(steps) for steps in WRITTEN + generated]
    print(json.dumps({'recordedOn': 'Linux ' + os.uname().release.split('-')[0], 'conversations': conversations}, separators=(',', ':')))


main()
