package ingest

import (
	"errors"
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// maxParams is how many bytes a params.py may have: those that sorters write have
// some hundred.
const maxParams = 1 << 20

// params is what params.py says, read as text: it is a program, and never run.
type params struct {
	attributes []dataset.Attribute // names and what stands behind the =
	rate       string              // of them, that of sample_rate as it is written
}

// assignment is a line NAME = VALUE, with or without a comment.
var assignment = regexp.MustCompile(`^([A-Za-z_][A-Za-z_0-9]*)\s*=\s*([^=#].*)$`)

func readParams(path string) (*params, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxParams {
		return nil, fmt.Errorf("params.py has %d bytes; expected a few lines: give --sample-rate, and move it away", info.Size())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p := &params{}
	for _, line := range strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if m := assignment.FindStringSubmatch(line); m != nil {
			if m[1] == "sample_rate" {
				p.rate, _, _ = strings.Cut(m[2], "#")
			}
			p.attributes = append(p.attributes, dataset.Attribute{Name: m[1], Value: plain(m[2])})
		}
	}
	return p, nil
}

// plainString is a string as Python writes it, raw or not, without escapes.
var plainString = regexp.MustCompile(`^r?(?:'([^'\\]*)'|"([^"\\]*)")\s*(?:#.*)?$`)

// plain is a string without its quotes; of anything else, what stands before a
// comment.
func plain(value string) string {
	if m := plainString.FindStringSubmatch(value); m != nil {
		return m[1] + m[2]
	}
	if !strings.ContainsAny(value, `'"`) {
		value, _, _ = strings.Cut(value, "#")
	}
	return strings.TrimSpace(value)
}

// pythonNumber is a number as Python writes it: 30000, 30000., 3e4, 30_000.
var pythonNumber = regexp.MustCompile(`^\+?([0-9][0-9_]*\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// sampleRate is the last value of sample_rate, in Hz. A value that is not a plain
// number would have to be computed, which is running it.
func (p *params) sampleRate() (float64, error) {
	value := strings.TrimSpace(p.rate)
	if value == "" {
		return 0, errors.New("params.py has no line sample_rate = NUMBER: give --sample-rate")
	}
	if !pythonNumber.MatchString(value) {
		return 0, fmt.Errorf("params.py has sample_rate = %.40s; expected a number, for it is read and never run: give --sample-rate", value)
	}
	rate, err := strconv.ParseFloat(strings.ReplaceAll(value, "_", ""), 64)
	if err != nil || rate <= 0 || math.IsInf(rate, 0) {
		return 0, fmt.Errorf("params.py has sample_rate = %.40s; expected samples per second: give --sample-rate", value)
	}
	return rate, nil
}
