package run_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/run"
)

// A member that diverges is recorded and copies; the run goes on.
func TestDivergedMemberCopies(t *testing.T) {
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation == 1 && u.Member == 2 {
			return fmt.Errorf("training: %w", &run.Diverged{Tensor: "generator.U_n", Step: 18, Epoch: epoch})
		}
		return nil
	}}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := drive(t.Context(), create(t, dir), population(), h, 2); err != nil {
		t.Fatal(err)
	}
	if want := "1,2,4,NaN,generator.U_n is not finite at step 18 of epoch 4\n"; !strings.Contains(read(t, dir, "scores.csv"), want) {
		t.Errorf("scores.csv lacks %q:\n%s", want, read(t, dir, "scores.csv"))
	}
	if !strings.Contains(read(t, dir, "exploits.csv"), "\n2,2,1,") {
		t.Errorf("member 2 did not copy:\n%s", read(t, dir, "exploits.csv"))
	}
}

// A population that diverges as a whole goes back to the generation before,
// whose checkpoints are still there.
func TestWholePopulationDiverges(t *testing.T) {
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation == 1 || u.Generation == 2 {
			return &run.Diverged{Tensor: "w", Epoch: epoch}
		}
		return nil
	}}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := drive(t.Context(), create(t, dir), population(), h, 2); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows(t, dir, "scores.csv")[1:] {
		if r[0] == "3" && r[2] != "7" {
			t.Errorf("generation 3 ends at epoch %s, want 7: 3 epochs after generation 0", r[2])
		}
	}
	h = &hooks{onEpoch: func(_ run.Unit, epoch int) error { return &run.Diverged{Tensor: "w", Epoch: epoch} }}
	dir = filepath.Join(t.TempDir(), "run")
	_, err := drive(t.Context(), create(t, dir), population(), h, 2)
	if err == nil || !strings.Contains(err.Error(), "every member diverged in 3 generations") ||
		!strings.Contains(read(t, dir, "state.json"), `"status": "failed"`) {
		t.Errorf("nothing but divergence: %v, state %s", err, read(t, dir, "state.json"))
	}
}

// An error in a unit names the member, its hyper-parameters and the details;
// a panic counts as one. The rest is kept, and resume goes on.
func TestUnitErrors(t *testing.T) {
	want := reference(t, population())
	for _, fault := range []func() error{
		func() error { return errors.New("disk on fire") },
		func() error { panic("disk on fire") },
	} {
		dir := filepath.Join(t.TempDir(), "run")
		h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
			if u.Generation == 1 && u.Member == 3 && epoch == 5 {
				return fault()
			}
			return nil
		}}
		_, err := drive(t.Context(), create(t, dir), population(), h, 2)
		for _, part := range []string{"generation 1, member 3", "disk on fire", "train.learning_rate=", "attempts/001/error.txt"} {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("the error lacks %q: %v", part, err)
			}
		}
		if text := read(t, dir, unitDir(1, 3)+"/attempts/001/error.txt"); !strings.Contains(text, "disk on fire") {
			t.Errorf("error.txt: %s", text)
		}
		if _, err := drive(t.Context(), reopen(t, dir), population(), &hooks{}, 2); err != nil {
			t.Fatal(err)
		}
		checkSame(t, dir, want)
	}
}

// A newest checkpoint that is cut short is passed over for the one before.
func TestDamagedCheckpoint(t *testing.T) {
	want := reference(t, population())
	dir := filepath.Join(t.TempDir(), "run")
	ctx, cancel := context.WithCancel(t.Context())
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation == 0 && u.Member == 1 && epoch == 2 {
			cancel() // at the end of this epoch, the third
		}
		return nil
	}}
	if _, err := drive(ctx, create(t, dir), population(), h, 1); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	newest := filepath.Join(dir, unitDir(0, 1), "attempts/001/epoch-000003.safetensors")
	if err := os.Truncate(newest, 300); err != nil {
		t.Fatal(err)
	}
	h = &hooks{}
	if _, err := drive(t.Context(), reopen(t, dir), population(), h, 1); err != nil {
		t.Fatal(err)
	}
	if n := h.epochs["generation 0, member 1"]; n != 2 {
		t.Errorf("%d epochs trained after the damage, want 2 (from epoch 2 to 4)", n)
	}
	checkSame(t, dir, want)
}

// A second attempt at a unit that has a result changes nothing.
func TestFirstResultStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	twice := executorFunc(func(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
		h := &hooks{}
		for _, u := range append(units, units...) {
			if err := f.Execute(ctx, u, 1, h.training(0).Work, observe); err != nil {
				return err
			}
		}
		return nil
	})
	_, err := run.Drive(t.Context(), f, population(), twice, nil, func(run.Event) {})
	f.Close()
	if err != nil {
		t.Fatal(err)
	}
	checkSame(t, dir, reference(t, population()))
}

type executorFunc func(context.Context, []run.Unit, func(run.Progress)) error

func (f executorFunc) Execute(ctx context.Context, u []run.Unit, o func(run.Progress)) error {
	return f(ctx, u, o)
}

// An executor that forgets a unit is found out.
func TestForgetfulExecutor(t *testing.T) {
	f := create(t, filepath.Join(t.TempDir(), "run"))
	defer f.Close()
	idle := executorFunc(func(context.Context, []run.Unit, func(run.Progress)) error { return nil })
	_, err := run.Drive(t.Context(), f, population(), idle, nil, func(run.Event) {})
	if err == nil || !strings.Contains(err.Error(), "generation 0, member 0 has no result") {
		t.Errorf("got %v", err)
	}
}

// A search other than the one that wrote the folder is noticed.
func TestEditedFolder(t *testing.T) {
	dir := reference(t, population())
	other := population()
	other.Seed++
	_, err := drive(t.Context(), reopen(t, dir), other, &hooks{}, 1)
	if err == nil || !strings.Contains(err.Error(), "unit.json is not what follows") {
		t.Errorf("got %v", err)
	}
}
