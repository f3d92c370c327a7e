"""`python -m agreementkit`."""

from agreementkit.cli import main

if __name__ == "__main__":
    main()
