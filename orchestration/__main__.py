"""``python -m orchestration`` is the ``taizhang`` command."""

from orchestration.cli import main

main()
