"""Review tasks: who looks at which article, for how long, and what they decided."""
