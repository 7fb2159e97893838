"""Makes a large NWB file, or reads its spike times with h5py.

reading.py make FILE.nwb MEGABYTES UNITS [gzip]   pynwb writes it
reading.py read FILE.nwb                          prints seconds, spikes, their sum
"""
import sys
import time

import h5py
import numpy as np


def make(path, megabytes, units, gzip):
    from datetime import datetime, timezone
    from hdmf.backends.hdf5 import H5DataIO
    from pynwb import NWBFile, NWBHDF5IO
    from pynwb.misc import Units
    from hdmf.common import VectorData, VectorIndex

    random = np.random.default_rng(1)
    each = megabytes * 1_000_000 // 8 // units
    times = np.concatenate([np.round(np.cumsum(random.exponential(0.05, each)) * 30000) / 30000 for _ in range(units)])
    data = H5DataIO(times, compression="gzip", shuffle=True, chunks=(65536,)) if gzip else times
    spikes = VectorData(name="spike_times", description="s", data=data)
    index = VectorIndex(name="spike_times_index", data=np.arange(1, units + 1, dtype=np.uint32) * each, target=spikes)
    table = Units(name="units", description="units", id=np.arange(units), columns=[spikes, index], colnames=["spike_times"])
    nwb = NWBFile(session_description="x", identifier="x", session_start_time=datetime(2024, 1, 1, tzinfo=timezone.utc), units=table)
    with NWBHDF5IO(path, "w") as f:
        f.write(nwb)


def read(path):
    began = time.perf_counter()
    with h5py.File(path) as f:
        index = f["units/spike_times_index"][:]
        times = f["units/spike_times"][:]
    seconds = time.perf_counter() - began
    print(seconds, len(times), times[index[-1] - 1])


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), "gzip" in sys.argv[5:])
else:
    read(sys.argv[2])
