package hdf5

import (
	"fmt"
	"slices"
)

// WriteAgain stores the values of a compressed data set written before under another
// path, too: a data set of its own, as Write would store it, but nothing is compressed
// twice. Attributes are not taken along.
func (w *Writer) WriteAgain(path, written string) error {
	if w.err != nil {
		return w.err
	}
	parent, name, err := w.place(path)
	if err == nil {
		var from, again *node
		if from, err = w.lookup(written); err == nil {
			if again, err = w.again(from); err == nil {
				parent.children[name] = again
			}
		}
	}
	return w.fail(path, err)
}

// again writes the chunks of a data set again.
func (w *Writer) again(from *node) (*node, error) {
	if from.chunks == nil {
		return nil, fmt.Errorf("%w: only what has chunks is written again", ErrType)
	}
	c := *from.chunks
	c.leaves = slices.Clone(c.leaves)
	for i := range c.leaves {
		b := make([]byte, le.Uint32(c.leaves[i].key)) // a key begins with the bytes stored
		if _, err := w.file.ReadAt(b, int64(c.leaves[i].address)); err != nil {
			return nil, err
		}
		var err error
		if c.leaves[i].address, err = w.put(b); err != nil {
			return nil, err
		}
	}
	layout, err := w.indexChunks(&c)
	if err != nil {
		return nil, err
	}
	n := &node{messages: slices.Clone(from.messages), chunks: &c}
	n.messages[layoutPlace] = encodeMessage(msgLayout, layout)
	return n, nil
}
