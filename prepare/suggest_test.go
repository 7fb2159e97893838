package prepare

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// suggestion is what is suggested for a recording, behind the name of the file to
// make.
func suggestion(t *testing.T, r *dataset.Recording) string {
	t.Helper()
	s, err := ingest.Take(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	command := Suggest(r, s, "/a/session.nwb", ingest.Options{})
	flags, found := strings.CutPrefix(command, "autolfads prepare /a/session.nwb --out session.h5 ")
	if !found && command != "" {
		t.Errorf("suggested: %s", command)
	}
	return flags
}

// regular is spikes of one unit, ten a second.
func regular(seconds float64) (times []float64) {
	for t := .05; t < seconds; t += .1 {
		times = append(times, t)
	}
	return times
}

func TestSuggest(t *testing.T) {
	start, spikes := column("start_time", 0, 2, 4, 6), regular(8)
	noStop := column("stop_time", nan, nan, nan, nan)
	several := session([]*dataset.Column{start, column("stop_time", 1, 3, 5, 7)}, spikes)
	several.Intervals = append(several.Intervals, &dataset.Table{Name: "the epochs", Rows: 1, Columns: []*dataset.Column{column("start_time", 0), column("stop_time", 8)}})
	named := session([]*dataset.Column{start, column("stop_time", 1, 3, 5, 7)}, spikes)
	named.Intervals[0].Name = "the rows"
	named.Intervals = append(named.Intervals, several.Intervals[1])
	observed := session(nil, spikes)
	observed.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: .1}, {Start: 2, Stop: 6}}}
	for name, c := range map[string]struct {
		r    *dataset.Recording
		want string
	}{
		"even":           {session([]*dataset.Column{start, column("stop_time", 1, 3.2, 5, 7)}, spikes), "--bin-ms 10"},
		"uneven":         {session([]*dataset.Column{start, column("stop_time", .3, 4, 6, 7)}, spikes), "--bin-ms 10 --align start_time --window=0..300"},
		"long":           {session([]*dataset.Column{column("start_time", 0, 10), column("stop_time", 9, 18)}, regular(20)), "--bin-ms 10 --align start_time --window=0..1000"},
		"no stops":       {session([]*dataset.Column{start, noStop}, spikes), "--bin-ms 10 --align start_time --window=0..1000"},
		"no stops, soon": {session([]*dataset.Column{column("start_time", 0, .5, 1.25, 2), noStop}, spikes), "--bin-ms 10 --align start_time --window=0..500"},
		"an event":       {session([]*dataset.Column{start, noStop, column("go_time", .5, 2.5, 4.5, 6.5)}, spikes), "--bin-ms 10 --align go_time --window=-250..1000"},
		"from start":     {session([]*dataset.Column{start, noStop, column("go_time", .5, .5, .5, .5)}, spikes), "--bin-ms 10 --align start_time --window=0..1000"},
		"some stops":     {session([]*dataset.Column{start, column("stop_time", 1, 3, nan, 7)}, spikes), "--bin-ms 10 --align start_time --window=0..1000"},
		"several tables": {several, "--bin-ms 10 --trials trials"},
		"no trials":      {named, "--bin-ms 10 --trials 'the rows'"},
		"no table":       {session(nil, spikes), "--bin-ms 10 --chop-ms 750"},
		"observed":       {observed, "--bin-ms 10 --chop-ms 400"},
		"another clock":  {session([]*dataset.Column{column("start_time", 100, 200), column("stop_time", 101, 201)}, spikes), "--bin-ms 10 --chop-ms 750"},
		"slow":           {session(nil, []float64{1, 20, 40}), "--bin-ms 50 --chop-ms 1000"},
		"silent":         {session([]*dataset.Column{start, noStop}, nil), ""},
		"one spike":      {session(nil, []float64{1}), ""},
		"no units":       {session([]*dataset.Column{start, noStop}), ""},
	} {
		if got := suggestion(t, c.r); got != c.want {
			t.Errorf("%s: suggested %q, want %q", name, got, c.want)
		}
	}
}

// TestSuggestForRealRecordings: what is suggested makes trials, the tests of the
// command run it.
func TestSuggestForRealRecordings(t *testing.T) {
	for name, want := range map[string]string{
		"sub-anm372793_ses-20170508.nwb": "--bin-ms 10 --align start_time --window=0..1000",
		"sub-4_ses-4_ecephys+image.nwb":  "--bin-ms 10 --trials recognition_table",
		"test_TimeSeries.nwb":            "",
	} {
		r, err := ingest.Open(testenv.Data(t, "nwb/"+name), ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := suggestion(t, r); got != want {
			t.Errorf("%s: suggested %q, want %q", name, got, want)
		}
		r.Close()
	}
}

// TestSuggestAsks for what the recording was opened with, and a name that is free.
func TestSuggestAsks(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"it's.h5", "it's-2.h5"} {
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r := session(nil, regular(8))
	s, err := ingest.Take(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := Suggest(r, s, "-it's.npz", ingest.Options{SampleRate: 24414.0625, AllUnits: true})
	if want := `autolfads prepare './-it'\''s.npz' --out 'it'\''s-3.h5' --bin-ms 10 --chop-ms 750 --sample-rate 24414.0625 --all-units`; got != want {
		t.Errorf("suggested %s\nwant      %s", got, want)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{filepath.Join(here, "a", "b c.h5"): "'a/b c.h5' --out 'b c-run' --bin-ms 5", "/else/x.h5": "/else/x.h5 --out x-run --bin-ms 5"} {
		if got := SuggestRun(path, "--bin-ms", "5"); got != "autolfads run "+want {
			t.Errorf("%s: suggested %s", path, got)
		}
	}
	for source, want := range map[string]string{"/": "recording", "kilosort4/": "kilosort4", ".": "recording", "a.b.csv": "a.b", "2024.01.05_monkey1": "2024.01.05_monkey1"} {
		if got := FreeName(t.TempDir(), source, ".h5"); got != want+".h5" {
			t.Errorf("%s becomes %s, want %s.h5", source, got, want)
		}
	}
	if got := FreeName(".", filepath.Join("x", "it's.csv"), "-run"); got != "it's-run" {
		t.Errorf("a run is called %s", got)
	}
}

// Of a recording without units, the stream is suggested whose name tells what it is, or
// the fastest.
func TestSuggestSignals(t *testing.T) {
	stream := func(name string, rate float64) *dataset.Stream {
		return &dataset.Stream{Name: name, Features: 1, Rate: rate, Data: dataset.Values{Data: make([]float64, int(20*rate)), Width: 1}}
	}
	start, stop := column("start_time", 0, 2, 4, 6), column("stop_time", 1, 3, 5, 7)
	for want, streams := range map[string][]*dataset.Stream{
		"--signal 'EMG left' --signal-kind emg --scale quantile --bin-ms 10": {stream("hand", 5000), stream("EMG left", 2000)},
		"--signal LFP --signal-kind lfp --scale quantile --bin-ms 10":        {stream("LFP", 1000)},
		"--signal dff --signal-kind calcium --scale quantile --bin-ms 20":    {stream("dff", 50)},
		"--signal b --signal-kind raw --scale quantile --bin-ms 10":          {stream("a", 100), stream("b", 200)},
		"": {{Name: "c", Features: 1, Data: dataset.Values{Width: 1}}},
	} {
		r := session([]*dataset.Column{start, stop})
		r.Streams = streams
		if got := suggestion(t, r); got != want {
			t.Errorf("suggested %q, want %q", got, want)
		}
	}
	r := session(nil)
	r.Streams = []*dataset.Stream{stream("emg", 1000)}
	if got, want := suggestion(t, r), "--signal emg --signal-kind emg --scale quantile --bin-ms 10 --chop-ms 1000"; got != want {
		t.Errorf("suggested %q, want %q", got, want)
	}
}
