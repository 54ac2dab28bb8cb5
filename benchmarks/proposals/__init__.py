"""Renamed, shuffled, shortened layouts, and how often what is proposed for them is right."""
