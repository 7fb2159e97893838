package run

import (
	"bytes"
	"encoding/json"
	"os"
	"time"
)

// Timing says where a run's time went, generation by generation (timing.json).
// Of a generation that was interrupted it counts what each process reported.
type Timing struct {
	Generations []GenerationTime `json:"generations"`
}

// GenerationTime is a generation's time, in seconds.
type GenerationTime struct {
	Generation int     `json:"generation"`
	Epochs     int     `json:"epochs"`            // of all members
	Training   float64 `json:"training_seconds"`  // that those took, added up: with two workers two seconds a second
	Executing  float64 `json:"executing_seconds"` // in which units were under way
	Wall       float64 `json:"wall_seconds"`      // from the end of the generation before; less Executing it is the coordinator's
}

// stopwatch times the generation under way.
type stopwatch struct {
	since     time.Time     // the last record, or the start
	executing time.Duration // since then
}

// execute times do, in which units are under way.
func (s *stopwatch) execute(do func() error) error {
	start := time.Now()
	err := do()
	s.executing += time.Since(start)
	return err
}

// addTime adds the time since the last record to generation g's in
// timing.json, and the epochs of its results, if it has any.
func (f *Folder) addTime(s *stopwatch, number int, g generation) error {
	var t Timing
	if f.readJSON("timing.json", &t) != nil {
		t = Timing{} // damaged: no decision rests on it, so what is lost is lost
	}
	entry := t.of(number)
	entry.Executing += s.executing.Seconds()
	entry.Wall += time.Since(s.since).Seconds()
	*s = stopwatch{since: time.Now()}
	if len(g.results) > 0 {
		entry.Epochs, entry.Training = 0, 0
	}
	gathered, _ := os.ReadFile(f.path(metricsName)) // none before the first generation is done
	for i, r := range g.results {
		seconds, err := f.trainingSeconds(g.units[i], r, gathered)
		if err != nil {
			return err
		}
		entry.Training += seconds
		entry.Epochs += r.Epochs
	}
	return f.writeJSON("timing.json", t)
}

// of returns the entry of a generation, the last one or a new one.
func (t *Timing) of(number int) *GenerationTime {
	if n := len(t.Generations); n == 0 || t.Generations[n-1].Generation != number {
		t.Generations = append(t.Generations, GenerationTime{Generation: number})
	}
	return &t.Generations[len(t.Generations)-1]
}

// trainingSeconds adds up the epochs of a unit's metrics.
func (f *Folder) trainingSeconds(u Unit, r Result, gathered []byte) (total float64, err error) {
	text, err := f.metricsOf(u, r, gathered)
	for line := range bytes.Lines(text) {
		var e EpochRecord
		if err := json.Unmarshal(line, &e); err != nil {
			return 0, err
		}
		total += e.Seconds
	}
	return total, err
}
