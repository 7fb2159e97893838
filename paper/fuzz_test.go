package paper

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Whatever a file of results holds, there are sentences, figures and a page, or an error.
func FuzzResult(f *testing.F) {
	for _, e := range List() {
		f.Add([]byte(`{"experiment": "` + e.Name + `"}`))
	}
	for _, r := range []*Result{
		planted("1c, e", map[string]float64{"oracle_nll": .1, "spearman, " + withDropout: 1e308}, rowsOf(withDropout, numbers{"nll": {.1, 1e308}, "rates_r2": {-1e308, .5}})),
		planted(randomPanel, nil, rowsOf(randomModelsGroup, numbers{"nll": {.1, .2}, "rates_r2": {.5, .9}}), rowsOf(populationGroup, numbers{"nll": {.1}, "rates_r2": {.5}})),
		planted("2a, b", nil, rowsOf("ours", numbers{"trials": {20}, "bps": {.5}}), rowsOf("fixed", numbers{"trials": {1e308}, "bps": {-1e308}})),
		planted(speedPanel, nil, rowsOf("", numbers{scoreKey: {.5, .4}, lessKey: {1e308, .1}, lowKey: {-1e308, .05}})),
		{Tables: []Table{{Panel: "2c, d", Columns: []Column{{outputKey(0), "velocity", 3}}, Rows: rowsOf("", numbers{outputKey(0): {.5, 1e308}})}}},
		planted(membersPanel, nil, rowsOf("2 members", numbers{"rates_r2": {.5}}), rowsOf("random", numbers{"rates_r2": {.5}})),
	} {
		text, err := json.Marshal(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"tables": [{"columns": [{"key": "a", "digits": 1000000000}, {"key": "b", "digits": -1000000000}], "rows": [{"values": {"a": 1, "b": 1}}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "a.json")
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := ReadResult(path)
		if err != nil {
			return
		}
		for _, e := range List() {
			if e.paragraph(r) == "" {
				t.Errorf("%s says nothing of %s", e.Name, text)
			}
			e.figures(r)
			named := *r
			named.Experiment = e.Name
			if p := ResultsPage([]*Result{&named}, "paper"); p.Text == "" || named.tablesText() == "" && len(r.Tables) > 0 {
				t.Errorf("%s has no page of %s", e.Name, text)
			}
		}
	})
}
