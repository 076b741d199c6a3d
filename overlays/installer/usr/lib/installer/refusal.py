"""The ways in which an installation ends."""

# Exit statuses; docs/install.md has them.
STATUS = {
    "done": 0,
    "ANSWERS_INVALID": 2,
    "DISK_UNFIT": 3,
    "CONFIRMATION_MISSING": 4,
    "MEDIUM_INVALID": 5,
    "BUSY": 6,
    "FAILED": 7,
    "CANCELLED": 130,
}


class Refusal(Exception):
    """An installation that does not take place, or did not end: a code of STATUS, what is wrong, and what helps."""

    def __init__(self, code, message, hint="", written=False):
        super().__init__(message)
        self.code, self.message, self.hint, self.written = code, message, hint, written

    def described(self):
        after = "the disk is not complete: start the installation again" if self.written else "nothing was written"
        return {"code": self.code, "message": self.message, "hint": self.hint, "written": self.written, "after": after}
