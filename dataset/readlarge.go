package dataset

import (
	"fmt"
	"os"
	"slices"

	"github.com/autolfads/autolfads/tree"
)

// Recordings are mostly zeros, and a small file can unpack to a great many of them.
// Memory of which no page was written takes no room, so zeros of large arrays are
// never written.
const (
	largeArray = 1 << 26 // numbers from which on an array is read row by row: 256 MiB
	hugeArray  = 1 << 28 // from which on it must be justified by the file: 1 GiB
	bombShare  = 256     // times the file's size that an array justifies; counts with few spikes unpack to about 100
	mostSparse = 1 << 22 // numbers in pages with others than 0, of one that is not justified: 16 MiB
	pageLength = 1 << 10 // numbers of a page of memory
)

// numbersIn reads all numbers of an array. One that the file is too small for must be
// zeros but for a few.
func (l *loader) numbersIn(a tree.Array) ([]float32, error) {
	n := length(a)
	if n < largeArray {
		return a.Float32s()
	}
	limit := n
	if n >= hugeArray && int64(n)*4/bombShare > l.size {
		limit = mostSparse
	}
	values := make([]float32, n)
	at, written := 0, 0
	for rows, err := range a.Float32Rows() {
		if err != nil {
			return nil, err
		}
		if len(rows) > n-at {
			return nil, fmt.Errorf("%s has more numbers than its shape %v says", a.Path(), a.Shape())
		}
		written += copyPages(values[at:], rows)
		if at += len(rows); written > limit {
			return nil, fmt.Errorf("%s of shape %v unpacks to %.1f GiB, of which more than %d MiB are not zeros, out of a file of %.1f MiB: if it is meant, write the file without compression (h5repack -f NONE in out)",
				a.Path(), a.Shape(), float64(n)*4/(1<<30), mostSparse*4>>20, float64(l.size)/(1<<20))
		}
	}
	return values, nil
}

// sizeOf returns the bytes of a file; 0 if that is not known.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// copyPages copies what is not there yet, page by page, and returns how many numbers
// the pages have that it wrote.
func copyPages(dst, src []float32) (written int) {
	for at := 0; at < len(src); at += pageLength {
		page := src[at:min(at+pageLength, len(src))]
		if to := dst[at : at+len(page)]; !slices.Equal(to, page) {
			written += copy(to, page)
		}
	}
	return written
}
