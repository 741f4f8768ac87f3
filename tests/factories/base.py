"""A factory whose calls have the model's type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import factory

T = TypeVar("T")

if TYPE_CHECKING:

    class ModelFactory(Generic[T]):
        """As below; says that a call gives a row of the model."""

        def __new__(cls, **fields: Any) -> T: ...  # type: ignore[misc]  # the metaclass builds rows

        @classmethod
        def create(cls, **fields: Any) -> T: ...

        @classmethod
        def create_batch(cls, size: int, **fields: Any) -> list[T]: ...

else:

    class ModelFactory(factory.django.DjangoModelFactory, Generic[T]):
        """Builds a valid row; fields may be given by name."""

        class Meta:
            abstract = True
