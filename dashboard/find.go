package dashboard

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/run"
)

// mostRuns are shown: a list that nobody can look through is a mistake in the folder.
const mostRuns = 1000

// find looks for runs in the folders, and returns those of the list.
func (b *board) find() []*watched {
	b.finding.Lock()
	defer b.finding.Unlock()
	var dirs []string
	for _, folder := range b.folders {
		for _, dir := range b.runsOf(folder) {
			if !slices.Contains(dirs, dir) {
				dirs = append(dirs, dir)
			}
		}
	}
	b.more = max(0, len(dirs)-mostRuns)
	b.shown = nil
	for _, dir := range dirs[:len(dirs)-b.more] {
		b.shown = append(b.shown, b.watch(dir))
	}
	return b.shown
}

// runsOf returns the run folders that a folder stands for: itself if it is one, those in it, and
// those that were in it before. A folder without any stands for itself, too: its fault is
// then that there is no run.
func (b *board) runsOf(folder string) []string {
	if run.Exists(folder) == nil {
		return []string{folder}
	}
	runs := map[string]bool{}
	for dir := range b.known {
		if dir != folder && filepath.Dir(dir) == folder {
			runs[dir] = true
		}
	}
	entries, _ := os.ReadDir(folder) // that it cannot be read is said when it is looked at
	for _, e := range entries {
		// Links are not followed: what is shown lies in the folders that were given.
		if dir := filepath.Join(folder, e.Name()); e.IsDir() && !runs[dir] && run.Exists(dir) == nil {
			runs[dir] = true
		}
	}
	if len(runs) == 0 {
		return []string{folder}
	}
	return slices.Sorted(maps.Keys(runs))
}

// watch returns the run in a folder under its name, which it keeps as long as the server lives.
func (b *board) watch(dir string) *watched {
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
