"""Counties as places: their divisions by date, their figures, and which villages take part in a run."""
