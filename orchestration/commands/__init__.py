"""The verbs of the ``taizhang`` command, by subject; what they do is done elsewhere."""
