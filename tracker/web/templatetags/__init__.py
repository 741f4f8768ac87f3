"""Small pieces of templates."""
