package rules

import (
	"slices"
	"strings"
	"testing"
)

// scoresOnly are rooms that training is built of but whose numbers never reach
// it: they describe a model that is trained.
var scoresOnly = map[string]bool{"metric": true}

// Nothing that trains or decides a search uses library mathematics whose bits
// vary (docs/decisions/005): it is train and pbt with all that they import.
func TestTrainingIsExact(t *testing.T) {
	rooms := moduleRooms(t)
	training := Below(rooms, "train", "pbt")
	for _, needed := range []string{"augment", "internal/kernel", "lfads", "likelihood", "maths", "nn", "pbt", "prior", "rng", "train"} {
		if !training[needed] {
			t.Errorf("%s is not among what training is built of", needed)
		}
	}
	for _, r := range rooms {
		if !training[r.Name] || scoresOnly[r.Name] {
			continue
		}
		faults, err := InexactIn(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faults {
			t.Errorf("%s, whose last bits vary from machine to machine: use package maths (docs/decisions/005)", f)
		}
	}
}

func TestInexact(t *testing.T) {
	const imports = "package p\nimport \"math\"\n"
	for _, c := range []struct{ source, want string }{
		{imports + "var x = math.Sqrt(math.Abs(math.Pi))", ""},
		{imports + "func f(x float64) float64 {\n\treturn math.Exp(x)\n}", "p.go:4:9 uses math.Exp"},
		{imports + "var f = math.Log1p", "uses math.Log1p"},
		{"package p\nimport m \"math\"\nvar x = m.Pow(2, .5)", "uses math.Pow"},
		{"package p\nimport . \"math\"\nvar x = Exp(1)", "by a dot"},
		{"package p\nimport \"math/cmplx\"\nvar x = cmplx.Exp(1)", "math/cmplx"},
		{"package p\nimport \"math/bits\"\nvar x = bits.Len(1)", ""},
		{"package p\nimport math \"example.com/own\"\nvar x = math.Exp(1)", ""},
		{"package p\nvar math struct{ Exp int }\nvar x = math.Exp", ""},
	} {
		faults, err := Inexact("p.go", c.source)
		if err != nil {
			t.Fatal(err)
		}
		caught := slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, c.want) })
		if c.want == "" && len(faults) > 0 || c.want != "" && !caught {
			t.Errorf("%q: found %q, want %q", c.source, faults, c.want)
		}
	}
}

// A folder's tests are left aside, its other files are not.
func TestInexactIn(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.go", "package p\nimport \"math\"\nvar x = math.Sin(1)")
	write(t, dir, "b_arm64.go", "package p\nimport \"math\"\nvar y = math.Cos(1)")
	write(t, dir, "a_test.go", "package p\nimport \"math\"\nvar z = math.Tan(1)")
	faults, err := InexactIn(dir)
	if err != nil || len(faults) != 2 {
		t.Errorf("found %q, %v; want one fault each of a.go and b_arm64.go", faults, err)
	}
}
