package settings

import (
	"fmt"
	"strings"
	"testing"
)

// What stands in a file is read without a struct that knows it: keys as they are typed,
// fractions alike however they are written, whole numbers and words as they are.
func TestFlat(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"config:\n  train:\n    batch_size: 8\n    learning_rate: 1e-2\nrun: {}\n", "train.batch_size=8; train.learning_rate=0.01"},
		{"config: {pbt: {space: {train.kl: {low: 1e-4, high: 1.0}}}}", "pbt.space.train.kl.low=0.0001; pbt.space.train.kl.high=1"},
		{"config:\n  seed: 18446744073709551615\n  word: \"0010\"\n  none:\n  list: [1, 2.50, a]\n", "seed=18446744073709551615; word=0010; none=; list=1, 2.5, a"},
		{"config:\n  changes:\n  - {key: a, to: 2}\n  - {key: b}\n", "changes=key=a to=2, key=b"},
		{"config:\n  a: &x 1\n  b: *x\n", `a="&", which only YAML understands; b="*", which only YAML understands`},
		{"config: {}", ""},
		{"", ""},
	} {
		entries, err := Flat([]byte(c.text), "config")
		var parts []string
		for _, e := range entries {
			parts = append(parts, e.Key+"="+e.Value)
		}
		if got := strings.Join(parts, "; "); err != nil || got != c.want {
			t.Errorf("%q: %v\ngot  %s\nwant %s", c.text, err, got, c.want)
		}
	}
	for _, text := range []string{"run: {}", "config: 3", "[1, 2]", "config:\n\t- a", "\x00", strings.Repeat("[", 200), "a: " + strings.Repeat("x", maxBytes)} {
		if entries, err := Flat([]byte(text), "config"); err == nil {
			t.Errorf("%.40q is read as %v", text, entries)
		}
	}
}

// A file that names a group within itself again and again does not grow: aliases are not
// followed.
func TestFlatDoesNotGrow(t *testing.T) {
	text := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'j'; c++ {
		text += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	entries, err := Flat([]byte("config:\n  "+strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")), "config")
	size := 0
	for _, e := range entries {
		size += len(e.Key) + len(e.Value)
	}
	if err != nil || len(entries) != 9 || size > 10*len(text) {
		t.Errorf("%d entries, %d bytes of %d: %v", len(entries), size, len(text), err)
	}
}

func FuzzFlat(f *testing.F) {
	f.Add("config:\n  train: {batch_size: 8}\n")
	f.Add("config: [{a: {b: c}}, *x, !!binary x]")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := Flat([]byte(text), "config")
		size := 0
		for _, e := range entries {
			size += len(e.Value)
		}
		if err == nil && size > 100*(len(text)+1) {
			t.Errorf("%d bytes are made of %d", size, len(text))
		}
	})
}
