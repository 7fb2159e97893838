package prepare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// clocked is a stream that is its own time, in s behind base: any shift shows.
type clocked struct {
	name         string
	rate, jitter float64 // Hz; of time stamps, in steps
	stamps       bool    // the file has time stamps
	start, stop  float64 // behind base
}

func (c clocked) stream(base float64) *dataset.Stream {
	random := rand.New(rand.NewPCG(1, 9))
	s := &dataset.Stream{Name: c.name, Features: 2, Unit: "s"}
	var times, values []float64
	for i := range int((c.stop - c.start) * c.rate) {
		t := base + c.start + float64(i)/c.rate + c.jitter*(random.Float64()-.5)/c.rate
		times, values = append(times, t), append(values, t-base, -2*(t-base))
	}
	s.Data = dataset.Values{Data: values, Width: 2}
	if s.Start, s.Rate = base+c.start, c.rate; c.stamps {
		s.Start, s.Rate, s.Clock = 0, 0, dataset.Values{Data: times, Width: 1}
	}
	return s
}

// behaviorOf makes trials and returns the behaviour of each, by id.
func behaviorOf(t *testing.T, r *dataset.Recording, o Options) (map[int64][]float32, *dataset.Dataset, *Report) {
	t.Helper()
	d, report, err := Trials(r, o)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[int64][]float32{}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		for i, id := range s.TrialIDs {
			byID[id] = s.Behavior.Trial(i)
		}
	}
	return byID, d, report
}

// TestBehaviorIsItsOwnTime: whatever the rate, the clock, the bins, the lag, a bin's
// behaviour is that of its first moment; of the sample in the bin where there is one
// in each.
func TestBehaviorIsItsOwnTime(t *testing.T) {
	streams := []clocked{
		{"kilohertz", 1000, 0, false, -2, 14},
		{"quarter", 250, 0, false, -2, 14},
		{"stamped", 1000, 0, true, -2, 14},
		{"jittered", 500, .3, true, -2, 14},
		{"camera", 60, 0, false, -2, 14},
		{"camera_stamped", 30, .2, true, -2, 14},
		{"broadband", 6103.515625, 0, false, -2, 14},
		{"odd", 1017.2526, 0, false, -1.9876543, 14},
		{"offset", 200, 0, false, -1.998, 14},
	}
	for _, base := range []float64{0, -40, 1.7e9} {
		r := session([]*dataset.Column{column("start_time", base+1, base+3.125, base+3.25, base+5.4, base+8.0078125), column("stop_time", base+2, base+4, base+5, base+6.5, base+9)},
			[]float64{base + 1.1, base + 8.2})
		var names []string
		for _, c := range streams {
			r.Streams = append(r.Streams, c.stream(base))
			names = append(names, c.name)
		}
		for _, binMs := range []float64{1, 5, 10, 20, 12.5} {
			for _, lag := range []float64{0, 100, -120, 37.5} {
				o := Options{BinMs: binMs, Window: &Window{-200, 300}, Behavior: BehaviorOptions{Names: names, LagMs: lag}}
				trials, _, _ := behaviorOf(t, r, o)
				for id, got := range trials {
					start := r.Intervals[0].Numbers("start_time")[id] - base - .2 + lag/1000
					checkOwnTime(t, fmt.Sprintf("base %g, bins of %g ms, lag %g, trial %d", base, binMs, lag, id), streams, got, start, binMs/1000)
				}
			}
		}
	}
}

// checkOwnTime checks a trial's behaviour: its bins are the streams' own times.
func checkOwnTime(t *testing.T, what string, streams []clocked, got []float32, start, bin float64) {
	t.Helper()
	for i := range len(got) / (2 * len(streams)) {
		for k, c := range streams {
			want := start + float64(i)*bin
			if math.Abs(c.rate*bin-1) < 1e-6 { // the sample in the bin
				want = c.start + math.Ceil((want-c.start)*c.rate-1e-3)/c.rate
			}
			tolerance := 2e-6 // of single precision, and of seconds since 1970
			if c.jitter > 0 {
				tolerance = .02 / c.rate
			}
			v := got[2*(len(streams)*i+k):]
			if math.Abs(float64(v[0])-want) > tolerance || math.Abs(float64(v[1])+2*want) > 2*tolerance {
				t.Fatalf("%s: bin %d of %s is %v, %v, not %v", what, i, c.name, v[0], v[1], want)
			}
		}
	}
}
