package stream

import (
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// blocks is a Series that is read in blocks, of which the last few are kept: windows
// that lie near each other or overlap are read once. One goroutine may use it.
type blocks struct {
	dataset.Series
	rows, width int         // of a block; values a row
	kept        []keptBlock // the one used last comes last
}

type keptBlock struct {
	number int
	data   []float64
}

const (
	blockValues = 1 << 17 // 1 MiB
	blocksKept  = 4
)

func newBlocks(s dataset.Series, width int) *blocks {
	return &blocks{Series: s, rows: max(1, blockValues/max(1, width)), width: width}
}

// Read implements dataset.Series, for rows that there are.
func (b *blocks) Read(from, to int) ([]float64, error) {
	out := make([]float64, 0, (to-from)*b.width)
	for from < to {
		block, err := b.block(from / b.rows)
		if err != nil {
			return nil, err
		}
		first := from / b.rows * b.rows
		end := min(to, first+b.rows)
		out = append(out, block[(from-first)*b.width:(end-first)*b.width]...)
		from = end
	}
	return out, nil
}

// row returns a row, which must not be changed.
func (b *blocks) row(i int) ([]float64, error) {
	block, err := b.block(i / b.rows)
	if err != nil {
		return nil, err
	}
	at := i % b.rows * b.width
	return block[at : at+b.width], nil
}

// block returns rows*number and what follows up to a block, which must not be changed.
func (b *blocks) block(number int) ([]float64, error) {
	i := slices.IndexFunc(b.kept, func(k keptBlock) bool { return k.number == number })
	if i >= 0 {
		k := b.kept[i]
		b.kept = append(slices.Delete(b.kept, i, i+1), k)
		return k.data, nil
	}
	first := number * b.rows
	data, err := b.Series.Read(first, min(first+b.rows, b.Len()))
	if err != nil {
		return nil, err
	}
	if len(b.kept) == blocksKept {
		b.kept = slices.Delete(b.kept, 0, 1)
	}
	b.kept = append(b.kept, keptBlock{number, data})
	return data, nil
}
