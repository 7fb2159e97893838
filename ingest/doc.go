// Package ingest opens what laboratories have as a dataset.Recording: spike times
// by unit, trials, events, behaviour, what was observed.
//
//	r, err := ingest.Open("session.nwb", ingest.Options{})
//	defer r.Close()
//	fmt.Println(r.Units.Len(), "units,", r.Units.Total(), "spikes")
//
// Each kind of file is a Source, one file of this package, tried in the order of
// registry.go. A source recognises its files by what is in them, not by their
// names alone, and package ingesttest holds every source to the same contract:
// the same recording, written in any of the formats, is the same Recording, spike
// for spike.
//
// # What is read when
//
// Opening reads tables (trials, events, columns of units) and how many spikes and
// samples there are. Spike times are read a unit at a time, signals a range of
// samples at a time, wherever the format allows: a file of many gigabytes opens at
// once. Formats of text keep the spikes in memory, 8 bytes a spike.
//
// # Clock
//
// All times are in seconds on the file's own clock, which need not start at 0:
// nothing is shifted, sorted or left out here. What is odd about a recording
// (spikes before 0 or out of order, units without spikes, trials that do not end)
// Oddities tells in sentences.
//
// # Hostile files
//
// A source never trusts its input: whatever the bytes are, there is a Recording or
// an error of one line that names the file, what was found, what was expected, and
// what to do.
package ingest
