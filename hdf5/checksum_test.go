package hdf5

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestEveryChecksum damages one byte of each structure that has a checksum, in files
// of all features: it is noticed, unless nothing refers to the structure any more.
func TestEveryChecksum(t *testing.T) {
	const most = 8 // of one kind in one file
	noticed := map[string]int{}
	files := goldenFiles(t, "matrix")
	files["new"] = golden(t, "new") // has the largest chunk indexes
	const signatures = "OHDR OCHK FRHP FHDB FHIB BTHD BTLF BTIN FAHD FADB EAHD EAIB EASB EADB SMTB SMLI"
	for name, whole := range files {
		before := everything(t, whole)
		for _, signature := range strings.Fields(signatures) {
			done := 0
			for at := range eachPlace(whole, signature) {
				if done++; done > most {
					break
				}
				b := bytes.Clone(whole)
				b[at+5] ^= 0x40
				after := everything(t, b)
				switch {
				case failures(after) > failures(before) || len(after) < len(before):
					noticed[signature]++
				case !slices.Equal(before, after):
					t.Errorf("%s: damage of %s at %d is not noticed, and other values are read", name, signature, at)
				}
			}
		}
	}
	for _, signature := range strings.Fields(signatures) {
		if noticed[signature] == 0 {
			t.Errorf("no damage of %s was noticed: does one of the files have it?", signature)
		}
	}
}

// failures is how many values could not be told.
func failures(told []string) (n int) {
	for _, s := range told {
		if strings.Contains(s, "hdf5: ") {
			n++
		}
	}
	return n
}

// eachPlace yields where a word begins.
func eachPlace(b []byte, word string) func(func(int) bool) {
	return func(yield func(int) bool) {
		for at := 0; ; at += len(word) {
			next := bytes.Index(b[at:], []byte(word))
			if at += next; next < 0 || !yield(at) {
				return
			}
		}
	}
}
