package slurm

import (
	"strings"
	"testing"
)

// Ctrl-C at a terminal does not reach a command of SLURM's that is under way: it is in a process group of
// its own.
func TestCommandsAreApart(t *testing.T) {
	text, err := execute(t.Context(), "sh", "-c", "read -r stat </proc/$$/stat; set -- $stat; echo $1 $5")
	process, group, _ := strings.Cut(strings.TrimSpace(text), " ")
	if err != nil || process == "" || process != group {
		t.Errorf("process %s is in group %s (%v)", process, group, err)
	}
}
