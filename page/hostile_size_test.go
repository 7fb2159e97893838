package page_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// A few bytes do not become many: arrays that say that they are large are refused before anything
// is made of them.
func TestFewBytesStayFew(t *testing.T) {
	dir := endedAlone(t)
	const sparse = `{"shape":[1,67108864,1],"low":[0],"high":[254],"sparse":true,"bytes":""}`
	const small = `{"shape":[1,1,1],"low":[0],"high":[254],"bytes":"AA=="}`
	for name, arrays := range map[string]string{
		"spikes": `"bins":67108864,"rates":` + small + `,"spikes":` + sparse,
		"both":   `"bins":67108864,"rates":` + sparse + `,"spikes":` + sparse,
		"others": `"bins":1,"rates":` + small + `,"spikes":` + small + `,"space":{"share":[1],"trials":` + sparse + `},"means":{"neurons":[0],"data":` + sparse + `}`,
	} {
		write(t, dir, "page/sample.json", `{"format":1,"data":{},"sample":{"read":1,"neurons":[{"name":"a"}],"trials":[{"condition":-1}],`+arrays+`}}`)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		d := read(t, dir)
		runtime.ReadMemStats(&after)
		if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 16 || d.Sample != nil { // a document of no run at all takes 1
			t.Errorf("%s: %d MB are made of it, a sample: %v", name, n, d.Sample != nil)
		}
	}
}

// Hyper-parameters are looked up, however many there are; more than there can be are left out.
func TestManyHyperParameters(t *testing.T) {
	dir := ran(t, population(2, 2, 2))
	const n = 3000
	var text strings.Builder
	text.WriteString("generation,member")
	for i := range n {
		fmt.Fprintf(&text, ",k%d", i)
	}
	text.WriteString("\n0,0" + strings.Repeat(",1", n) + "\n")
	write(t, dir, "hyperparameters.csv", text.String())
	d := read(t, dir)
	if len(d.Course.Hyper) == 0 || len(d.Course.Hyper) > 200 || !strings.Contains(strings.Join(d.Notes, " "), "hyperparameters.csv has 3000 hyper-parameters") {
		t.Errorf("%d hyper-parameters, notes %q", len(d.Course.Hyper), d.Notes)
	}
	if m := d.Course.Generations[0].Members[0]; len(m.Hyper) != len(d.Course.Hyper) {
		t.Errorf("a member has %d of %d", len(m.Hyper), len(d.Course.Hyper))
	}
}
