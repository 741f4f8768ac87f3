"""From a bare machine to running processes: the standard library only.

Nothing here may import what the lock installs, for it runs before ``.venv`` exists. The one
exception is ``archive``, which encrypts backups and is loaded only inside the environment.
"""
