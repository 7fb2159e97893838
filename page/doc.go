// Package page is the page of a run: what a run was, did and came to, as one Document, and
// one HTML file that shows it and needs nothing else.
//
//	d, err := page.Read("results")   // a run folder, also of a run that is under way
//	err = page.Write(file, d)        // one HTML file: opens offline, asks nobody for anything
//
// # The document
//
// A [Document] holds everything that the page shows, and nothing that it does not: words,
// numbers, and arrays of 8 bits a number ([Array]). It is the one contract between what
// reads run folders (here), what serves them while they run (package dashboard) and what
// draws (assets, in the reader's browser). Whatever is a name in it, of a data set, a neuron,
// a condition, is text and never markup.
//
// # Where it comes from
//
// The tables of a run (scores.csv, hyperparameters.csv, exploits.csv, metrics.jsonl) say what
// the completed generations did; the newest one is read unit by unit; scores.json has the
// scores. What is no table is kept for the page when a run ends: a [Sample] of its trials, with
// rates, factors, means by condition and decoded behaviour (page/sample.json in the run folder).
// The outputs themselves are not read: a page of gigabytes of rates is made in a moment.
//
// A run folder may be under way, just begun, damaged, or vanish while it is read. What cannot
// be read is a sentence in [Document.Notes]; an error is only that there is no run.
//
// # What it leaves out
//
// Curves of many epochs are thinned, trials and neurons are few of many: the document says so
// in words wherever it did ([Course.Thinned], [Sample.Note]).
//
// In the report that a run writes of itself are no times and no places: it has the same
// bytes, interrupted or not ([ReadEnded]).
package page
