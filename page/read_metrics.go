package page

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/autolfads/autolfads/internal/regular"
	"github.com/autolfads/autolfads/run"
)

// mostPoints is how many epochs are kept of a run: four times what a hundred members of fifty
// generations train. Of curves beyond, the first and the last are.
const mostPoints = 1 << 20

// longestLine is more bytes than a line of metrics has, and longestMetrics than so many have.
const (
	longestLine    = 1 << 16
	longestMetrics = 1 << 31
)

// epoch is what a curve needs of a line of metrics.
type epoch struct {
	at    Place
	epoch int // over the member's life
	score float64
}

// eachEpoch tells see of the lines of a file of metrics, one after the other, each with its
// text. Lines that are none, such as the last one of a file that grows, or of one that was
// cut short, are left out.
func eachEpoch(path string, see func(e epoch, line []byte)) error {
	file, err := regular.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	part := &io.LimitedReader{R: file, N: longestMetrics}
	lines := bufio.NewReaderSize(part, longestLine)
	for {
		line, err := lines.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) {
			line, err = nil, skipLine(lines)
		}
		if e, ok := parseEpoch(line); ok {
			see(e, line)
		}
		if err == io.EOF && part.N == 0 {
			return fmt.Errorf("%s is so long that its end is not shown", path)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// skipLine reads till the end of a line that is too long.
func skipLine(lines *bufio.Reader) error {
	for {
		_, err := lines.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// parseEpoch reads what a line of metrics begins with. A run of a hundred members has
// hundreds of thousands of lines, of which the rest, twenty times as long, is never looked at.
func parseEpoch(line []byte) (e epoch, ok bool) {
	if !bytes.HasSuffix(line, []byte("}\n")) {
		return e, false
	}
	rest, numbers := line, [3]int{}
	for i, key := range []string{`{"generation":`, `"member":`, `"epoch":`} {
		var text string
		if text, rest, ok = field(rest, key); !ok {
			return e, false
		}
		n, err := strconv.ParseUint(text, 10, 31)
		if err != nil {
			return e, false
		}
		numbers[i] = int(n)
	}
	text, _, ok := field(rest, `"score":`)
	if !ok {
		return e, false
	}
	e = epoch{Place{numbers[0], numbers[1]}, numbers[2], math.NaN()}
	if text == "null" {
		return e, true
	}
	v, err := strconv.ParseFloat(text, 64)
	e.score = v
	return e, err == nil
}

// field takes a key and its number, up to the comma, from the front of a line.
func field(line []byte, key string) (text string, rest []byte, ok bool) {
	rest, ok = bytes.CutPrefix(line, []byte(key))
	if !ok {
		return "", nil, false
	}
	value, rest, ok := bytes.Cut(rest, []byte(","))
	return string(value), rest, ok && len(value) < 32
}

// point is all that a line of metrics says of an epoch.
func point(line []byte) (e run.EpochRecord, ok bool) {
	err := json.Unmarshal(line, &e)
	return e, err == nil
}

// curve is the epochs of a member in a generation as they are read.
type curve struct {
	epochs  []int
	scores  []Number
	trained int // epochs that there are; as many as are kept, while there is room
}

// add adds an epoch, if it comes after those before. Where there is no room it takes the place of
// the last one.
func (c *curve) add(e *epoch, room bool) {
	n := len(c.epochs)
	if n > 0 && e.epoch <= c.epochs[n-1] {
		return
	}
	c.trained++
	if !room && n > 1 {
		c.epochs[n-1], c.scores[n-1] = e.epoch, Number(e.score)
		return
	}
	c.epochs, c.scores = append(c.epochs, e.epoch), append(c.scores, Number(e.score))
}

// first is how many epochs were done before the curve; 0 of an empty one.
func (c *curve) first() int {
	if len(c.epochs) == 0 {
		return 0
	}
	return c.epochs[0] - 1
}
