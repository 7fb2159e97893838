package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

const (
	// headSize is how many bytes decide on what parts fields.
	headSize = 64 << 10
	// maxLine is how many bytes a row may have.
	maxLine = 1 << 20
	// maxName is how many bytes the name of a column may have.
	maxName = 200
)

// Reader reads a table row by row.
type Reader struct {
	Names   []string // of the columns; nil: the table does not say
	Columns int

	in      *bufio.Reader
	comma   byte // what parts fields: ',', ';', '\t' or ' '
	decimal byte // '.' or ','
	sample  [][]string
	line    int // of the last row, from 1
	row     int // the line that it began at
	skip    int // lines up to and with that of the names
	long    []byte
	fields  [][]byte
}

// NewReader finds out how the table is written, and reads the names.
func NewReader(r io.Reader) (*Reader, error) {
	t := &Reader{in: bufio.NewReaderSize(r, headSize)}
	head, err := t.in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	mark := []byte("\xef\xbb\xbf")
	if bytes.HasPrefix(head, mark) {
		head = head[len(mark):]
		t.in.Discard(len(mark)) // it was peeked at
	}
	if err := text(head); err != nil {
		return nil, err
	}
	if err := t.sniff(lines(head, len(head) < headSize-len(mark))); err != nil {
		return nil, err
	}
	for i, name := range t.Names {
		if len(name) > maxName {
			return nil, fmt.Errorf("the name of column %d has %d bytes, of at most %d", i+1, len(name), maxName)
		}
	}
	for t.line < t.skip {
		if _, err := t.readLine(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// text says why bytes are no text that can be read.
func text(head []byte) error {
	switch {
	case len(head) == 0:
		return errors.New("it is empty")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return errors.New("it is text in UTF-16. Save it as UTF-8: iconv -f UTF-16 -t UTF-8 OLD > NEW, or \"CSV UTF-8\" in a spreadsheet program")
	case bytes.IndexByte(head, 0) >= 0:
		return errors.New("it has bytes of 0 and is not a table of text")
	case !utf8.Valid(head[:lastWhole(head)]):
		return errors.New("it is text, but not in UTF-8. Save it so: iconv -f LATIN1 -t UTF-8 OLD > NEW, or \"CSV UTF-8\" in a spreadsheet program")
	case bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(bytes.TrimRight(head, "\r"), '\r') >= 0:
		return errors.New(`its lines end in carriage returns alone. Convert it: tr '\r' '\n' < OLD > NEW`)
	}
	return nil
}

// lastWhole is where the last letter ends that is not cut.
func lastWhole(head []byte) int {
	n := len(head)
	for k := 1; k < utf8.UTFMax && k < n; k++ {
		if utf8.RuneStart(head[n-k]) {
			if !utf8.FullRune(head[n-k:]) {
				return n - k
			}
			break
		}
	}
	return n
}

// Next returns the fields of the next row, without quotes and spaces around them;
// io.EOF behind the last. The next call overwrites them.
func (t *Reader) Next() ([][]byte, error) {
	for {
		b, err := t.readLine()
		if err != nil {
			return nil, err
		}
		t.row = t.line
		if isBlank(b) {
			continue
		}
		if openQuote(b) {
			if b, err = t.join(b); err != nil {
				return nil, err
			}
		}
		t.fields = split(t.fields[:0], b, t.comma)
		if len(t.fields) != t.Columns {
			return nil, t.uneven()
		}
		return t.fields, nil
	}
}

func (t *Reader) uneven() error {
	hint := ""
	if t.comma == ',' && len(t.fields) > t.Columns {
		hint = ": a field with a comma in it needs quotes, and decimal commas need fields parted by semicolons"
	}
	return fmt.Errorf("line %d has %d fields, the lines before it have %d%s", t.row, len(t.fields), t.Columns, hint)
}

// Line is the line that the last row began at, from 1.
func (t *Reader) Line() int { return t.row }

// Sample returns the first rows, at most 200.
func (t *Reader) Sample() [][]string { return t.sample }

// readLine reads to the end of a line, which is not returned.
func (t *Reader) readLine() ([]byte, error) {
	b, err := t.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		t.long = append(t.long[:0], b...)
		for errors.Is(err, bufio.ErrBufferFull) && len(t.long) <= maxLine {
			b, err = t.in.ReadSlice('\n')
			t.long = append(t.long, b...)
		}
		b = t.long
	}
	if len(b) > maxLine {
		return nil, fmt.Errorf("line %d has more than %d bytes", t.line+1, maxLine)
	}
	if len(b) == 0 && err != nil || err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	t.line++
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r")), nil
}

// join adds lines to a row whose quotes are open, until they are closed.
func (t *Reader) join(b []byte) ([]byte, error) {
	row := bytes.Clone(b)
	for open := true; open; {
		more, err := t.readLine()
		if errors.Is(err, io.EOF) || len(row)+len(more) > maxLine {
			return nil, fmt.Errorf("line %d has a quote that is not closed", t.row)
		}
		if err != nil {
			return nil, err
		}
		open = !openQuote(more)
		row = append(append(row, '\n'), more...)
	}
	return row, nil
}

// isBlank reports whether a line is a comment or has nothing in it.
func isBlank(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) == 0 || b[0] == '#'
}

// openQuote reports whether a line ends within quotes.
func openQuote(b []byte) bool { return bytes.Count(b, []byte{'"'})%2 == 1 }
