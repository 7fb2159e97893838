package testenv

import (
	"compress/gzip"
	"io"
	"os"
	"testing"
)

// Gunzip writes what a file of gzip holds to a path, which it returns.
func Gunzip(t testing.TB, from, to string) string {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err == nil {
		err = os.WriteFile(to, b, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}
