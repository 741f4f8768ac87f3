"""What is read of the records without their values."""
