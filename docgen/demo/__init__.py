"""A whole round with made-up organisations: files go out, are filled in, come back, are read, judged and merged."""

from docgen.demo.play import Shown, run

__all__ = ["Shown", "run"]
