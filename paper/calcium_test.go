package paper

import (
	"strings"
	"testing"

	"github.com/autolfads/autolfads/report"
)

// A method without a score has no dot, not one at 0; and the sentence says what was scored.
func TestCalciumWithoutScore(t *testing.T) {
	r := planted(calciumPanel, nil, rowsOf("", numbers{scoreKey: {.8, .7}}))
	r.Tables[0].Columns = []Column{{scoreKey, "behaviour, R2", 3}}
	r.Tables[0].Rows = append(r.Tables[0].Rows, Row{Name: "no score"})
	dots := calciumDraw(r)[0].Of.(*report.ScoreDots).Rows[0].Dots
	if len(dots) != 3 || dots[0] == nil || dots[0].Value != .8 || dots[2] != nil {
		t.Errorf("dots are %v", dots)
	}
	if text := calciumFound(r)[0].Text; !strings.HasPrefix(text, "Behaviour, R2: ") {
		t.Errorf("the sentence is %q", text)
	}
}
