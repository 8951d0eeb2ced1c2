"""Tables of what was measured."""
import statistics

from harness import targets

# These have the same peers as without them.
PARALLEL_IN_TEAMS = ", parallel in teams"
ON_LANES = ", on lanes"


def number(value):
    return "%.4g" % value


def median(record):
    return statistics.median(record["samples"])


def cell(record):
    spread = "%.4g..%.4g" % (min(record["samples"]), max(record["samples"]))
    return [number(median(record)), spread]


def better(record, other):
    """How many times better `record` is; above 1: better."""
    top, bottom = median(record), median(other)
    if not targets.higher_is_better(record):
        top, bottom = bottom, top
    return "%.3g" % (top / bottom) if bottom > 0 else "-"


def row(record, found, emulated):
    name = record["name"]
    cells = {"benchmark": name, "unit": record["unit"]}
    if record["threads"]:
        cells["threads"] = str(record["threads"])
    cells["heddle"], cells["min..max"] = cell(record)
    host = found.get("host", {}).get(name.replace(ON_LANES, ""))
    if host:
        cells["host"], cells["host min..max"] = cell(host)
        cells["to host"] = better(record, host)
    for kind in ["cuda", "clang 19"]:
        names = found.get(kind, {})
        peer = names.get(name)
        if not peer and kind == "cuda":
            peer = names.get(name.replace(PARALLEL_IN_TEAMS, ""))
        if peer:
            cells[kind] = number(median(peer))
            cells["to " + kind] = better(record, peer)
    bound = None if emulated else targets.limit(record, found)
    if bound is not None:
        cells["target"] = number(bound)
        cells["met"] = "yes" if targets.met(record, bound) else "no"
        floor = targets.TARGETS[name].floor
        if floor is not None:
            cells["floor"] = number(floor)
    return cells


COLUMNS = ["benchmark", "unit", "threads", "heddle", "min..max"]
COLUMNS += ["host", "host min..max", "to host", "cuda", "to cuda"]
COLUMNS += ["clang 19", "to clang 19", "target", "floor", "met"]


def print_table(suite, results, emulated):
    """`results`: for each kind, its records in order."""
    found = {kind: {r["name"]: r for r in rs} for kind, rs in results.items()}
    if suite == "scaling":  # the host has other numbers of threads
        found = {}
    rows = [row(r, found, emulated) for r in results.get("heddle", [])]
    if not rows:
        return
    columns = [c for c in COLUMNS if any(c in r for r in rows)]
    rows.insert(0, {c: c for c in columns})
    widths = [max(len(r.get(c, "")) for r in rows) for c in columns]
    print("\n%s" % suite)
    for r in rows:
        cells = [r.get(c, "").ljust(w) for c, w in zip(columns, widths)]
        print("  ".join(cells).rstrip())
