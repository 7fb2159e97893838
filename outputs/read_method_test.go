package outputs

import (
	"path/filepath"
	"strings"
	"testing"
)

// A file of a method says what it is and what was chosen for it, to who reads its rates
// and to who asks what it is.
func TestOfMethod(t *testing.T) {
	d, path := session(), filepath.Join(t.TempDir(), "gpfa.h5")
	train, valid, test := estimates(d)
	if err := Write(path, d, OfCounts(train, valid, test), Source{Version: "1", Settings: OfMethod("gpfa", "8 latents")}); err != nil {
		t.Fatal(err)
	}
	f, err := Read(path, d)
	if err != nil || f.Run != "gpfa" || f.Chosen != "8 latents" {
		t.Errorf("%+v, %v", f, err)
	}
	all, err := Describe(path)
	if err != nil || len(all) != 1 || !strings.Contains(all[0].String(), "made by      gpfa\n") || !strings.Contains(all[0].String(), "settings 8 latents") {
		t.Errorf("%v, %v", all, err)
	}
}
