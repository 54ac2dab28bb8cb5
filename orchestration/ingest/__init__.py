"""A received file becomes addressed, typed rows in the lake, plus rejects with a reason. Nothing is lost on the way."""
