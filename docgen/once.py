"""A property that is worked out when it is first asked for."""

from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")


class once(cached_property[T]):  # noqa: N801 - it is used like property
    """:class:`functools.cached_property` without the lock it takes before Python 3.12: thousands of cells feel it."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """The value; from the second time on the instance holds it, and this is not called."""
        if instance is None:
            return self
        value = instance.__dict__[self.attrname] = self.func(instance)
        return value
