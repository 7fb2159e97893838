package kernel

import (
	"reflect"
	"strings"
	"testing"
)

// functions returns the names of a row's functions, but for peak, which a row
// need not have.
func functions() []string {
	var names []string
	for f := range reflect.TypeFor[table]().Fields() {
		if f.Type.Kind() == reflect.Func && f.Name != "peak" {
			names = append(names, f.Name)
		}
	}
	return names
}

// TestRowsAreWhole: every row has a name of its own and every function.
func TestRowsAreWhole(t *testing.T) {
	names := map[string]bool{}
	for _, row := range tables {
		if row.name == "" || names[row.name] || row.bits == "" {
			t.Errorf("row %q, bits %q: no name, or one that another row has, or no bits", row.name, row.bits)
		}
		names[row.name] = true
		for _, name := range functions() {
			if reflect.ValueOf(row).Elem().FieldByName(name).IsNil() {
				t.Errorf("%s has no %s", row.name, name)
			}
		}
	}
}

// TestNewRow adds a row to the list, as the file of a new implementation would,
// and changes nothing else: every entry to this package knows it.
func TestNewRow(t *testing.T) {
	defer func(before []*table) { tables = before }(tables)
	fake := *padded
	fake.name, fake.bits, fake.peak = "fake", "of its own", func(int) int { return 1e6 }
	tables = append([]*table{&fake}, tables...)

	for _, name := range []string{"", "fake"} {
		if row, err := choose(name); err != nil || row != &fake {
			t.Errorf("AUTOLFADS_CPU=%s gives %+v (%v), want the new row, which is the best", name, row, err)
		}
	}
	if _, err := choose("sse"); !strings.Contains(err.Error(), "fake, ") {
		t.Errorf("%v does not name the new row", err)
	}
	if !Supported("fake") || Levels()[0] != "fake" {
		t.Errorf("levels %v lack the new row", Levels())
	}
	defer Use("fake")()
	if Active() != "fake" || Bits() != "of its own" || peakLoop(1) != 1e6 {
		t.Errorf("active is %v with bits %s", Active(), Bits())
	}
}

// TestKernelsGoThroughTheRow: without a function, its kernel can't run.
func TestKernelsGoThroughTheRow(t *testing.T) {
	for _, name := range functions() {
		lame := *padded
		f := reflect.ValueOf(&lame).Elem().FieldByName(name)
		reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem().SetZero()
		mustPanic(t, name, func() {
			defer useRow(&lame)()
			outputs()
			Panels(make([]float64, 12*12), 12, make([]float64, 12), make([]float64, 12), 1)
		})
	}
}
