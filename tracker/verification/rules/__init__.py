"""Which tasks are coded twice, and how far two codings agree: pure, without Django or a clock."""
