"""Which mentions speak of one event, and where, how and by whom it happened."""
