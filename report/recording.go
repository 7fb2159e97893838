package report

import (
	"fmt"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
)

// Recording is a figure of what was made of a recording: spikes of a few trials, or
// signals, behaviour of some trials of each condition, rates over time and by unit, and
// how many trials there are of what.
type Recording struct {
	Title    string
	Subtitle string
	Dataset  *dataset.Dataset
	Start    time.Duration // of the first bin, from the event
	Event    string        // what time 0 is, for example "go_cue_time"; "": the first bin
}

// RecordingOf is the figure of a dataset that was prepared.
func RecordingOf(d *dataset.Dataset, r *prepare.Report) *Recording {
	f := &Recording{
		Title: "What was made of " + r.Name, Dataset: d,
		Subtitle: fmt.Sprintf("%d trials of %d bins of %g ms", r.Trials, r.Bins+r.Forward, r.BinMs),
	}
	if r.Table != "" {
		f.Event, f.Start = r.Align, time.Duration(r.Window.From*float64(time.Millisecond))
	}
	return f
}

// The layout of Recording, in points.
const (
	recordingLeft   = vg.Length(56)
	recordingWidth  = width - recordingLeft - margin
	recordingTop    = vg.Length(88)
	rasterHeight    = vg.Length(190)
	recordingRow    = vg.Length(108)
	recordingGap    = vg.Length(64) // between rows: axis and headings
	recordingColumn = vg.Length(46) // between panels: numbers of the next
	recordingTrials = 4             // drawn beside each other
	headingRow      = vg.Length(14) // of a second row of headings, above the first
)

// Write draws the figure to a file. Without a bin width it is an error.
func (f *Recording) Write(path string) error {
	if err := checkBinWidth(f.Dataset.BinWidth); err != nil {
		return err
	}
	d := f.prepare()
	rows := vg.Length(1)
	if len(d.outputs) > 0 {
		rows = 2
	}
	height := recordingTop + rasterHeight + rows*(recordingGap+recordingRow) + axisHeight
	return drawPage(path, height, d.draw)
}

// draw draws the page.
func (d *recordingData) draw(page draw.Canvas) {
	heading(page, d.Title, d.Subtitle)
	top := recordingTop
	d.drawTrials(page, top)
	top += rasterHeight + recordingGap
	if len(d.outputs) > 0 {
		d.drawOutputs(page, top)
		top += recordingRow + recordingGap
	}
	boxes := rowOf(3, top)
	d.drawCourse(page, boxes[0])
	d.drawRates(page, boxes[1])
	d.drawConditions(page, boxes[2])
}

// rowOf divides the width among n panels.
func rowOf(n int, top vg.Length) []box {
	w := (recordingWidth - recordingColumn*vg.Length(n-1)) / vg.Length(n)
	boxes := make([]box, n)
	for i := range boxes {
		boxes[i] = box{recordingLeft + vg.Length(i)*(w+recordingColumn), top, w, recordingRow}
	}
	return boxes
}
