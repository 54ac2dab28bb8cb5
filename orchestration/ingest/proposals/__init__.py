"""What an unknown header or name may mean: proposals that a person confirms, never anything that the reader uses."""
