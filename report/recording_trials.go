package report

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// showTrials chooses the trials to be drawn: of different conditions if there are as
// many, spread over those to train on.
func (d *recordingData) showTrials() {
	s := d.splits[0].Split
	a := d.values(s)
	for _, i := range spreadTrials(s, recordingTrials) {
		d.shown = append(d.shown, shownTrial{d.label(s, i), newBlock("values", a.Bins, a.Features, a.Trial(i), 1)})
	}
}

// spreadTrials returns up to n trials, in their order.
func spreadTrials(s *dataset.Split, n int) []int {
	all := firstOfEach(s.Condition)
	if len(all) < n {
		all = make([]int, s.Trials())
		for i := range all {
			all[i] = i
		}
	}
	chosen := make([]int, 0, n)
	for k := range min(n, len(all)) {
		chosen = append(chosen, all[k*len(all)/min(n, len(all))])
	}
	return chosen
}

// firstOfEach returns the first trial of each condition, in the order of conditions.
func firstOfEach(condition []int64) (trials []int) {
	first := map[int64]int{}
	for i, c := range condition {
		if _, seen := first[c]; !seen {
			first[c] = i
		}
	}
	for _, c := range slices.Sorted(maps.Keys(first)) {
		trials = append(trials, first[c])
	}
	return trials
}

// label names a trial by its place in the recording, and its condition.
func (d *recordingData) label(s *dataset.Split, i int) string {
	id := int64(i)
	if s.TrialIDs != nil {
		id = s.TrialIDs[i]
	}
	text := fmt.Sprintf("Trial %d", id)
	if s.Condition != nil {
		text += ", condition " + d.Dataset.ConditionName(s.Condition[i])
	}
	return shortened(text, 34)
}

// shortened cuts a text that is too long.
func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "\u2026"
	}
	return text
}

// drawTrials draws the trials beside each other.
func (d *recordingData) drawTrials(page draw.Canvas, top vg.Length) {
	const gap = 12
	w := (recordingWidth - gap*vg.Length(recordingTrials-1)) / recordingTrials
	for i, trial := range d.shown {
		p := newPanel(page, box{recordingLeft + vg.Length(i)*(w+gap), top, w, rasterHeight}, d.time, span{0, 1})
		if d.spikes {
			p.ticks(trial.values, d.order)
		} else {
			p.heatMap(levelled(trial.values), d.order, 1)
		}
		d.markTime(&p)
		p.FillText(style(labelSize, muted, text.XCenter, text.YBottom), vg.Point{X: p.Center().X, Y: p.Max.Y + 4}, trial.label)
		p.xAxis(d.trialTicks(i == len(d.shown)-1))
		if i == 0 {
			p.Max.Y += columnHeading - 2
			p.title(d.shows())
			p.Max.Y -= columnHeading - 2
			p.yLabel(fmt.Sprintf("%s (%d)", d.units(), len(d.order)), 8)
		}
	}
	all := newPanel(page, box{recordingLeft, top, recordingWidth, rasterHeight}, span{}, span{})
	all.xLabel(d.clock.label)
}

// trialTicks are those of a trial, whose last would stand on the next one's first.
func (d *recordingData) trialTicks(last bool) []float64 {
	end := d.time.max - .06*(d.time.max-d.time.min)
	return slices.DeleteFunc(niceTicks(d.time, 4), func(v float64) bool { return !last && v > end })
}

// shows names what the trials show.
func (d *recordingData) shows() (name, detail string) {
	name, detail = "Spikes", "units from the highest rate down"
	if !d.spikes {
		name, detail = "Signals", "channels from the highest mean down, each from its least to its most"
	}
	if d.Start != 0 || d.Event != "" {
		detail += "; dashed: " + d.Event
	}
	if d.read() < d.values(d.splits[0].Split).Bins {
		detail += "; orange: from here on predicted, not read"
	}
	if slices.ContainsFunc(d.shown, func(t shownTrial) bool { return t.values.hasGaps() }) {
		detail += "; " + greyIs
	}
	return name, detail
}

// markTime draws the event, and where the bins end that are read.
func (d *recordingData) markTime(p *panel) {
	if d.Event != "" && d.time.min < 0 && d.time.max > 0 {
		p.vertical(0)
	}
	if read := d.read(); read < d.values(d.splits[0].Split).Bins {
		at := p.at(d.clock.time(float64(read)), 0).X
		p.StrokeLine2(draw.LineStyle{Color: inferred, Width: hairline}, at, p.Min.Y, at, p.Max.Y)
	}
}

// read is how many bins the model reads.
func (d *recordingData) read() int { return d.splits[0].Encod.Bins }

// levelled brings each feature into the range 0 to 1.
func levelled(b *block) *block {
	out := &block{b.bins, b.features, make([]float32, len(b.data))}
	for f := range b.features {
		low, high := math.Inf(1), math.Inf(-1)
		for _, v := range b.column(f) {
			if v == v {
				low, high = min(low, v), max(high, v)
			}
		}
		for bin := range b.bins {
			v := (b.at(bin, f) - low) / (high - low)
			if high == low {
				v = 0
			}
			out.data[bin*b.features+f] = float32(v)
		}
	}
	return out
}
