package paper

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// backwards are rates whose order by the interval is turned about: 600 less what they are.
func backwards(of *dataset.Array) *dataset.Array {
	a := dataset.NewArray(of.Trials, of.Bins, of.Features)
	for i, v := range of.Data {
		a.Data[i] = 600 - v
	}
	return a
}

// Means that grow with the interval are ordered wholly, those that fall the other way about,
// and one trial that is far off changes as many places as its mean does. A selection of
// trials has the order of its own means.
func TestTimeOrder(t *testing.T) {
	d := timingTask()
	train, valid, err := intervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	slopes := train.slopes(d.Train.Recon, d)
	of := func(rates *dataset.Array) *timeOrder { return valid.order(valid.before(rates, d), slopes) }
	if r := of(d.Valid.Recon).Of(nil); math.Abs(r-1) > 1e-9 { // ranks of three numbers: rounding alone
		t.Errorf("rates that grow with the interval: %v", r)
	}
	if r := of(backwards(d.Valid.Recon)).Of(nil); math.Abs(r+1) > 1e-9 {
		t.Errorf("rates that fall with the interval: %v", r)
	}
	for bin := range 100 { // along slopes of 1 and 2 an interval is 5 times as much: 1000 becomes 1700 of the mean, beyond 1500
		d.Valid.Recon.Bin(0, bin)[0] += 1400
	}
	order := of(d.Valid.Recon)
	if r := order.Of(nil); math.Abs(r-.75) > 1e-9 { // places 2, 1, 3 give .5, and the other group 1
		t.Errorf("with a mean out of its place: %v", r)
	}
	times := slices.Repeat([]int{1}, 12)
	times[0], times[1] = 0, 2
	if r := order.Of(times); math.Abs(r-1) > 1e-9 {
		t.Errorf("without the trial that is out of its place: %v", r)
	}
	times[1] = 0
	if r := order.Of(times); math.Abs(r-1) > 1e-9 { // the first group has two intervals left, and no rank
		t.Errorf("of one group: %v", r)
	}
	if r := order.Of(make([]int, 12)); !math.IsNaN(r) {
		t.Errorf("of no trials: %v", r)
	}
	if fewest, most := order.meansOf(); fewest != 2 || most != 2 || order.Trials() != 12 {
		t.Errorf("means are of %d to %d trials of %d", fewest, most, order.Trials())
	}
}

// A group without slopes, for it has too few trials to train, has no order; without any
// there is no number, and no trials.
func TestTimeOrderWithoutSlopes(t *testing.T) {
	d := timingTask()
	_, valid, err := intervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	before := valid.before(d.Valid.Recon, d)
	one := valid.order(before, []float64{math.NaN(), 1, 1, 1})
	if r := one.Of(nil); len(one.of) != 1 || math.Abs(r-1) > 1e-9 {
		t.Errorf("%d groups, order %v", len(one.of), r)
	}
	none := valid.order(before, slices.Repeat([]float64{math.NaN()}, 4))
	if fewest, most := none.meansOf(); !math.IsNaN(none.Of(nil)) || fewest != 0 || most != 0 {
		t.Errorf("order %v of means of %d to %d trials", none.Of(nil), fewest, most)
	}
}

// Speeds that differ between measured intervals alone follow the produced interval within a
// condition, and not within trials of one measured interval.
func TestSpeedsWithinSample(t *testing.T) {
	valid := &intervals{groups: map[[3]float32]int64{{}: 0}}
	var speeds, both []float64
	for trial := range 12 {
		sample, off := float64(400+100*(trial/4)), []float64{-10, 10, -10, 10}[trial%4]
		valid.sample, valid.produced = append(valid.sample, sample), append(valid.produced, sample+off)
		valid.group = append(valid.group, 0)
		speeds = append(speeds, -sample+[]float64{1, 1, -1, -1}[trial%4]) // nothing of off
		both = append(both, -sample-off)
	}
	if r := valid.correlation(speeds).Of(nil); r > -.99 { // off is a tenth of how intervals vary
		t.Errorf("within the condition: %v", r)
	}
	if r := valid.within(speeds).Of(nil); math.Abs(r) > 1e-9 { // numbers are whole: rounding alone
		t.Errorf("within trials of one interval: %v", r)
	}
	if r := valid.within(both).Of(nil); math.Abs(r+1) > 1e-9 {
		t.Errorf("of speeds that follow produced intervals: %v", r)
	}
	for _, trial := range []int{0, 1, 2} { // the other one is alone, and would be a point at 0, 0
		both[trial] = math.NaN()
	}
	if got := valid.within(both); math.Abs(got.Of(nil)+1) > 1e-9 || got.Trials() != 12 {
		t.Errorf("without the speeds of some trials: %v", got.Of(nil))
	}
}

// Intervals of scores and of differences are there, hold what they are of, and tell an order
// from its opposite; the same rates are no better than themselves. A table says of how many
// trials its means are. Where the time is up, it says so.
func TestTimingTables(t *testing.T) {
	d := timingTask()
	train, valid, err := intervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	noisy, key := dataset.NewArray(12, 100, 2), rng.Derive(1, rng.Synthesis)
	for i, v := range d.Valid.Recon.Data {
		noisy.Data[i] = v + float32(key.Float64(i/200, 0)) // a trial is moved as a whole: its speed stays
	}
	all := []timed{{"ours", d.Valid.Recon, d.Valid.Recon}, {"same", d.Valid.Recon, noisy}, {"turned", backwards(d.Valid.Recon), d.Valid.Recon}}
	r := &Result{}
	if err := errors.Join(orderTable(context.Background(), d, train, valid, all, r), speedTable(context.Background(), valid, all, r)); err != nil {
		t.Fatal(err)
	}
	for _, table := range r.Tables {
		for i, row := range table.Rows {
			score, low, high := row.number(scoreKey), row.number(scoreLowKey), row.number(scoreHighKey)
			if !(low <= score && score <= high) {
				t.Errorf("%s, %s: %v is not in %v to %v", table.Panel, row.Name, score, low, high)
			}
			if less := row.number(lessKey); (i == 0) != math.IsNaN(less) {
				t.Errorf("%s, %s: ours less this %v", table.Panel, row.Name, less)
			}
		}
	}
	order := r.table(orderPanel)
	if same := order.Rows[1]; same.number(lowKey) != 0 || same.number(highKey) != 0 {
		t.Errorf("rates less themselves: %v", same.Values)
	}
	if turned := order.Rows[2]; math.Abs(turned.number(lessKey)-2) > 1e-9 || !(turned.number(lowKey) > 0) {
		t.Errorf("an order less its opposite: %v", turned.Values)
	}
	if r.number(fewestNumber) != 2 || r.number(mostNumber) != 2 {
		t.Errorf("numbers %v", r.Numbers)
	}
	if len(r.courses("ours")) != 1 || len(r.table(speedPanel).Rows) != 3 {
		t.Errorf("%d courses, %d rows", len(r.courses("ours")), len(r.table(speedPanel).Rows))
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := orderTable(ctx, d, train, valid, all, r); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if err := speedTable(ctx, valid, all, r); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// The figure's caption says of how many trials means are, and of which neurons where true
// rates are known and where they are not.
func TestTimingCaption(t *testing.T) {
	d := timingTask()
	_, valid, err := intervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	l := &Lab{Dir: t.TempDir()}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{knownRates: "true rates", smoothing: "smoothed spikes"} {
		r := &Result{}
		if err := l.drawOrdered(d, valid, []timed{{autoLFADS, d.Valid.Recon, nil}, {name, d.Valid.Recon, nil}}, r); err != nil {
			t.Fatal(err)
		}
		if len(r.Figures) != 1 || !strings.HasSuffix(r.Figures[0].Shows, "each of 2 trials, from the shortest interval (dark) to the longest (light), of the 2 neurons that tell them apart most by "+want) {
			t.Errorf("figures %v, want neurons by %s", r.Figures, want)
		}
	}
	if got := trialsText(1, 1) + "; " + trialsText(1, 3) + "; " + neuronsText(1, gpfaMethod); got != "of 1 trial; of 1 to 3 trials; neuron that tells them apart most by GPFA" {
		t.Errorf("words %q", got)
	}
}
