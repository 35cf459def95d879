"""``python -m docgen``: the same commands where no new program may be started."""

from docgen.cli import main

main()
