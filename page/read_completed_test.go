package page

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Of epochs for which there is no room the ends of curves are kept, and all are counted; the
// winner's line has all of its epochs.
func TestMoreEpochsThanAreKept(t *testing.T) {
	const members, generations, epochs = 3, 4, 10
	dir := t.TempDir()
	scores, metrics := "generation,member,epoch,score,diverged\n", ""
	for g := range generations {
		for m := range members {
			scores += fmt.Sprintf("%d,%d,%d,0.5,\n", g, m, (g+1)*epochs)
			for e := range epochs {
				metrics += fmt.Sprintf(`{"generation":%d,"member":%d,"epoch":%d,"score":0.%d,"seconds":1}`+"\n", g, m, g*epochs+e+1, 99-e)
			}
		}
	}
	for name, text := range map[string]string{"scores.csv": scores, "metrics.jsonl": metrics} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	from := &source{how: schedule, winner: Place{generations - 1, 1}, won: true, points: 35} // three curves, and half of one
	c := NewReader(dir).readCompleted(from)
	for _, g := range c.generations {
		if g.Start != g.Generation*epochs || g.Epochs != epochs || g.trained() != members*epochs {
			t.Errorf("generation %d begins at %d, has %d epochs and %d of all members", g.Generation, g.Start, g.Epochs, g.trained())
		}
	}
	first, last := c.generations[0].Members[0], c.generations[generations-1].Members[0]
	if len(first.X) != epochs || !slices.Equal(last.X, []int{1, epochs}) || !slices.Equal(last.Y, []Number{.99, .90}) || last.At != epochs {
		t.Errorf("curves are %v, and %v, %v, at %d", first.X, last.X, last.Y, last.At)
	}
	if c.epochs != members*generations*epochs || len(c.line.Epoch) != generations*epochs || len(c.notes) > 0 {
		t.Errorf("%d epochs, a line of %d; %q", c.epochs, len(c.line.Epoch), c.notes)
	}
	if _, said := thin(slices.Repeat(c.generations, mostOfCurves/50)); !strings.Contains(said, fmt.Sprintf("of %d epochs in all", members*generations*epochs*mostOfCurves/50)) {
		t.Errorf("of thinned curves it says %q", said)
	}
}
