package baseline

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// choose scores candidates, higher is better, and returns the place of the best and
// all scores; the first wins a tie, and a score that is no number loses. It is an
// error if none is a number.
func choose[T any](candidates []T, score func(T) (float64, error)) (best int, scores []float64, err error) {
	best = -1
	for i, c := range candidates {
		s, err := score(c)
		if err != nil {
			return 0, nil, err
		}
		scores = append(scores, s)
		if s == s && (best < 0 || s > scores[best]) {
			best = i
		}
	}
	if best < 0 {
		return 0, nil, errNoScore
	}
	return best, scores, nil
}

var errNoScore = errors.New("no setting has a score that is a number: are there spikes in the training trials?")

// DefaultSDs are the kernels that are tried: 30 to 60 ms, where the Neural Latents
// Benchmark's smoothing baselines lie, and beyond for slower and for faster dynamics.
var DefaultSDs = []time.Duration{
	20 * time.Millisecond, 30 * time.Millisecond, 40 * time.Millisecond, 50 * time.Millisecond, 60 * time.Millisecond,
	80 * time.Millisecond, 100 * time.Millisecond, 150 * time.Millisecond,
}

// SDsFor returns the kernels that are tried in bins of a width: [DefaultSDs], or as many
// from one bin on, in the same proportions, where bins are wider than the first: a kernel
// narrower than a bin smooths nothing, and what is recorded in wide bins is slow.
func SDsFor(width time.Duration) []time.Duration {
	if width <= DefaultSDs[0] {
		return DefaultSDs
	}
	sds := make([]time.Duration, len(DefaultSDs))
	for i, sd := range DefaultSDs {
		bins := sd.Seconds() / DefaultSDs[0].Seconds()
		sds[i] = time.Duration(bins * float64(width)).Round(time.Millisecond)
	}
	return sds
}

// sdsOr returns sds, or [SDsFor] bins of a width if there are none; an error if one is not
// positive.
func sdsOr(sds []time.Duration, width time.Duration) ([]time.Duration, error) {
	if len(sds) == 0 {
		return SDsFor(width), nil
	}
	if low := slices.Min(sds); low <= 0 {
		return nil, fmt.Errorf("a kernel of sd %v: it must be longer than 0 (--sd-ms)", low)
	}
	return sds, nil
}

// sdText says which of several kernels was chosen.
func sdText(sd time.Duration, of []time.Duration) string {
	if len(of) == 1 {
		return fmt.Sprintf("Gaussian, sd %s ms", inMs(sd))
	}
	return fmt.Sprintf("Gaussian, sd %s ms, chosen of %s ms", inMs(sd), listed(of, inMs))
}

// listed writes several settings.
func listed[T any](settings []T, text func(T) string) string {
	texts := make([]string, len(settings))
	for i, s := range settings {
		texts[i] = text(s)
	}
	return strings.Join(texts, ", ")
}

// inMs writes a duration in milliseconds, without more digits than it has.
func inMs(d time.Duration) string { return fmt.Sprintf("%g", float64(d)/1e6) }
