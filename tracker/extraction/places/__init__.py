"""Names of places, their spelling variants and the gazetteer."""
