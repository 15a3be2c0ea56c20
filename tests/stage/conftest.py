"""Where the tests of the stage find their helpers, and a scene small enough to break."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
