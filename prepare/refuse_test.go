package prepare

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// TestRefuses: each refusal is one line that names the recording, what was found and
// what to do.
func TestRefuses(t *testing.T) {
	start, stop := column("start_time", 0, 1, 2), column("stop_time", 1, 2, 3)
	side := &dataset.Column{Name: "side", Words: []string{"l", "r", "l"}}
	trials := []*dataset.Column{start, stop, side, column("go_time", .5, 1.5, 2.5)}
	spikes := []float64{.5, 1.5, 2.5}
	two := session(trials, spikes)
	two.Intervals = append(two.Intervals, &dataset.Table{Name: "epochs", Rows: 3, Columns: trials[:2]})
	two.Intervals[0].Name = "reaches"
	endless := session(nil, spikes)
	endless.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: math.Inf(1)}}}
	for name, c := range map[string]struct {
		r    *dataset.Recording
		o    Options
		says []string
	}{
		"no units":        {session(trials), Options{BinMs: 10}, []string{"no units"}},
		"no bin width":    {session(trials, spikes), Options{}, []string{"bin width is 0 ms", "--bin-ms"}},
		"no number":       {session(trials, spikes), Options{BinMs: math.NaN()}, []string{"bin width is NaN ms"}},
		"bins in s":       {session(trials, spikes), Options{BinMs: .005}, []string{"bin width is 0.005 ms", "in ms, not in seconds (--bin-ms 5)"}},
		"window in s":     {session(trials, spikes), Options{BinMs: 10, Window: &Window{-.25, .45}}, []string{"if -0.25..0.45 s are meant: --window=-250..450"}},
		"endless window":  {session(trials, spikes), Options{BinMs: 10, Window: &Window{0, 1e300}}, []string{"the window 0..1e+300 ms"}},
		"one row wanted":  {session(trials, spikes), Options{BinMs: 10, Where: "row == 1"}, []string{"1 of 3 trials of trials are left", "another condition (--where)"}},
		"no trials":       {session(nil, spikes), Options{BinMs: 10}, []string{"no table of trials", "(--chop)"}},
		"which trials":    {two, Options{BinMs: 10}, []string{"which trials are meant", "reaches (3 rows), epochs (3 rows)", "--trials"}},
		"no such table":   {two, Options{BinMs: 10, Table: "trials"}, []string{"no table trials", "reaches (3 rows), epochs (3 rows)"}},
		"no such column":  {session(trials, spikes), Options{BinMs: 10, Align: "go"}, []string{"no column go", "start_time, stop_time, go_time", "--align"}},
		"words":           {session(trials, spikes), Options{BinMs: 10, Align: "side"}, []string{"no numbers in side, but words", "go_time"}},
		"other numbers":   {session(append(trials, column("go cue", .5, 1.5, 2.5)), spikes), Options{BinMs: 10, Align: "go_cue"}, []string{"start_time, stop_time, go_time; other numbers are in go cue"}},
		"no moments":      {session([]*dataset.Column{side}, spikes), Options{BinMs: 10}, []string{"no column of moments", "none of its columns"}},
		"no stop":         {session([]*dataset.Column{start, column("stop_time", nan, nan, nan)}, spikes), Options{BinMs: 10}, []string{"no row of trials has a stop_time", "--window=0..1000"}},
		"no stop column":  {session([]*dataset.Column{start}, spikes), Options{BinMs: 10}, []string{"no row of trials has a stop_time", "--window=0..1000"}},
		"too short":       {session([]*dataset.Column{start, column("stop_time", 1, 1.004, 3)}, spikes), Options{BinMs: 10}, []string{"row 1 of trials, its shortest, ends 4 ms behind start_time", "--window"}},
		"parts of a bin":  {session(trials, spikes), Options{BinMs: 10, Window: &Window{0, 55}}, []string{"5.5 bins of 10 ms", "--window=0..50"}},
		"turned":          {session(trials, spikes), Options{BinMs: 10, Window: &Window{50, 0}}, []string{"longer than 0"}},
		"one trial":       {session([]*dataset.Column{column("start_time", 0, nan)}, spikes), Options{BinMs: 10, Window: &Window{0, 50}}, []string{"1 of 2 trials of trials are left", "1: start_time is not known (NaN)"}},
		"no trial":        {session([]*dataset.Column{column("start_time")}, spikes), Options{BinMs: 10, Window: &Window{0, 50}}, []string{"trials"}},
		"no spikes there": {session(trials, []float64{100, 101}), Options{BinMs: 10}, []string{"no spike lies in", "one clock"}},
		"no rate":         {session(trials, spikes), Options{BinMs: 10, Units: UnitOptions{MinRateHz: 5}}, []string{"no unit fires at 5 Hz", "--min-rate-hz"}},
		"share":           {session(trials, spikes), Options{BinMs: 10, Split: SplitOptions{ValidShare: 1}}, []string{"share of trials that validate is 1"}},
		"condition":       {session(trials, spikes), Options{BinMs: 10, Condition: "target"}, []string{"no column target", "start_time, stop_time, side, go_time", "--condition"}},
		"from itself":     {session(trials, spikes), Options{BinMs: 10, FromStart: true}, []string{"cannot count from each trial's start"}},
		"chop and trials": {session(trials, spikes), Options{BinMs: 10, Chop: ms(100, 0), Align: "go_time"}, []string{"leave out --chop"}},
		"chop once":       {session(nil, spikes), Options{BinMs: 10, Chop: ms(1500, 0)}, []string{"1 of 1 windows are left", "--chop-ms"}},
		"chop no bins":    {session(nil, spikes), Options{BinMs: 10, Chop: ms(15, 0)}, []string{"1.5 bins of 10 ms", "10 or 20 ms", "--chop-ms"}},
		"chop nothing":    {session(nil, []float64{}), Options{BinMs: 10, Chop: ms(100, 0)}, []string{"0 of 0 windows"}},
		"chop no end":     {endless, Options{BinMs: 10, Chop: ms(100, 0)}, []string{"no end to chop"}},
		"chop for ever":   {session(nil, []float64{0, 1e12}), Options{BinMs: 10, Chop: ms(100, 0)}, []string{"GiB of memory"}},
		"overlap":         {session(nil, spikes), Options{BinMs: 10, Chop: ms(100, 60)}, []string{"more than half", "at most 50 ms (--overlap-ms)"}},
		"overlap no bins": {session(nil, spikes), Options{BinMs: 10, Chop: ms(100, 4)}, []string{"0.4 bins of 10 ms", "such as 10 ms (--overlap-ms)"}},
		"overlap less":    {session(nil, spikes), Options{BinMs: 10, Chop: ms(100, -10)}, []string{"must not be negative"}},
		"chop less":       {session(nil, spikes), Options{BinMs: 10, Chop: ms(-100, 0)}, []string{"longer than 0"}},
		"chop no bin":     {session(nil, spikes), Options{BinMs: 250, Chop: &ChopOptions{}}, []string{"2.4 bins of 250 ms", "500 or 750 ms (--chop-ms)"}},
		"chop no clock":   {session(nil, []float64{0, 1e300}), Options{BinMs: 10, Chop: ms(100, 0)}, []string{"hardly times in seconds"}},
		"chop events":     {session([]*dataset.Column{start}, spikes), Options{BinMs: 10, Table: "trials", Chop: ms(100, 0)}, []string{"no start_time and stop_time", "--trials"}},
		"chop elsewhere":  {session(trials, []float64{50, 51}), Options{BinMs: 10, Table: "trials", Chop: ms(100, 0)}, []string{"nothing was recorded in the 3 rows of trials", "one clock"}},
		"too many bins":   {session(trials, spikes), Options{BinMs: 0.1, Window: &Window{0, 8e9}}, []string{"GiB of memory", "--bin-ms", "--window"}},
	} {
		_, _, err := Trials(c.r, c.o)
		if err == nil {
			t.Errorf("%s: taken", name)
			continue
		}
		for _, part := range append(c.says, "prepare: session: ") {
			if text := err.Error(); !strings.Contains(text, part) || strings.Contains(text, "\n") {
				t.Errorf("%s: %q does not say %q in one line", name, text, part)
			}
		}
	}
}

var errDamaged = errors.New("damaged")

// unreadable has spikes that cannot be read.
type unreadable struct{ dataset.SpikeTrains }

func (unreadable) Times(int) ([]float64, error) { return nil, errDamaged }

func TestUnreadable(t *testing.T) {
	for _, o := range []Options{{BinMs: 10}, {BinMs: 10, Chop: ms(100, 0)}} {
		r := session([]*dataset.Column{column("start_time", 0, 1), column("stop_time", 1, 2)}, []float64{1})
		r.Units.Spikes = unreadable{dataset.SpikeTrains{{1}}}
		if _, _, err := Trials(r, o); !errors.Is(err, errDamaged) || !strings.Contains(err.Error(), "unit u0") {
			t.Errorf("%v", err)
		}
	}
}
