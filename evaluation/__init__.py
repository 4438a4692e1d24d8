"""How well search answers real people's questions: ``make evaluate``."""
