"""People."""

from __future__ import annotations

import factory
from django.contrib.auth.hashers import make_password

from tests.factories.base import ModelFactory
from tracker.accounts.models import Person
from tracker.core.actor import Role

PASSWORD = "correct horse battery staple"


class PersonFactory(ModelFactory[Person]):
    """A researcher unless another role is given; signs in with ``PASSWORD``."""

    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    alias = factory.Sequence(lambda n: f"Heron {n}")
    role = Role.RESEARCHER.value
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
