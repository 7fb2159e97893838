package autolfads

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/page"
	"github.com/autolfads/autolfads/run"
)

// reportName is the report of a run, in its folder.
const reportName = "report.html"

// keepFacts keeps what a page says of a run's data before the run has ended.
func keepFacts(f *run.Folder, c *Config, d *dataset.Dataset) error {
	l, err := c.Model.NewLikelihood()
	if err != nil {
		return err
	}
	e := page.Ended{Data: d, Counts: l.Counts()}
	return e.KeepFacts(f.Dir)
}

// keep keeps of the run's data what its page shows.
func (o *Outcome) keep(ctx context.Context, f *run.Folder) error {
	judged, inferred := o.judged()
	e := page.Ended{Data: o.Dataset, Judged: judged, Counts: o.Result.Likelihood.Counts(), PSTHKernel: o.scored.PSTHKernel}
	if judged != nil {
		e.Rates, e.Factors, e.Inputs = inferred.Rates, inferred.Factors, inferred.InputMeans
	}
	if len(o.scored.Decoded) > 0 {
		e.Decoded = o.scored.Decoded[0]
	}
	return e.Keep(ctx, f.Dir)
}

// writeReport writes the report of a run into its folder, when all else is there. A report
// that cannot be made is said, and costs nothing else: `autolfads report` may make it later.
func (o *Outcome) writeReport(dir string) error {
	var html bytes.Buffer
	d, err := page.ReadEnded(dir)
	if err == nil {
		err = page.Write(&html, d)
	}
	if err != nil {
		o.Report, o.Undrawn = "", append(o.Undrawn, fmt.Sprintf("the report is not made: %v", err))
		return nil
	}
	return durable.WriteFile(filepath.Join(dir, reportName), func(w io.Writer) error {
		_, err := w.Write(html.Bytes())
		return err
	})
}

// Report writes the page of the run in a folder, which may be under way, to a file: one HTML
// file that opens offline. It reads the run folder's tables and what is kept there for it, and
// changes nothing there unless the file is to be there.
func Report(dir, out string) error {
	d, err := page.Read(dir)
	if err != nil {
		return err
	}
	return durable.WriteFile(out, func(w io.Writer) error { return page.Write(w, d) })
}
