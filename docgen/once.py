"""A property that is worked out when it is first asked for."""

from functools import cached_property
from typing import Any, Self, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class once(cached_property[T_co]):  # noqa: N801 - it is used like property
    """:class:`functools.cached_property` without the lock it takes before Python 3.12: thousands of cells feel it."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T_co: ...
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Any:
        """The value; from the second time on the instance holds it, and this is not called."""
        if instance is None:
            return self
        value = instance.__dict__[str(self.attrname)] = self.func(instance)
        return value
