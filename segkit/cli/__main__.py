"""`python -m segkit.cli`, the same as `segkit`."""

import sys

from segkit.cli import main

sys.exit(main())
