"""Tells what pynwb reads of NWB files, as JSON, one line a file: nwb_judge.py FILE..."""
import json
import sys

import numpy as np
from hdmf.common import DynamicTable, EnumData, VectorIndex
from pynwb import NWBHDF5IO, TimeSeries


def plain(v):
    if hasattr(v, "name") and hasattr(v, "parent"):
        return v.name
    if isinstance(v, bytes):
        return v.decode()
    if isinstance(v, (str, bool, np.bool_)):
        return bool(v) if not isinstance(v, str) else v
    if isinstance(v, (list, tuple, np.ndarray)):
        return [plain(x) for x in v]
    v = float(v)
    return None if np.isnan(v) else v


def flat(v):
    return [y for x in v for y in flat(x)] if isinstance(v, list) else [v]


def rows(column):
    if isinstance(column, VectorIndex):
        below, ends = rows(column.target), [int(k) for k in column.data[:]]
        return [flat(below[a:b]) for a, b in zip([0] + ends[:-1], ends)]
    if isinstance(column, EnumData):
        words = [plain(w) for w in column.elements.data[:]]
        return [words[int(k)] for k in column.data[:]]
    all = [plain(v) for v in column.data[:]]
    return [flat(v) if isinstance(v, list) else v for v in all]


def table(t):
    left_out = ("timeseries", "waveforms")
    return {"id": [int(i) for i in t.id[:]], **{name: rows(t.columns[[c.name for c in t.columns].index(name)] if name + "_index" not in [c.name for c in t.columns]
            else outermost(t, name)) for name in t.colnames if name not in left_out}}


def outermost(t, name):
    columns = {c.name: c for c in t.columns}
    while name + "_index" in columns:
        name += "_index"
    return columns[name]


def series(s):
    return {
        "unit": s.unit, "data": flat(plain(s.get_data_in_units())), "times": plain(np.asarray(s.get_timestamps(), dtype=float)),
        "features": int(np.prod(s.data.shape[1:])),
    }


def told(nwb):
    out = {"units": table(nwb.units) if nwb.units is not None else {}, "tables": {}, "series": {}, "words": {}}
    for o in nwb.objects.values():
        kind = type(o).__name__
        if isinstance(o, DynamicTable) and {"start_time", "timestamp"} & set(o.colnames):
            out["tables"][o.name] = table(o)
        elif isinstance(o, TimeSeries) and kind == "AnnotationSeries":
            out["words"][o.name] = {"time": plain(o.timestamps[:]), "label": plain(o.data[:])}
        elif isinstance(o, TimeSeries) and kind not in ("ImageSeries", "OpticalSeries", "SpikeEventSeries", "IntervalSeries"):
            name = o.name if o.name != "hand_vel" else ("acquisition/" if o.parent is nwb else "BehavioralTimeSeries/") + o.name
            out["series"][name] = series(o)
    return out


for path in sys.argv[1:]:
    with NWBHDF5IO(path, "r") as io:
        print(json.dumps(told(io.read())))
