"""What leaves the house, and the policy of what may."""
