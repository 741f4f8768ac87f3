"""Settings: ``base`` and short overlays; every variable is read in ``environment``."""
