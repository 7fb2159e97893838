package golden

import (
	"bytes"
	"embed"
	"encoding/json"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

// files are the numbers, inside the test binary: it can run anywhere.
//
//go:embed testdata/*.h5
var files embed.FS

// Cases lists the whole models.
var Cases = []string{
	"A_nocon_poisson", "B_con_ar1_poisson", "B2_con_mvn_poisson",
	"C_con_ext_icseg_poisson", "C2_nocon_ext_gaussian", "D_gaussian", "D2_gamma", "D3_mse_nonvariational",
	"F_cd", "F2_cd_pass", "G_sbtt", "G2_sbtt_cd", "H_lag2_clip",
}

// Case is one model on one batch.
type Case struct {
	Name      string
	Config    *Group // attributes by the names of spec and literature: gen_dim, kl_co_scale, ...
	Params    *Group
	Trainable []string // names of the trained parameters
	Inputs    *Group
	Noise     *Run // with the noise in Inputs
	Mean      *Run // with every noise zero; nil where the case has none
}

// Run is what the reference computed.
type Run struct {
	Outputs, Losses, Grads *Group
	After1, After3         *Group // parameters after 1 and 3 steps
}

// Load returns a case, by its name in Cases.
func Load(t testing.TB, name string) *Case {
	t.Helper()
	root := open(t, name)
	c := &Case{
		Name:   name,
		Config: read(t, root, "config"),
		Params: read(t, root, "params"),
		Inputs: read(t, root, "inputs"),
		Noise:  readRun(t, root, ""),
	}
	if _, err := root.Group("mean"); err == nil {
		c.Mean = readRun(t, root, "mean/")
	}
	if err := json.Unmarshal([]byte(c.Params.Text("trainable")), &c.Trainable); err != nil {
		t.Fatalf("%s: attribute trainable of params: %v", name, err)
	}
	return c
}

// Units returns the groups of single pieces by their names. The one array at
// the root, ramp_table, is in group "".
func Units(t testing.TB) map[string]*Group {
	t.Helper()
	root := open(t, "units")
	units := map[string]*Group{"": {Arrays: map[string]Array{"ramp_table": readArray(t, root, "ramp_table")}}}
	for _, name := range root.Keys() {
		if name != "ramp_table" {
			units[name] = read(t, root, name)
		}
	}
	return units
}

func open(t testing.TB, name string) *hdf5.Group {
	t.Helper()
	content, err := files.ReadFile("testdata/" + name + ".h5")
	if err != nil {
		t.Fatal(err)
	}
	file, err := hdf5.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return file.Root()
}

func readRun(t testing.TB, root *hdf5.Group, prefix string) *Run {
	t.Helper()
	return &Run{
		Outputs: read(t, root, prefix+"outputs"),
		Losses:  read(t, root, prefix+"losses"),
		Grads:   read(t, root, prefix+"grads"),
		After1:  read(t, root, prefix+"params_after_1"),
		After3:  read(t, root, prefix+"params_after_3"),
	}
}

// read loads a group that holds arrays and attributes only.
func read(t testing.TB, root *hdf5.Group, path string) *Group {
	t.Helper()
	from, err := root.Group(path)
	if err != nil {
		t.Fatal(err)
	}
	g := &Group{name: path, Arrays: map[string]Array{}, numbers: map[string][]float64{}, strings: map[string]string{}}
	for _, name := range from.Keys() {
		g.Arrays[name] = readArray(t, from, name)
	}
	attrs, err := from.Attrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, attr := range attrs {
		if err := g.readAttr(attr); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// readAttr keeps an attribute as text if it is text, as numbers otherwise.
func (g *Group) readAttr(attr *hdf5.Attribute) error {
	if text, err := attr.Strings(); err == nil && len(text) == 1 {
		g.strings[attr.Name] = text[0]
		return nil
	}
	numbers, err := attr.Float64s()
	g.numbers[attr.Name] = numbers
	return err
}

func readArray(t testing.TB, from *hdf5.Group, name string) Array {
	t.Helper()
	dataset, err := from.Dataset(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := dataset.Float64s()
	if err != nil {
		t.Fatal(err)
	}
	return Array{Shape: dataset.Shape(), Data: data}
}
