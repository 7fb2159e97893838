package autolfads_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/run"
)

// elsewhere is a site whose speed is not that of this machine.
type elsewhere struct{ run.Site }

// A time limit is kept here alone: a run elsewhere is refused before anything is read.
func TestTimeLimitElsewhere(t *testing.T) {
	job := autolfads.Job{
		Data: "none.h5", Out: filepath.Join(t.TempDir(), "run"), Config: autolfads.DefaultConfig(), Search: autolfads.PBT,
		TimeLimit: time.Hour, Resources: autolfads.Resources{Site: elsewhere{}},
	}
	if _, err := autolfads.Start(t.Context(), job); err == nil || !strings.Contains(err.Error(), "give pbt.max_generations instead") {
		t.Errorf("of a limit elsewhere: %v", err)
	}
}
