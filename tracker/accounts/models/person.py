"""People who sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tracker.core.actor import Actor, ActorKind, Role
from tracker.core.checks import one_of


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their address, as sign-in needs it."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Addresses differ by more than case only on paper."""
        return self.get(email__iexact=username)

    def create_user(
        self, *, email: str, alias: str, role: Role, password: str | None = None, **extra: Any
    ) -> Person:
        """A person with a password, or with none until a one-time link sets it."""
        person = self.model(
            email=self.normalize_email(email).lower(), alias=alias, role=role.value, **extra
        )
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. Never deleted: deactivated, for history names them by id and alias.

    ``alias`` is all that others ever see.
    """

    email = models.EmailField(unique=True)
    alias = models.CharField(max_length=40, unique=True)
    role = models.CharField(max_length=16, choices=[(r.value, r.value.title()) for r in Role])
    is_active = models.BooleanField(default=True)
    theme = models.CharField(max_length=5, default="auto")

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["alias", "role"]

    class Meta:
        constraints = [
            one_of("role", [r.value for r in Role], name="person_role_valid"),
            one_of("theme", ["auto", "light", "dark"], name="person_theme_valid"),
        ]

    def __str__(self) -> str:
        return self.alias

    def as_actor(self) -> Actor:
        """The actor that services take."""
        return Actor(kind=ActorKind.PERSON, id=self.pk, alias=self.alias, role=Role(self.role))
