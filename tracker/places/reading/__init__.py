"""Lines of lists to places; knows no table of ours."""
