"""Labelled synthetic counties: invented people whose ledgers look like the real ones."""
