package dataset

import (
	"fmt"
	"strings"
	"testing"
)

// A refusal of a file with thousands of keys is still a line.
func TestKeyList(t *testing.T) {
	keys := make([]string, 3000)
	for i := range keys {
		keys[i] = fmt.Sprint("k", i)
	}
	for n, want := range map[int]string{0: "no keys", 2: "keys k0, k1", 3000: "3000 keys: k0, k1, "} {
		if got := keyList(keys[:n]); !strings.HasPrefix(got, want) || len(got) > 200 {
			t.Errorf("%d keys: %q", n, got)
		}
	}
}
