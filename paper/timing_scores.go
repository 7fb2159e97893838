package paper

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// Keys of the tables of timing, beside those of a score of methods.
const (
	scoreLowKey  = "score_low"     // the score's own interval, by draws of validation trials
	scoreHighKey = "score_high"    // likewise
	slopesKey    = "slopes"        // correlation of slopes with those of spikes of training trials
	truthKey     = "truth"         // and with those of true rates
	withinKey    = "within_sample" // the correlation within trials of one measured interval
)

// Numbers of how many trials the means are of whose order is told.
const (
	fewestNumber = "trials of a mean, at least"
	mostNumber   = "trials of a mean, at most"
)

// scoreColumns are those of a score with intervals.
func scoreColumns(title string) []Column {
	return []Column{
		{scoreKey, title, 3},
		{scoreLowKey, "at least", 3},
		{scoreHighKey, "at most", 3},
		{lessKey, "AutoLFADS less this", 3},
		{lowKey, "at least", 3},
		{highKey, "at most", 3},
	}
}

// scoresBeside sets scores of methods beside those of the first, with intervals of both and
// of their difference, each draw being of the same trials for all.
type scoresBeside struct {
	draws metric.Resampling
	first []float64 // of drawn trials
	score float64
}

// newScoresBeside draws trials within groups.
func newScoresBeside(t *intervals) *scoresBeside {
	return &scoresBeside{draws: metric.DefaultResampling(t.group)}
}

// row is a method's. The only error is ctx's end.
func (b *scoresBeside) row(ctx context.Context, name string, of metric.ByTrial) (Row, error) {
	row, score := Row{Name: name}, of.Of(nil)
	row.set(scoreKey, score)
	drawn, err := b.draws.Scores(ctx, of)
	if err != nil {
		return row, err
	}
	own := b.draws.Middle(drawn)
	row.set(scoreLowKey, own.Low)
	row.set(scoreHighKey, own.High)
	if b.first == nil {
		b.first, b.score = drawn, score
		return row, nil
	}
	less := b.draws.Middle(metric.Differences(b.first, drawn))
	row.set(lessKey, b.score-score)
	row.set(lowKey, less.Low)
	row.set(highKey, less.High)
	return row, nil
}

// negative is a score times -1.
type negative struct{ metric.ByTrial }

// Of returns it of a selection of trials.
func (n negative) Of(times []int) float64 { return -n.ByTrial.Of(times) }

// orderTable says how rates before set are ordered by the interval measured: the rank
// correlation of means, along the slopes of spikes of training trials. Beside it are the
// slopes of each method correlated with those and, where they are known, with those of true
// rates. The numbers say of how many trials means are.
func orderTable(ctx context.Context, d *dataset.Dataset, train, valid *intervals, all []timed, r *Result) error {
	t := Table{Panel: orderPanel, Columns: append(scoreColumns("rank correlation of means with the interval measured"),
		Column{slopesKey, "slopes, correlation with those of spikes of training trials", 3})}
	data, truth := train.slopes(d.Train.Recon, d), []float64(nil)
	if d.Valid.Truth != nil {
		t.Columns = append(t.Columns, Column{truthKey, "with those of true rates", 3})
		truth = valid.slopes(d.Valid.Truth, d)
	}
	beside := newScoresBeside(valid)
	for _, m := range all {
		order, slopes := valid.order(valid.before(m.order, d), data), valid.slopes(m.order, d)
		row, err := beside.row(ctx, m.name, order)
		if err != nil {
			return err
		}
		row.set(slopesKey, agree(slopes, data))
		if truth != nil {
			row.set(truthKey, agree(slopes, truth))
		}
		t.Rows = append(t.Rows, row)
		fewest, most := order.meansOf() // of the same trials for all methods
		r.set(fewestNumber, float64(fewest))
		r.set(mostNumber, float64(most))
	}
	r.Tables = append(r.Tables, t)
	return nil
}

// speedTable says how the speed of rates goes with the interval produced. Correlations are
// times -1, so that more is better as in other tables.
func speedTable(ctx context.Context, valid *intervals, all []timed, r *Result) error {
	t := Table{Panel: speedPanel, Columns: append(scoreColumns("correlation within conditions, times -1"),
		Column{withinKey, "within trials of one measured interval, times -1", 3})}
	beside := newScoresBeside(valid)
	for _, m := range all {
		speeds := valid.speeds(m.speed)
		row, err := beside.row(ctx, m.name, negative{valid.correlation(speeds)})
		if err != nil {
			return err
		}
		row.set(withinKey, -valid.within(speeds).Of(nil))
		t.Rows = append(t.Rows, row)
		r.Courses = append(r.Courses, speedCourse(m.name, valid.produced, speeds))
	}
	r.Tables = append(r.Tables, t)
	return nil
}

// speedCourse are the trials of a method whose speed is known.
func speedCourse(name string, produced, speeds []float64) Course {
	c := Course{Part: name, Name: "trials"}
	for i, v := range speeds {
		if v-v == 0 {
			c.X, c.Y = append(c.X, produced[i]), append(c.Y, v)
		}
	}
	c.X, c.Y = short(c.X), short(c.Y)
	return c
}
