"""What receives, stores and reads; every change of these tables goes through here."""
