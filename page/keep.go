package page

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/guard"
)

// Keep writes into the folder of a run that ends what its page shows of the data: facts, and a
// sample of trials (page/sample.json). It depends on no clock and no place. An error is one of
// the file system, from which the run can go on, or ctx's end; a fault in the sample costs the
// sample alone, and becomes a fact in words.
func (e *Ended) Keep(ctx context.Context, dir string) error {
	k := kept{Format: Format, Data: e.facts()}
	err := guard.Call(func() (err error) {
		k.Sample, err = e.sample(ctx)
		return err
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		k.Data.Facts = append(k.Data.Facts, fmt.Sprintf("there is no sample of trials: %v", err))
	}
	return k.write(dir)
}

// KeepFacts writes into the folder of a run that begins what is known of its data, without a
// sample, unless there is something already: of e, Data and Counts alone are needed. So the
// page of a run that is under way can say what it is of.
func (e *Ended) KeepFacts(dir string) error {
	if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(sampleFile))); err == nil {
		return nil
	}
	k := kept{Format: Format, Data: e.facts()}
	return k.write(dir)
}

func (k *kept) write(dir string) error {
	path := filepath.Join(dir, filepath.FromSlash(sampleFile))
	if err := durable.MkdirAll(filepath.Dir(path)); err != nil {
		return err
	}
	return durable.WriteFile(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(k) })
}

// facts are what there is to know of the data at a glance.
func (e *Ended) facts() Data {
	d := e.Data
	all := Data{
		BinMs: float64(d.BinWidth) / float64(time.Millisecond), Training: d.Train.Trials(), Validation: d.Valid.Trials(), Test: d.Test.Trials(),
		Bins: d.Train.Encod.Bins, Forward: d.Train.Recon.Bins - d.Train.Encod.Bins, HeldIn: d.Train.Encod.Features, Neurons: d.Train.Recon.Features,
		Conditions: conditions(d.Train, d.Valid, d.Test), Counts: e.Counts, Unit: e.unit(),
	}
	if m := d.Missing(); m != nil {
		all.Facts = append(all.Facts, m.Lines()...)
	}
	if n := len(d.SetAside); n > 0 {
		all.Facts = append(all.Facts, fmt.Sprintf("%d neurons are set aside, which no model sees", n))
	}
	if c := d.Chop; c != nil {
		all.Facts = append(all.Facts, "trials are windows of a continuous recording")
	}
	return all
}

// conditions counts those of some splits.
func conditions(splits ...*dataset.Split) int {
	seen := map[int64]bool{}
	for _, s := range splits {
		if s == nil {
			continue
		}
		for _, c := range s.Condition {
			seen[c] = true
		}
	}
	return len(seen)
}
