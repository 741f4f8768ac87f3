"""Who did, read or exported what, when and why: append-only, sealed into a hash chain."""
