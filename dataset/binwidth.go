package dataset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/autolfads/autolfads/tree"
)

// binWidth is what the file says, or else the options.
func (l *loader) binWidth() (time.Duration, error) {
	width := l.options.BinWidth
	if width < 0 {
		return 0, fmt.Errorf("bin width %v: must be positive", width)
	}
	ms, ok, err := l.widthInFile()
	inFile := time.Duration(math.Round(ms * float64(time.Millisecond)))
	if err == nil && ok && (!(ms > 0) || ms > float64(time.Hour.Milliseconds()) || inFile == 0) {
		err = fmt.Errorf("%s is %g: must be a width in milliseconds", attrBinWidth, ms)
	}
	switch {
	case err != nil && width != 0:
		l.notes = append(l.notes, fmt.Sprintf("%v: it is not used, bins are %v wide by the options", err, width))
		return width, nil
	case err != nil:
		return 0, fmt.Errorf("%w; correct it, or say the width with --bin-ms (data.bin_ms)", err)
	case ok && width != 0 && width != inFile:
		return 0, fmt.Errorf("bins are %v wide by %s of the file, %v by the options: leave the option out, or correct the file", inFile, attrBinWidth, width)
	case ok:
		return inFile, nil
	}
	return l.widthBySeconds(width), nil
}

// keyStep is a bin's width in seconds, as TensorFlow 1's LFADS has it.
const keyStep = "dt"

// widthBySeconds is the width given, or else what dt says, or the benchmark's; 0 if
// nothing does.
func (l *loader) widthBySeconds(given time.Duration) time.Duration {
	if !l.group.Has(keyStep) {
		if given == 0 {
			given = l.benchmarkWidth()
		}
		return given
	}
	seconds, err := scalar(l.group, keyStep)
	if err == nil && !(seconds >= 1e-5 && seconds <= 60) {
		err = fmt.Errorf("it is %g, which is no bin width in seconds", seconds)
	}
	width := time.Duration(math.Round(seconds * float64(time.Second)))
	if err == nil && given != 0 && given != width {
		err = fmt.Errorf("it says that bins are %v wide, the options %v", width, given)
	}
	if err != nil {
		l.notes = append(l.notes, fmt.Sprintf("%s is not used: %v", keyStep, err))
		return given
	}
	if l.stepRead = true; given == 0 {
		l.notes = append(l.notes, fmt.Sprintf("bins are %v wide: %s is taken for that, in seconds", width, keyStep))
	}
	return width
}

// widthInFile reads the bin width: an attribute or a data set, a number or its
// digits.
func (l *loader) widthInFile() (ms float64, ok bool, err error) {
	if l.group.Has(attrBinWidth) {
		ms, err = scalar(l.group, attrBinWidth)
		return ms, true, err
	}
	ms, ok, err = tree.Number(l.group, attrBinWidth)
	if err == nil {
		return ms, ok, nil
	}
	if text, isText := tree.Text(l.group, attrBinWidth); isText {
		if ms, err = strconv.ParseFloat(strings.TrimSpace(text), 64); err != nil {
			err = fmt.Errorf("attribute %s is %q: must be a width in milliseconds", attrBinWidth, text)
		}
	}
	return ms, true, err
}
