"""Things that are worked out when they are first asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")
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


@dataclass(frozen=True, eq=False)
class Same(Generic[T]):
    """An object as a key that is equal to itself alone: what was worked out of it can be looked up without comparing it.

    The key keeps the object, so nothing else can come to have its identity.
    """

    it: T

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same object."""
        return isinstance(other, Same) and self.it is other.it

    def __hash__(self) -> int:
        """The object's identity."""
        return id(self.it)
