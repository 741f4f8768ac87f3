"""Claims, incidents, positions of belligerents, and the rules that compute ranges and grades."""
