package page

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
)

// Lines of metrics are read as JSON reads them.
func TestParseEpoch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		want := run.EpochRecord{
			Generation: r.IntN(100), Member: r.IntN(1000), Epoch: 1 + r.IntN(1_000_000), Score: run.Score(math.Exp(40*r.Float64() - 20)),
			Metrics: map[string]run.Score{"valid/recon": .5}, Seconds: r.Float64(), Time: time.Unix(r.Int64N(1e9), 0),
		}
		if i%50 == 0 {
			want.Score = run.Score(math.NaN())
		}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		e, ok := parseEpoch(append(text, '\n'))
		same := e.score == float64(want.Score) || math.IsNaN(e.score) && math.IsNaN(float64(want.Score))
		if !ok || e.at != (Place{want.Generation, want.Member}) || e.epoch != want.Epoch || !same {
			t.Fatalf("%s is read as %+v, %v", text, e, ok)
		}
		for _, cut := range []int{0, 1, len(text) / 2, len(text) - 1, len(text)} {
			if _, ok := parseEpoch(text[:cut]); ok {
				t.Fatalf("%s is taken for a line", text[:cut])
			}
		}
	}
}

func FuzzEpoch(f *testing.F) {
	f.Add([]byte(`{"generation":1,"member":2,"epoch":3,"score":0.5,"seconds":1}` + "\n"))
	f.Add([]byte(`{"generation":1,"member":2,"epoch":3,"score":null,"seconds":1}` + "\n"))
	f.Add([]byte(`{"generation":-1,"member":99999999999999999999,"epoch":3e9,"score":inf,}` + "\n"))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, ok := parseEpoch(line)
		if ok && (e.at[0] < 0 || e.at[1] < 0 || e.epoch < 0 || e.epoch > math.MaxInt32) {
			t.Errorf("%q is read as %+v", line, e)
		}
	})
}

func FuzzArray(f *testing.F) {
	f.Add([]byte(`{"shape":[1,2,3],"low":[0],"high":[254],"bytes":"AQIDBAUG"}`))
	f.Add([]byte(`{"shape":[1,2,3],"low":[0],"high":[254],"sparse":true,"bytes":"AQID/w=="}`))
	f.Add([]byte(`{"shape":[1,-2,9223372036854775807],"low":[null],"high":[1e308],"bytes":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var a Array
		if json.Unmarshal(text, &a) != nil {
			return
		}
		values, err := a.Values()
		if err != nil {
			return
		}
		if n := a.Shape[0] * a.Shape[1] * a.Shape[2]; len(values) != n {
			t.Errorf("%d numbers of shape %v", len(values), a.Shape)
		}
	})
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("generation,member,score\n0,1,0.5\n0,2,NaN\n"))
	f.Add([]byte("generation,member,score\n0,1\n"))
	f.Add([]byte("generation,member\n\"0,1\n"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, "scores.csv"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		table, _ := readTable(dir, "scores.csv")
		for at, row := range table.rows {
			if at[0] < 0 || at[1] < 0 || len(row) != len(table.columns) {
				t.Errorf("%q has the row %v: %q", text, at, row)
			}
		}
	})
}
