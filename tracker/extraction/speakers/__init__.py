"""Who gives a figure: acts of speech, who is meant, who quotes whom."""
