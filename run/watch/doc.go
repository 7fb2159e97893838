// Package watch tells where a run stands from the files in its folder, while it
// runs, here or on another machine, and after. It only reads: it takes no lock
// and changes nothing.
//
// A member in a generation is "waiting" once its unit.json is there, "training"
// once an attempt has metrics, and "done" or "diverged" once it has its result;
// while it trains, the last whole line of those metrics says how far it is. Of
// generations that are over only sums are kept, so a [Watch] that is asked again
// and again reads the newest one alone.
//
// The run's own word, state.json, says whether it is running, scoring, stopped,
// finished or failed. One that says that it runs, by a process of this host that
// is no longer there, was killed. Of processes on other hosts nothing can be known
// from here: their word stands.
//
// A program's own page of a run asks every few seconds:
//
//	w := watch.New("results")
//	for range time.Tick(5 * time.Second) {
//		s, err := w.Status(mostEpochs)
//		...
//	}
package watch
