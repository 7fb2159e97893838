package prepare

import (
	"math"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
	"github.com/autolfads/autolfads/prepare/signal"
)

// wordsOfKinds are parts of the names that streams of a kind have.
var wordsOfKinds = map[string][]string{
	signal.KindEMG:     {"emg", "muscle"},
	signal.KindLFP:     {"lfp", "ecog", "ieeg", "eeg", "field"},
	signal.KindCalcium: {"calcium", "fluo", "dff", "df/f", "df_f", "deconv", "roi", "event"},
}

// kindOf guesses a stream's kind by its name; raw if that says nothing.
func kindOf(s *dataset.Stream) string {
	for _, kind := range []string{signal.KindEMG, signal.KindCalcium, signal.KindLFP} {
		for _, word := range wordsOfKinds[kind] {
			if strings.Contains(strings.ToLower(s.Name), word) {
				return kind
			}
		}
	}
	return signal.KindRaw
}

// likeliestSignal is the stream that may be meant in the place of spikes: the first whose
// name tells its kind, or else the fastest; nil if there is none. Its samples are so many
// a second.
func likeliestSignal(r *dataset.Recording) (best *dataset.Stream, rate float64) {
	for _, s := range r.Streams {
		hz, err := signal.RateHz(s)
		if err != nil {
			continue
		}
		known, has := kindOf(s) != signal.KindRaw, best != nil && kindOf(best) != signal.KindRaw
		if best == nil || known && !has || known == has && (hz > rate || isEvents(s) && !isEvents(best)) {
			best, rate = s, hz
		}
	}
	return best, rate
}

// suggestedSignal returns the flags that make trials of a recording without units.
func suggestedSignal(r *dataset.Recording) (flags []string, ok bool) {
	best, rate := likeliestSignal(r)
	if best == nil {
		return nil, false
	}
	span, err := best.Span()
	if err != nil {
		return nil, false
	}
	kind := kindOf(best)
	flags, ok = suggested(r, span, signalBin(kind, rate))
	return append([]string{"--signal", best.Name, "--signal-kind", kind, "--scale", signal.ScaleQuantile}, flags...), ok
}

// signalBin is the width of bins in ms for a signal: frames, of what is slow.
func signalBin(kind string, rate float64) float64 {
	const usual = 10
	if frame := 1000 / rate; kind == signal.KindCalcium || frame > usual {
		return math.Round(frame*grid.NsPerMs) / grid.NsPerMs
	}
	return usual
}

// isEvents reports whether a stream is deconvolved by its name: it is modelled better
// than the fluorescence it comes from.
func isEvents(s *dataset.Stream) bool {
	name := strings.ToLower(s.Name)
	return strings.Contains(name, "deconv") || strings.Contains(name, "event")
}
