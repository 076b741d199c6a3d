"""What went wrong, in words for the user."""


class Problem(Exception):
    """A message, and what the user can do about it."""

    def __init__(self, message, remedy=""):
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self):
        return f"{self.message} {self.remedy}".strip()


class Cancelled(Exception):
    """The user wants no more of what is under way."""
