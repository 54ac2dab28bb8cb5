"""Ledgers on their way back: what was refused of a received file, marked in a copy for the unit that sent it."""
