package ingest

import (
	"regexp"
	"slices"
	"strings"
)

// heading is what the name of a column of text says.
type heading struct {
	base      string  // in lower case, words parted by _, without the unit
	perSecond float64 // of a unit of time: 1000 for ms; 0: the name says none
	samples   bool    // the unit is a sample of the recording's clock
}

// units of time by the words that names end in.
var timeUnits = map[string]float64{
	"s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
	"ms": 1e3, "msec": 1e3, "millisecond": 1e3, "milliseconds": 1e3,
	"us": 1e6, "µs": 1e6, "μs": 1e6, "usec": 1e6, "microsecond": 1e6, "microseconds": 1e6,
}

var sampleUnits = []string{"sample", "samples", "samp", "frame", "frames"}

var separators = regexp.MustCompile(`[\s_./()#\[\]-]+`)

// readHeading understands a name such as "Spike time (ms)" or "time_s".
func readHeading(name string) heading {
	words := strings.Split(strings.Trim(separators.ReplaceAllString(strings.ToLower(strings.TrimSpace(name)), "_"), "_"), "_")
	last := words[len(words)-1]
	h := heading{}
	if len(words) > 1 {
		h.perSecond = timeUnits[last]
	}
	h.samples = slices.Contains(sampleUnits, last)
	if h.perSecond != 0 || h.samples && len(words) > 1 {
		words = words[:len(words)-1]
	}
	h.base = strings.Join(words, "_")
	return h
}

// Names that columns go by, without units.
var (
	unitNames = []string{
		"unit", "unit_id", "units", "unit_index", "unitid", "neuron", "neuron_id", "neurons", "neuron_index",
		"cluster", "cluster_id", "clusters", "spike_cluster", "spike_clusters", "cell", "cell_id", "cells", "id",
		"channel", "channel_id", "electrode",
	}
	timeNames = []string{
		"time", "times", "t", "spike_time", "spike_times", "spiketime", "spiketimes", "timestamp", "timestamps", "ts", "spike", "spikes",
	}
	channelNames = []string{"channel", "channel_id", "electrode"} // with units counted in each
	trialNames   = []string{"trial", "trial_id", "trial_number", "trial_num", "trial_index", "trialid"}
	sampleNames  = []string{"sample", "samples", "frame", "frames"}
	startNames   = []string{"start_time", "start", "t_start", "tstart", "trial_start", "trial_start_time", "starttime", "begin", "onset", "start_times", "intervals_0"}
	stopNames    = []string{"stop_time", "stop", "t_stop", "tstop", "trial_stop", "trial_stop_time", "stoptime", "end", "end_time", "t_end", "tend", "trial_end", "trial_end_time", "endtime", "offset", "stop_times", "offset_time", "intervals_1"}
)

// among returns the place of the first heading called by one of some names, names
// before places; -1 if there is none.
func among(headings []heading, names []string) int {
	for _, name := range names {
		if i := slices.IndexFunc(headings, func(h heading) bool { return h.base == name }); i >= 0 {
			return i
		}
	}
	return -1
}

// timeColumn is the place of the column of times; -1 if there is none.
func timeColumn(headings []heading) int {
	if i := among(headings, timeNames); i >= 0 {
		return i
	}
	return among(headings, sampleNames)
}
