"""Writes NWB files with every feature that package ingest reads, by pynwb:

    nwb_features.py DIR

makes DIR/earliest.nwb and DIR/latest.nwb, the same session by two versions of
HDF5's format.
"""
import datetime
import sys

import h5py
import numpy as np
from hdmf.common import DynamicTable, EnumData, VectorData
from pynwb import H5DataIO, NWBHDF5IO, NWBFile, TimeSeries
from pynwb.behavior import (BehavioralEvents, BehavioralTimeSeries, CompassDirection, EyeTracking,
                            IntervalSeries, Position, PupilTracking, SpatialSeries)
from pynwb.ecephys import LFP, ElectricalSeries, SpikeEventSeries
from pynwb.epoch import TimeIntervals
from pynwb.event import EventsTable, TimestampVectorData
from pynwb.file import Subject
from pynwb.image import ImageSeries
from pynwb.misc import AnnotationSeries, DecompositionSeries

rng = np.random.default_rng(12)


def session():
    nwb = NWBFile(
        session_description="every\nfeature", identifier="features", lab="a lab", institution="an institute",
        experimenter=["Doe, Jane", "Roe, Richard"], keywords=["reaching", "maze"], session_id="s1",
        session_start_time=datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),
        subject=Subject(subject_id="m1", species="Macaca mulatta", sex="F", age="P9Y"),
    )
    device = nwb.create_device("array")
    groups = [nwb.create_electrode_group(name, "a probe", area, device) for name, area in (("PMd probe", "PMd"), ("M1 probe", "M1"))]
    for i in range(6):
        nwb.add_electrode(id=10 + i, location=groups[i % 2].location, group=groups[i % 2], x=1.0, y=2.0, z=float(i))
    units(nwb, groups)
    tables(nwb)
    signals(nwb)
    return nwb


def units(nwb, groups):
    nwb.add_unit_column("heldout", "whether the unit is held out")
    nwb.add_unit_column("snr", "signal to noise")
    nwb.add_unit_column("area", "where it is")
    nwb.add_unit_column("peaks", "a ragged column of numbers", index=True)
    nwb.add_unit_column("tags", "a ragged column of words", index=True)
    nwb.add_unit_column("deep", "a doubly ragged column", index=2)
    nwb.add_unit_column("pair", "two numbers each")
    for i in range(5):
        n = [40, 0, 7, 500, 1][i]
        nwb.add_unit(
            id=[3, 1, 7, 12, 100][i], spike_times=np.sort(rng.uniform(-1, 100, n)).astype(np.float32 if i < 0 else np.float64),
            obs_intervals=[[k * 10.0, k * 10 + 5.0] for k in range(i + 1)], electrodes=list(range(1 + i % 3)),
            electrode_group=groups[i % 2], heldout=bool(i % 2), snr=float(i) if i else np.nan, area=["M1", "PMd", "", "µ", "M1, deep"][i],
            peaks=list(range(i)), tags=["t%d" % k for k in range(i % 3)], deep=[[float(i)] * k for k in range(i)], pair=[i, -i],
            waveform_mean=[1.0 * i, 2.0], waveforms=[[[1.0, 2.0]], [[3.0, 4.0]]],
        )


def tables(nwb):
    nwb.add_trial_column("result", "how it went")
    nwb.add_trial_column("correct", "whether it was right")
    nwb.add_trial_column("go_time", "the go cue")
    nwb.add_trial_column("targets", "positions of targets", index=True)
    nwb.add_trial_column("at", "a place")
    ts = TimeSeries(name="of_trials", data=np.arange(50.0), unit="m", rate=10.0, starting_time=0.0)
    nwb.add_acquisition(ts)
    for i in range(4):
        nwb.add_trial(
            start_time=2.0 * i, stop_time=2.0 * i + 1.5 if i else np.nan, result="RFRA"[i], correct=bool(i % 2), go_time=2 * i + 0.1 + 0.2,
            targets=[0.5 * k for k in range(i)], at=[i, i + 1, i + 2], tags=["a", "b"][:i],
        )
    nwb.add_epoch(0.0, 4.0, ["first"], [ts])
    nwb.add_epoch(4.0, 4.5, ["second", "last"], [ts])
    nwb.add_invalid_time_interval(start_time=3.0, stop_time=3.25, tags=["noise"])
    kinds = VectorData(name="kind_elements", description="words that the numbers of kind stand for", data=["grating", "noise", "grey"])
    stimuli = TimeIntervals(name="stimuli", description="what was shown", columns=[
        VectorData(name="start_time", description="s", data=[0.5, 1.5, 2.5]),
        VectorData(name="stop_time", description="s", data=[1.0, 2.0, 3.0]),
        EnumData(name="kind", description="which", data=np.array([1, 0, 1], np.uint8), elements=kinds), kinds,
        VectorData(name="contrast", description="of 1", data=np.array([0.25, 0.5, 1.0], ">f4")),
    ])
    nwb.add_time_intervals(stimuli)
    module = nwb.create_processing_module("behavior", "what the animal did")
    module.add(TimeIntervals(name="licking", description="bouts", columns=[
        VectorData(name="start_time", description="s", data=[1.0, 5.0]), VectorData(name="stop_time", description="s", data=[2.0, 6.0])]))
    module.add(DynamicTable(name="notes", description="a table without times", columns=[
        VectorData(name="text", description="words", data=["a", "b"])]))
    nwb.add_events_table(EventsTable(name="rewards", description="drops", columns=[
        TimestampVectorData(name="timestamp", description="s", data=[0.75, 3.5, 9.25]),
        VectorData(name="volume", description="ml", data=[0.1, 0.2, 0.1])]))


def signals(nwb):
    module = nwb.processing["behavior"]
    clock = np.cumsum(rng.uniform(0.009, 0.011, 200)) - 0.5
    hand = SpatialSeries(name="hand_pos", data=rng.normal(size=(200, 2)), reference_frame="screen", timestamps=clock, unit="cm", conversion=0.01, offset=0.1)
    module.add(Position(spatial_series=hand))
    shared = TimeSeries(name="hand_vel", data=H5DataIO(rng.normal(size=(200, 2)), compression="gzip", chunks=(32, 2)), timestamps=hand, unit="m/s")
    module.add(BehavioralTimeSeries(time_series=[shared]))
    nwb.add_acquisition(TimeSeries(name="hand_vel", data=rng.integers(-500, 500, (300, 2)).astype(">i2"), unit="m/s", conversion=0.001, rate=100.0, starting_time=-1.5))
    module.add(BehavioralEvents(time_series=[TimeSeries(name="licks", data=np.ones(3, bool), timestamps=[1.25, 1.5, 1.75], unit="n.a.")]))
    module.add(EyeTracking(spatial_series=[SpatialSeries(name="eye", data=rng.normal(size=(50, 2)).astype("f4"), reference_frame="eye", rate=50.0)]))
    module.add(PupilTracking(time_series=[TimeSeries(name="pupil", data=rng.normal(size=50), rate=50.0, unit="mm")]))
    module.add(CompassDirection(spatial_series=[SpatialSeries(name="heading", data=rng.normal(size=50), reference_frame="north", rate=50.0, unit="radians")]))
    module.add(IntervalSeries(name="running", data=np.array([1, -1, 1, 2, -2, -1, 1], np.int8), timestamps=[0.0, 1, 2, 2.5, 3, 4, 9]))
    nwb.add_acquisition(AnnotationSeries(name="remarks", data=["start", "µ pause", "end"], timestamps=[0.0, 5.5, 60.0]))
    electrodes = nwb.create_electrode_table_region([4, 1, 0], "some electrodes")
    ecephys = nwb.create_processing_module("ecephys", "fields")
    lfp = ElectricalSeries(name="field", data=H5DataIO(rng.integers(-2000, 2000, (400, 3)).astype("i2"), compression="gzip", shuffle=True, chunks=(50, 2)),
                           electrodes=electrodes, rate=1000.0, starting_time=0.25, conversion=1e-6, offset=0.001, channel_conversion=[1.0, 1.1, 0.3])
    ecephys.add(LFP(electrical_series=lfp))
    bands = DecompositionSeries(name="bands", data=rng.normal(size=(20, 3, 4)), metric="power", rate=10.0, unit="V^2/Hz")
    for k in range(4):
        bands.add_band(band_name="b%d" % k, band_limits=(float(k), k + 1.0))
    ecephys.add(bands)
    nwb.add_acquisition(SpikeEventSeries(name="waveforms", data=np.zeros((4, 3, 10)), timestamps=[0.0, 1, 2, 3], electrodes=electrodes))
    nwb.add_acquisition(ImageSeries(name="video", external_file=["v.avi"], rate=30.0, format="external", num_samples=90, starting_frame=[0], unit="n.a."))
    nwb.add_stimulus(TimeSeries(name="tone", data=np.sin(np.arange(64.0)), rate=64.0, unit="Pa"))
    nwb.add_analysis(TimeSeries(name="state", data=np.arange(10), timestamps=np.arange(10.0), unit=""))
    nwb.add_scratch(TimeSeries(name="draft", data=np.arange(4.0), rate=1.0, unit="V"))


for libver in ("earliest", "latest"):
    rng = np.random.default_rng(12)
    path = "%s/%s.nwb" % (sys.argv[1], libver)
    with h5py.File(path, "w", libver=libver) as f, NWBHDF5IO(file=f, mode="w") as io:
        io.write(session(), cache_spec=libver == "latest")
