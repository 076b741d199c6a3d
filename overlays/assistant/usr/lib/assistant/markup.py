"""The little Markdown that models write, as pieces of text with the names of their styles."""

import re

_INLINE = re.compile(r"(`[^`\n]+`|\*\*[^*\n]+\*\*)")


def styled(text):
    """Pairs of a piece of text and its style: plain, code, block, bold or heading."""
    in_block = False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("```"):
            in_block = not in_block
        elif in_block:
            yield line, "block"
        elif heading := re.match(r"#{1,6} +(.*\n?)", line, re.DOTALL):
            yield heading[1], "heading"
        else:
            yield from _inline(re.sub(r"^(\s*)[*-] +", r"\1• ", line))


def _inline(line):
    for piece in _INLINE.split(line):
        if piece.startswith("`") and piece.endswith("`") and len(piece) > 2:
            yield piece[1:-1], "code"
        elif piece.startswith("**") and len(piece) > 4:
            yield piece[2:-2], "bold"
        elif piece:
            yield piece, "plain"
