package autolfads

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whoever stops a run that prepares its recording gets an error at once, and no folder.
func TestStoppedWhilePreparing(t *testing.T) {
	dir := t.TempDir()
	source, out := filepath.Join(dir, "session.csv"), filepath.Join(dir, "run")
	if err := os.WriteFile(source, []byte("unit,time\n1,.01\n2,.02\n1,.9\n2,1.95\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	key := errors.New("a key was pressed")
	j := Job{Data: source, Out: out, Config: DefaultConfig(), Search: Fixed, Recording: &Recording{}}
	j.Resources.Observer.Read = func(_, _ int64) { cancel(key); select {} }
	_, err := Start(ctx, j)
	if !errors.Is(err, key) || !strings.Contains(err.Error(), "while preparing") {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the folder is left")
	}
}
