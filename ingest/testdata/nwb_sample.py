"""Writes a recording, told as JSON, as NWB 2 by pynwb: nwb_sample.py IN.json OUT.nwb

nwb_sample.nwb.gz is the sample of package ingesttest so written; under
AUTOLFADS_UPDATE=1 the tests write it anew.
"""
import datetime
import json
import sys

import numpy as np
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.behavior import BehavioralTimeSeries

with open(sys.argv[1]) as f:
    r = json.load(f)


def numbers(values):
    return np.array([np.nan if v is None else v for v in values], dtype=float)


nwb = NWBFile(
    session_description="the sample", identifier=r["Name"],
    session_start_time=datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc),
)
for unit, times in zip(r["IDs"], r["Spikes"]):
    nwb.add_unit(id=int(unit), spike_times=numbers(times))
for column in r["Columns"]:
    if column["Name"] not in ("start_time", "stop_time"):
        nwb.add_trial_column(column["Name"], "a column of the sample")
for row in range(r["Rows"]):
    values = {}
    for c in r["Columns"]:
        if c["Words"] or c["Flags"]:
            values[c["Name"]] = (c["Words"] or c["Flags"])[row]
        else:
            values[c["Name"]] = float(numbers(c["Numbers"])[row])
    nwb.add_trial(**values)
behavior = nwb.create_processing_module("behavior", "what the animal did")
container = BehavioralTimeSeries()
behavior.add(container)
for s in r["Streams"]:
    clock = (
        {"timestamps": numbers(s["Clock"])} if s["Clock"]
        else {"starting_time": float(s["Start"]), "rate": float(s["Rate"])}
    )
    data = numbers(s["Data"])
    if s["Features"] > 1:
        data = data.reshape(-1, s["Features"])
    container.add_timeseries(TimeSeries(name=s["Name"], data=data, unit=s["Unit"], **clock))
with NWBHDF5IO(sys.argv[2], "w") as io:
    io.write(nwb, cache_spec=False)
