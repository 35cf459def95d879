"""What the demo says when it is done."""

from collections.abc import Iterator
