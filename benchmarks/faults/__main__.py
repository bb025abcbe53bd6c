"""Every fault with the counts that are promised, or with small ones, into build/faults.json. Usage (as root): python -m benchmarks.faults [--short]"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "faults.json"
# each by its module: arguments for the promised counts, and for a short look
FAULTS: dict[str, tuple[list[str], list[str]]] = {
    "night": (["200"], ["6"]),
    "rotation": ([], ["--every", "12", "pseudonym"]),
    "disk": (["20"], ["5"]),
    "flips": (["200"], ["20"]),
    "hashing": (["200"], ["10"]),
    "clock": ([], []),
}


def main(short: bool) -> int:
    """Run them one after the other; returns how many did not keep what is promised."""
    report: dict[str, object] = {}
    broken = 0
    for name, arguments in FAULTS.items():
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.faults.{name}", *arguments[short]], cwd=ROOT, capture_output=True, text=True)
        broken += done.returncode != 0
        last = (done.stdout.strip().splitlines() or [""])[-1]
        counts = json.loads(last) if last.startswith("{") else {"said": (last or done.stderr.strip())[-300:]}
        report[name] = {"kept": done.returncode == 0, "seconds": round(time.monotonic() - began), "counts": counts}
        print(f"{name:<10}{'kept' if done.returncode == 0 else 'BROKEN':<8}{json.dumps(counts, ensure_ascii=False)}", flush=True)
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    return broken


if __name__ == "__main__":
    sys.exit(main("--short" in sys.argv[1:]))
