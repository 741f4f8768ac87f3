"""Keep a mapping, receive a file, try it, import it, undo it."""
