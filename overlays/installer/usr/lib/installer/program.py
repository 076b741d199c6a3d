"""Runs programs whose failure ends an installation."""
import subprocess

from refusal import Refusal


def run(*command, written=False, **options):
    """What the program printed; `written` says whether the disk was changed when it fails."""
    ended = subprocess.run(command, capture_output=True, text=True, **options)
    if ended.returncode:
        last = "; ".join(ended.stderr.strip().splitlines()[-4:])
        raise Refusal("FAILED", f"{command[0]} ended with {ended.returncode}: {last}", written=written)
    return ended.stdout
