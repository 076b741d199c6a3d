"""Says on a disk that an installation on it has begun and has not ended, between partition table and first partition."""
import os

PLACE = 512 * 1024
TEXT = b"An installation on this disk was not finished.\n".ljust(4096, b"\0")


def is_on(disk):
    """Whether an open disk has it."""
    disk.seek(PLACE)
    return disk.read(len(TEXT)) == TEXT


def write(path, text=TEXT):
    with open(path, "r+b", buffering=0) as disk:
        disk.seek(PLACE)
        disk.write(text)
        os.fsync(disk.fileno())


def remove(path):
    write(path, bytes(len(TEXT)))
