package hdf5

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/internal/durable"
)

// Writer makes a new HDF5 file. Nothing is seen under its name until Close: the
// file is written beside it, synced and renamed. A Writer is for one goroutine.
//
// The first error stays: later calls return it, and Close then removes what was
// written.
type Writer struct {
	name string
	file *durable.File
	pos  uint64 // where the next piece goes
	root *node
	err  error
}

// node is a group or a data set of the file being written. Headers are written
// by Close, because attributes may come until then.
type node struct {
	children map[string]*node // nil for a data set
	messages [][]byte         // of a data set
	chunks   *writtenChunks   // of a data set; nil: it is in one piece
	attrs    []attr
}

type attr struct {
	name string
	body []byte
}

// Create begins a file. Call Close to keep it or Abort to discard it.
func Create(name string) (*Writer, error) {
	file, err := durable.Temp(name)
	if err != nil {
		return nil, fmt.Errorf("hdf5: %w", err)
	}
	return &Writer{name: name, file: file, pos: superblockSize, root: newGroup()}, nil
}

func newGroup() *node { return &node{children: map[string]*node{}} }

// Option changes how Write stores values.
type Option func(*storage)

// storage is how a data set is stored. Without a chunk shape it is in one piece.
type storage struct {
	chunk   []int
	gzip    int
	shuffle bool
}

// Gzip compresses in chunks at a level from 1, fast, to 9, small.
func Gzip(level int) Option { return func(s *storage) { s.gzip = level } }

// Shuffle groups the bytes of the values by their significance, which makes
// numbers compress better. It needs Gzip or Chunk.
func Shuffle() Option { return func(s *storage) { s.shuffle = true } }

// Chunk sets the shape of the chunks. Without it they hold about a megabyte.
func Chunk(shape ...int) Option { return func(s *storage) { s.chunk = shape } }

// Write stores a data set; groups on the way to it are made as needed. Data is
// a slice of a numeric type, of bool or of string, in row-major order, whose
// length is the product of the shape; or one such value, and shape nil.
// Strings have variable length, as have the lists of [][]int32.
func (w *Writer) Write(path string, data any, shape []int, options ...Option) error {
	if w.err != nil {
		return w.err
	}
	parent, name, err := w.place(path)
	if err == nil {
		var d *node
		if d, err = w.dataset(data, shape, options); err == nil {
			parent.children[name] = d
		}
	}
	return w.fail(path, err)
}

// Group makes a group, and those on the way to it, unless they are there.
func (w *Writer) Group(path string) error {
	if w.err != nil {
		return w.err
	}
	_, err := w.group(split(path))
	return w.fail(path, err)
}

// SetAttr sets an attribute of a group or data set written before. Value is
// one number, bool or string, or a slice of them; at most 64 KiB.
func (w *Writer) SetAttr(path, name string, value any) error {
	if w.err != nil {
		return w.err
	}
	n, err := w.lookup(path)
	var body []byte
	if err == nil {
		body, err = w.attribute(name, value)
	}
	if err == nil {
		n.attrs = slices.DeleteFunc(n.attrs, func(a attr) bool { return a.name == name })
		n.attrs = append(n.attrs, attr{name, body})
	}
	return w.fail(path, err)
}

// Close writes the file's structure, syncs it and gives it its name, replacing
// a file that had it.
func (w *Writer) Close() error {
	if w.file == nil {
		return fmt.Errorf("hdf5: %s: %w", w.name, os.ErrClosed)
	}
	if w.err == nil {
		w.err = w.finish()
	}
	if w.err != nil {
		w.discard()
		return w.err
	}
	file := w.file
	w.file = nil
	return w.fail("/", file.Commit())
}

// Abort discards the file. After Close it does nothing, so it can be deferred.
func (w *Writer) Abort() { w.discard() }

func (w *Writer) discard() {
	if w.file != nil {
		// What went wrong before is what counts.
		_ = w.file.Discard()
		w.file = nil
	}
}

// finish writes the headers, then the superblock that makes them reachable.
func (w *Writer) finish() error {
	root, err := w.writeNode(w.root)
	if err != nil {
		return w.fail("/", err)
	}
	if err := w.file.Truncate(int64(w.pos)); err != nil {
		return w.fail("/", err)
	}
	_, err = w.file.WriteAt(encodeSuperblock(w.pos, root), 0)
	return w.fail("/", err)
}

// writeNode writes the header of an object, after those it contains.
func (w *Writer) writeNode(n *node) (uint64, error) {
	messages := n.messages
	if n.children != nil {
		messages = groupMessages()
		for _, name := range sortedKeys(n.children) {
			address, err := w.writeNode(n.children[name])
			if err != nil {
				return 0, err
			}
			messages = append(messages, linkMessage(name, address))
		}
	}
	if len(n.attrs) > 0 {
		messages = append(messages, attributeInfo()) // without it libraries count none
	}
	for _, a := range n.attrs {
		messages = append(messages, encodeMessage(msgAttribute, a.body))
	}
	return w.put(encodeHeader(messages))
}

// put appends a piece, aligned to 8 bytes, and returns its address.
func (w *Writer) put(b []byte) (uint64, error) {
	at := w.pos
	if _, err := w.file.WriteAt(b, int64(at)); err != nil {
		return 0, err
	}
	w.pos += (uint64(len(b)) + 7) &^ 7
	return at, nil
}

// fail keeps the first error.
func (w *Writer) fail(path string, err error) error {
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("hdf5: %s: %s: %w", w.name, path, err)
		return w.err
	}
	return err
}

func split(path string) []string {
	return slices.DeleteFunc(strings.Split(path, "/"), func(s string) bool { return s == "" || s == "." })
}

var errTaken = errors.New("something of that name was written before")

// place makes the group that a new data set goes into.
func (w *Writer) place(path string) (parent *node, name string, err error) {
	names := split(path)
	if len(names) == 0 {
		return nil, "", fmt.Errorf("%w: a data set needs a name", ErrNotFound)
	}
	name = names[len(names)-1]
	if parent, err = w.group(names[:len(names)-1]); err != nil {
		return nil, "", err
	}
	if parent.children[name] != nil {
		return nil, "", errTaken
	}
	return parent, name, checkName(name)
}

// maxName leaves room for the rest of a link message.
const maxName = 60000

func checkName(name string) error {
	if len(name) > maxName {
		return fmt.Errorf("%w: a name of %d bytes", ErrRange, len(name))
	}
	return nil
}

func (w *Writer) group(names []string) (*node, error) {
	n := w.root
	for _, name := range names {
		child := n.children[name]
		if child == nil {
			if err := checkName(name); err != nil {
				return nil, err
			}
			child = newGroup()
			n.children[name] = child
		}
		if child.children == nil {
			return nil, fmt.Errorf("%w: %q is a data set, not a group", ErrType, name)
		}
		n = child
	}
	return n, nil
}

func (w *Writer) lookup(path string) (*node, error) {
	n := w.root
	for _, name := range split(path) {
		child := n.children[name]
		if child == nil {
			return nil, fmt.Errorf("%w: no %q written so far", ErrNotFound, name)
		}
		n = child
	}
	return n, nil
}
