package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/compare"
)

// modelFlags ask for all models of a search.
type modelFlags struct {
	Models  bool `help:"Compare all models of a run's search: by their scores, and by what tells models of equal scores apart, how well their factors are decoded from each other's and predict neurons set aside from few trials."`
	Samples int  `help:"With --models: posterior samples that are averaged; 10 if not given, for what more would change is small beside what models differ in." placeholder:"N"`
}

// compareModels compares the models of a run's search.
func (c *evaluateCmd) compareModels(ctx context.Context) error {
	switch {
	case len(c.Files) != 1:
		return fmt.Errorf("--models compares the models of one run: give its folder alone, not %d files", len(c.Files))
	case c.NLB:
		return errors.New("--models scores as evaluate does without --nlb: leave out one of them")
	case c.dataConfig() != autolfads.DataConfig{} || c.Group != "":
		return errors.New("--models reads data as the run did: leave out what says how a file is read (--bin-ms, --axes, --group and so on)")
	}
	p := newProgress("", false) // on the standard error: the standard output has the object alone
	o, err := autolfads.CompareModels(ctx, autolfads.Comparison{
		Dir: c.Files[0], Data: c.Data, Samples: c.Samples, Draws: c.Draws, Seed: c.Seed, FewShot: c.FewShot,
		Resources: autolfads.Resources{Observer: autolfads.Observer{Note: p.note, Scored: p.compared(time.Now)}},
	})
	p.done()
	if err != nil {
		return err
	}
	return c.show(ctx, o, func() { printModels(os.Stdout, o) })
}

// compared returns what shows how far all of a comparison is, and how long it will
// still take if it goes on as it did.
func (p *progress) compared(now func() time.Time) func(step string, done, total int) {
	began := now()
	return func(step string, done, total int) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.json {
			return
		}
		text := fmt.Sprintf("%s: %d %% of all%s", step, 100*done/total, left(now().Sub(began), done, total))
		p.transient(func() []string { return []string{text} })
	}
}

// printModels prints the models of a search beside each other, and what may be read
// from it.
func printModels(w io.Writer, o *compare.Comparison) {
	fmt.Fprintf(w, "models of: %s (%s)\ndata: %s\n", o.Run, o.Search, o.Data)
	fmt.Fprintf(w, "\nscores on validation trials, of averages of %d posterior samples; *: the search's choice\n", o.Samples)
	for _, line := range align(modelRows(o)) {
		fmt.Fprintln(w, "  "+line)
	}
	for _, why := range o.LeftOut {
		fmt.Fprintf(w, "  left out: %s\n", why)
	}
	fmt.Fprintln(w, "\nwhich model to believe:")
	for _, s := range o.InWords {
		fmt.Fprintf(w, "  - %s\n", strings.Join(wrapped(s, noteWidth+20), "\n    "))
	}
}
