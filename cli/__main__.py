"""`python -m cli` is `lykta`."""

from cli import main

main()
