"""Writes one recording in the ways that Python's libraries write tables.

    python3 tables.py FOLDER

prints the spike times of its units as JSON, under "" and, where they differ, under
the name of the file.
"""
import json
import os
import sys

import numpy as np
import pandas as pd

folder = sys.argv[1]
rng = np.random.default_rng(12)
n = 3000
samples = np.sort(rng.integers(-1000, 30000 * 100, n))
units = rng.choice([2, 3, 5, 11, 40, 41, 100], n)
times = samples / 30000.0


def path(*names):
    os.makedirs(os.path.join(folder, *names[:-1]), exist_ok=True)
    return os.path.join(folder, *names)


trials = pd.DataFrame(dict(start=[0.5, 2, 3.125], stop=[1.5, np.nan, 4.25], result=["hit", None, "miss"], ok=[True, False, True]))
trials.to_csv(path("trials.csv"))
table = pd.DataFrame(dict(unit=units, time_s=times))
table.to_csv(path("pandas.csv"))
table.to_csv(path("german.csv"), sep=";", decimal=",", index=False, lineterminator="\r\n", encoding="utf-8-sig")
table.to_csv(path("tabs.tsv"), sep="\t", index=False, quoting=1)
np.savetxt(path("savetxt.txt"), np.column_stack([units, times]), fmt=["%d", "%.17g"])
np.savetxt(path("header.txt"), np.column_stack([times, units]), header="time_s neuron", fmt="%.17g")
pd.DataFrame({"Spike time (ms)": [f"{s / 30:.17g}" for s in samples], "Neuron #": units}).to_csv(path("ms.csv"), index=False)

np.save(path("phy", "spike_times.npy"), samples.astype("i8")[:, None])
np.save(path("phy", "spike_clusters.npy"), units.astype("u2"))
open(path("phy", "params.py"), "w").write("dat_path = ['a.bin', 'b.bin']\nsample_rate = 30000. # Hz\n")
trials.to_csv(path("phy", "trials.csv"), index=False)
# MATLAB's npy writer: columns, doubles, in Fortran order, big-endian.
np.save(path("matlab", "spike_times.npy"), np.asfortranarray(samples.astype(">f8")[None, :]))
np.save(path("matlab", "spike_templates.npy"), np.asfortranarray(units.astype("f8")[:, None]))
open(path("matlab", "params.py"), "w").write("sample_rate=3e4\r\nhp_filtered=True\r\n")
trials.to_csv(path("matlab", "trials.tsv"), sep="\t", index=False)


def by_unit(times):
    return {str(u): times[units == u].tolist() for u in np.unique(units)}


# Milliseconds are rounded before they become seconds.
print(json.dumps({"": by_unit(times), "ms.csv": by_unit(samples / 30 / 1000)}))
