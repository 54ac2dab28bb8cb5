"""Labelled synthetic counties: invented people whose ledgers look like the real ones, with the truth behind them."""
