package ingest

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
)

// foreign is what another program or device writes and no source reads: how it is
// recognised, and what to do.
type foreign struct {
	begins     string   // the file's first bytes; "": only its name tells
	extensions []string // nil: whatever the name
	what, next string
}

const exported = "export its sorted spike times (unit, time in s) as CSV, NPZ or NWB, for example with neo or SpikeInterface, and open that"

var foreigners = []foreign{
	{"NEURALEV", nil, "a Blackrock event file (.nev)", exported},
	{"BREVENTS", nil, "a Blackrock event file (.nev)", exported},
	{"NEURALSG", nil, "a Blackrock recording (.nsx)", "it holds signals, not spikes: sort it, and open the sorter's folder"},
	{"NEURALCD", nil, "a Blackrock recording (.nsx)", "it holds signals, not spikes: sort it, and open the sorter's folder"},
	{"BRSMPGRP", nil, "a Blackrock recording (.nsx)", "it holds signals, not spikes: sort it, and open the sorter's folder"},
	{"PLEX", nil, "a Plexon file (.plx)", exported},
	{"", []string{".pl2"}, "a Plexon file (.pl2)", exported},
	{"######## Neuralynx", nil, "a Neuralynx file", exported},
	{"\x02\x27\x91\xc6", nil, "an Intan recording (.rhd)", "it holds signals, not spikes: sort it, and open the sorter's folder"},
	{"\xac\x27\x91\xd6", nil, "an Intan recording (.rhs)", "it holds signals, not spikes: sort it, and open the sorter's folder"},
	{"", []string{".bin", ".dat", ".raw"}, "raw data without a header, by its name", "spikes are in the sorter's folder: open that"},
	{"", []string{".pkl", ".pickle"}, "a pickle of Python, which could run anything when it is opened", "store its arrays with np.savez, or with h5py, and open that"},
	{"\x80\x04\x95", nil, "a pickle of Python, which could run anything when it is opened", "store its arrays with np.savez, or with h5py, and open that"},
	{"PK\x03\x04", []string{".xlsx", ".ods"}, "a spreadsheet", "save it as \"CSV UTF-8\" and open that"},
	{"PK\x03\x04", []string{".zip"}, "a zip archive", "unpack it, and open what is inside"},
	{"\x1f\x8b", nil, "a file packed with gzip", "unpack it with gunzip, and open what is inside"},
	{"BZh", nil, "a file packed with bzip2", "unpack it with bunzip2, and open what is inside"},
	{"\xfd7zXZ", nil, "a file packed with xz", "unpack it with unxz, and open what is inside"},
	{"7z\xbc\xaf", nil, "a 7-zip archive", "unpack it, and open what is inside"},
	{"PAR1", nil, "a Parquet table", "store it as CSV, for example with pandas' to_csv, and open that"},
	{"ARROW1", nil, "a Feather table", "store it as CSV, for example with pandas' to_csv, and open that"},
	{"SQLite format 3", nil, "an SQLite database", "store its tables of spikes and trials as CSV, and open that"},
	{"version https://git-lfs", nil, "a pointer of Git LFS, not the file itself", "get the file with git lfs pull"},
	{"/annex/objects/", nil, "a pointer of git-annex, not the file itself", "get the file with git annex get, or datalad get"},
	{"<!DOCTYPE html", nil, "a web page: the download has failed or needs a log-in", "download the file again"},
	{"<html", nil, "a web page: the download has failed or needs a log-in", "download the file again"},
}

// foreignOf returns what a file is that another program writes; nil: it is none
// of those known.
func foreignOf(c *Candidate) *foreign {
	extension := strings.ToLower(filepath.Ext(c.Path))
	for i := range foreigners {
		f := &foreigners[i]
		if bytes.HasPrefix(c.Head, []byte(f.begins)) && len(c.Head) > 0 && (f.extensions == nil || slices.Contains(f.extensions, extension)) {
			return f
		}
	}
	return nil
}

// foreignFolders are folders that other programs write, by a file in them.
var foreignFolders = map[string]foreign{
	"spikeinterface_info.json": {what: spikeInterface, next: sortedUnits},
	"si_folder.json":           {what: spikeInterface, next: sortedUnits},
	"numpysorting_info.json":   {what: spikeInterface, next: sortedUnits},
	".zgroup":                  {what: "a Zarr store", next: sortedUnits},
	"zarr.json":                {what: "a Zarr store", next: sortedUnits},
}

const (
	spikeInterface = "a folder of SpikeInterface"
	sortedUnits    = "load it in SpikeInterface and store its spikes as phy has them, with export_to_phy, or np.savez with spike_times (s) and spike_units"
)

// foreignFolder is foreignOf for a folder.
func foreignFolder(c *Candidate) *foreign {
	for _, entry := range c.Entries {
		if f, known := foreignFolders[entry]; known {
			return &f
		}
	}
	return nil
}
