"""Measure the library beside bare Python, ``import json`` and its peers, in one run.

CPU times are medians of interleaved runs of fresh processes, less what bare Python
takes.  Read them as ratios: the machine may be busy.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from .environments import PEERS, ROOT, own_python, peer_python

RUNS = 11

FIRST = "import spasm_reference as sr; sr.supplements['magnesium']"
ALL = """
from spasm_reference.library import default_library
for collection in list(default_library().collections.values()): list(collection.values())
"""
# A record is decoded when one of its fields is first asked for.
READ = """
from spasm_reference.library import default_library
for collection in list(default_library().collections.values()):
    for record in collection.values(): record.id
"""
SAME_BYTES = """
import json, sysconfig, os
folder = os.path.join(sysconfig.get_paths()["purelib"], "spasm_reference", "_packaged")
kept = []  # as the library keeps its records
for name in sorted(os.listdir(folder)):
    if name.endswith(".json") and name.split(".")[0] not in ("manifest", "names", "lengths", "search", "tombstones"):
        kept.append(json.loads(open(os.path.join(folder, name), "rb").read()))
"""
LOOKUP = """
import json, timeit, spasm_reference as sr
class Plain:
    def __init__(self): self.records = {"magnesium": 1}
    def get(self, id): return self.records[id]
plain = Plain(); sr.supplements["magnesium"]
runs = [(timeit.timeit("s['magnesium']", globals={"s": sr.supplements}, number=200_000),
         timeit.timeit("p.get('magnesium')", globals={"p": plain}, number=200_000)) for _ in range(11)]
print(json.dumps([sorted(a / b for a, b in runs)[5]]))
"""
SEARCH = """
import json, time, spasm_reference as sr
queries = ["charley horse at night", "magnesium", "chest pain when I breathe", "can bananas help leg cramps",
           "back spasm", "magnezium dose kidney", "both hands locked", "twitching eyelid", "is heat or ice better",
           "ibuprofen", "potasium", "pregnant leg cramps", "numb between legs", "epsom salt bath", "MS"]
times = []
for _ in range(9):
    for query in queries:
        start = time.process_time(); sr.search(query); times.append(time.process_time() - start)
times = sorted(times[len(queries):])
print(json.dumps([times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000]))
"""


def main() -> None:
    """Print one table for the library and, with ``--builds``, one for the handbook."""
    own = own_python()
    jobs: dict[str, tuple[Path, str]] = {
        "pass": (own, "pass"),
        "import json": (own, "import json"),
        "import spasm_reference": (own, "import spasm_reference"),
        "import + first record": (own, FIRST),
        "all records": (own, ALL),
        "all records, a field of each read": (own, READ),
        "json.loads of the same bytes": (own, SAME_BYTES),
    }
    for name in PEERS:
        python = peer_python(name)
        if python is None:
            print(f"{name}: could not be installed here")
            continue
        jobs[f"{name}: pass"] = (python, "pass")
        jobs[f"{name}: first record"] = (python, PEERS[name][1])
    cpu, memory = _measure(jobs)
    added = {name: cpu[name] - cpu[f"{name.split(':')[0]}: pass" if ":" in name else "pass"] for name in jobs}
    unit = added["import json"]
    print(
        f"medians of {RUNS} interleaved runs; import json adds {unit:.1f} ms CPU to bare Python ({cpu['pass']:.1f} ms)"
    )
    print(f"{'':40}{'ms CPU added':>14}{'x import json':>15}")
    for name in jobs:
        if not name.endswith("pass"):
            print(f"{name:40}{added[name]:14.1f}{added[name] / unit:15.2f}")
    _judge("import spasm_reference / import json", added["import spasm_reference"] / unit, 0.25)
    _judge("import + first record / import json", added["import + first record"] / unit, 3.5)
    peers = [added[name] for name in jobs if name.endswith(": first record")]
    if peers:
        _judge("import + first record / fastest peer", added["import + first record"] / min(peers), 1.0)
    decode = added["json.loads of the same bytes"] - unit
    for name in ("all records", "all records, a field of each read"):
        _judge(f"({name} - import json) / json.loads", (added[name] - unit) / decode, 2.0)
        _judge(f"peak memory with {name}, MB over bare Python", memory[name] - memory["pass"], 15)
    _judge("look-up by id / dict look-up plus a call", _inside(own, LOOKUP)[0], 3.0)
    median, p95 = _inside(own, SEARCH)
    _judge("warm search, median ms", median, 3.0)
    print(f"{'warm search, p95 ms':62}{p95:8.2f}")
    if "--builds" in sys.argv:
        _builds()


def _measure(jobs: dict[str, tuple[Path, str]]) -> tuple[dict[str, float], dict[str, float]]:
    cpu: dict[str, list[float]] = {name: [] for name in jobs}
    memory: dict[str, list[float]] = {name: [] for name in jobs}
    for run in range(RUNS + 1):
        for name, (python, code) in jobs.items():
            seconds, megabytes = _cost(python, code)
            if run > 0:  # the first round only warms the disk and writes bytecode
                cpu[name].append(seconds * 1000)
                memory[name].append(megabytes)
    return (
        {name: statistics.median(values) for name, values in cpu.items()},
        {name: statistics.median(values) for name, values in memory.items()},
    )


def _cost(python: Path, code: str) -> tuple[float, float]:
    """Return CPU seconds and peak megabytes of one fresh process."""
    # The kernel's own high-water mark; the one of getrusage would include this parent process.
    peak = "\nprint(*[line for line in open('/proc/self/status') if line.startswith('VmHWM')])"
    process = subprocess.Popen([python, "-c", code + peak], cwd="/", stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = process.stdout.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {python} -c {code!r}")
    return usage.ru_utime + usage.ru_stime, int(printed.split()[-2]) / 1024


def _inside(python: Path, code: str) -> list[float]:
    answer: list[float] = json.loads(
        subprocess.run([python, "-c", code], cwd="/", check=True, capture_output=True).stdout
    )
    return answer


def _judge(what: str, value: float, limit: float) -> None:
    print(f"{what:74}{value:8.2f}   at most {limit:g}   {'ok' if value <= limit else 'MISSED'}")


def _builds() -> None:
    """Time a cold and an unchanged build of the handbook."""
    subprocess.run(["make", "clean"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    for what, limit in (("cold", 120), ("unchanged", 10)):
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["make", "handbook"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        _judge(f"make handbook, {what}, seconds (CPU {cpu:.0f})", time.monotonic() - start, limit)


if __name__ == "__main__":
    main()
