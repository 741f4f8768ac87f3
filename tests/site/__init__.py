"""A small press of its own on loopback: outlets with feeds, copies, changes and every vice."""
