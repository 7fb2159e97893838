package nlb

import (
	"strings"
	"testing"

	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// TestPublished: rows are complete and sorted, and of the benchmark's data sets.
func TestPublished(t *testing.T) {
	total := 0
	for _, name := range prepared.Names() {
		rows := Published(name)
		total += len(rows)
		for i, r := range rows {
			if r.Dataset != name || r.Method == "" || r.CoBPS == nil || r.Behaviour == nil {
				t.Errorf("%s, row %d: %+v", name, i, r)
			}
			if i > 0 && *r.CoBPS > *rows[i-1].CoBPS {
				t.Errorf("%s: %s stands behind %s, which is worse", name, r.Method, rows[i-1].Method)
			}
		}
	}
	if lines := strings.Count(publishedText, "\n"); total != lines-2 || total == 0 {
		t.Errorf("%d rows of a text of %d lines, two of them no rows", total, lines)
	}
	if best := Published("mc_maze")[0]; best.Method != "STNDT ensemble" || *best.CoBPS != .3862 || *best.FpBPS != .2686 {
		t.Errorf("the best is %+v", best)
	}
	if !strings.HasPrefix(PublishedSource(), "Le and Shlizerman 2022") {
		t.Errorf("source: %s", PublishedSource())
	}
}

// TestTable: one's own row stands where its co-bps is, and sentences say what the split
// and the bins mean.
func TestTable(t *testing.T) {
	v := func(x float64) *float64 { return &x }
	s := Scores{"mc_rtt", 5, prepared.Val, Figures{CoBPS: v(.19), Behaviour: v(.5)}, "Not the public file.", []string{"No fp-bps: why."}}
	lines := strings.Split(Table(s, "mine"), "\n")
	at := -1
	for i, line := range lines {
		if strings.HasPrefix(line, "> mine") {
			at = i
		}
	}
	if at < 2 || !strings.HasPrefix(lines[at-1], "  NDT (AESMTE1)") || !strings.HasPrefix(lines[at+1], "  AutoLFADS (Ray)") {
		t.Fatalf("row %d of\n%s", at, strings.Join(lines, "\n"))
	}
	if fields := strings.Fields(lines[at]); strings.Join(fields, " ") != "> mine 0.1900 0.5000 - -" {
		t.Errorf("row %q", lines[at])
	}
	wants := func(s Scores, words ...string) {
		t.Helper()
		for _, w := range words {
			if text := Table(s, "mine"); !strings.Contains(text, w) {
				t.Errorf("no %q in\n%s", w, text)
			}
		}
	}
	wants(s, "split val", "no rank", "must not be used for choosing", "No fp-bps: why.", "Le and Shlizerman", "\nWARNING: Not the public file.\n")
	wants(Scores{"dmfc_rsg", 20, "", Figures{CoBPS: v(9)}, "", nil}, "tp corr", "does not name", "bins of 5 ms, yours of 20 ms", "no rank")
	wants(Scores{"mc_maze_small", 5, prepared.Test, Figures{PSTHR2: v(.3)}, "", nil}, "> mine", "no published figures")
	if text := Table(Scores{"mc_maze", 5, prepared.Test, Figures{CoBPS: v(.3)}, "", nil}, "mine"); strings.Contains(text, "no rank") {
		t.Errorf("figures of the test split are among their like:\n%s", text)
	}
}
