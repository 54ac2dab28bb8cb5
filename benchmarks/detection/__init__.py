"""How much of what was planted in synthetic counties the product finds, where it puts it, and what it flags wrongly."""
