package ingest

import (
	"fmt"
	"strings"
	"unicode"
)

// oneLine makes one line of a text, without what a terminal would obey.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\ufffd'
		}
		return r
	}, s)
}

// pathless is an error told without the file's path, which stands before it
// already.
type pathless struct {
	text string
	err  error
}

func (e pathless) Error() string { return e.text }

func (e pathless) Unwrap() error { return e.err }

// withoutPath takes the file's path, as package hdf5 puts it, out of an error.
func withoutPath(path string, err error) error {
	return pathless{oneLine(strings.ReplaceAll(err.Error(), "hdf5: "+path+": ", "")), err}
}

// byteSize tells a number of bytes.
func byteSize(n int64) string {
	const kB, MB, GB = 1e3, 1e6, 1e9
	switch b := float64(n); {
	case b < MB:
		return fmt.Sprintf("%.3g kB", b/kB)
	case b < GB:
		return fmt.Sprintf("%.3g MB", b/MB)
	default:
		return fmt.Sprintf("%.4g GB", b/GB)
	}
}
