package dashboard

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/run/watch"
)

// mostRuns are shown: a list that nobody can look through is a mistake in the folder.
const mostRuns = 1000

// find looks for runs in the folders, and returns those of the list.
func (b *board) find() []*watched {
	b.finding.Lock()
	defer b.finding.Unlock()
	var dirs []string
	seen := map[string]bool{}
	for _, folder := range b.folders {
		for _, dir := range b.runsOf(folder) {
			if !seen[dir] {
				seen[dir] = true
				dirs = append(dirs, dir)
			}
		}
	}
	b.more = max(0, len(dirs)-mostRuns)
	b.shown = nil
	for _, dir := range dirs[:len(dirs)-b.more] {
		b.shown = append(b.shown, b.watched(dir))
	}
	return b.shown
}

// runsOf returns the run folders that a folder stands for ([watch.Runs]), and those that were in it before. A
// folder without any stands for itself: its fault is then that there is no run.
func (b *board) runsOf(folder string) []string {
	runs := watch.Runs(folder)
	if len(runs) == 1 && runs[0] == folder {
		return runs
	}
	for dir := range b.known {
		if dir != folder && filepath.Dir(dir) == folder {
			runs = append(runs, dir)
		}
	}
	if len(runs) == 0 {
		return []string{folder}
	}
	slices.Sort(runs)
	return slices.Compact(runs)
}

// watched returns the run in a folder under its name, which it keeps as long as the server lives.
func (b *board) watched(dir string) *watched {
	if w := b.known[dir]; w != nil {
		return w
	}
	base := strings.ToValidUTF8(filepath.Base(dir), "\uFFFD") // for JSON has no other
	name := base
	for n := 2; b.named[name] != nil; n++ {
		name = fmt.Sprintf("%s (%d)", base, n)
	}
	w := newWatched(name, dir, b.limits)
	b.known[dir], b.named[name] = w, w
	return w
}
