"""Pure rules of watching."""
