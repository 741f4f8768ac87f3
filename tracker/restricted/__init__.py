"""Names, contacts and homes: sealed, and open only to people who are named one by one."""
