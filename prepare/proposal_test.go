package prepare

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

// TestProposalsRun: what is proposed for recordings of every oddity makes trials.
func TestProposalsRun(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	proposed := 0
	for range 2000 {
		r := oddSession(random)
		s, err := ingest.Take(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.Spikes == 0 {
			continue
		}
		flags, ok := suggested(r, s.Span, suggestedBin(s))
		if !ok {
			continue
		}
		proposed++
		// Few spikes may miss all windows, or be in none that was observed.
		if _, _, err := Trials(r, optionsOf(t, flags)); err != nil && !strings.Contains(err.Error(), "no spike lies in") {
			t.Errorf("proposed %v: %v", flags, err)
		}
	}
	if proposed < 1000 {
		t.Errorf("%d proposals of 2000", proposed)
	}
}

// oddSession is a recording with tables of any lengths, NaN among them, and units of
// few spikes or many.
func oddSession(random *rand.Rand) *dataset.Recording {
	units := make([][]float64, 1+random.IntN(3))
	for u := range units {
		for range random.IntN(1 + random.IntN(300)) {
			units[u] = append(units[u], random.Float64()*60-5)
		}
	}
	r := session(nil, units...)
	for i := range random.IntN(3) {
		rows := random.IntN(12)
		start, stop, event := make([]float64, rows), make([]float64, rows), make([]float64, rows)
		for row := range rows {
			start[row] = orNaN(random, .05, float64(row)*4*random.Float64())
			stop[row] = orNaN(random, []float64{0, .1, 1}[i], start[row]+4*random.Float64()-.1)
			event[row] = orNaN(random, .05, start[row]+random.Float64())
		}
		table, err := dataset.NewTable("table "+strconv.Itoa(i), column("start_time", start...), column("stop_time", stop...), column("go_time", event...))
		if err != nil {
			panic(err)
		}
		r.Intervals = append(r.Intervals, table)
	}
	return r
}

func orNaN(random *rand.Rand, share, v float64) float64 {
	if random.Float64() < share {
		return nan
	}
	return v
}

// optionsOf are those of flags as they are proposed.
func optionsOf(t *testing.T, flags []string) (o Options) {
	t.Helper()
	for i := 0; i < len(flags); i++ {
		name, value, joined := strings.Cut(flags[i], "=")
		if !joined {
			i++
			value = flags[i]
		}
		var err error
		switch name {
		case "--bin-ms":
			o.BinMs, err = strconv.ParseFloat(value, 64)
		case "--chop-ms":
			o.Chop = &ChopOptions{}
			o.Chop.WindowMs, err = strconv.ParseFloat(value, 64)
		case "--window":
			var w Window
			w, err = ParseWindow(value)
			o.Window = &w
		case "--trials":
			o.Table = value
		case "--align":
			o.Align = value
		default:
			t.Fatalf("flag %s", name)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return o
}
