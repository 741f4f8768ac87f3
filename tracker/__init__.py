"""The civilian-harm tracker: reported harm to civilians, recorded claim by claim."""
