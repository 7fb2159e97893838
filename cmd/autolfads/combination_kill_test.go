package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// killed runs the row again with kill -9 on the way, once more soon after it
// went on, and to its end; without figures, which would take longer than all
// the rest. On the way the data file may move, or the run begin as a shorter
// one and be made longer when it has ended.
func (r *judge) killed() error {
	h := fnv.New64a()
	fmt.Fprint(h, r.begin[4:])
	chance := rand.New(rand.NewPCG(5, h.Sum64()))
	begin := slices.Clone(r.begin)
	out := filepath.Join(r.dir, "again")
	begin[3] = out
	var longer []string
	if r.is("second run", "extended") {
		begin, longer = r.shorter(begin)
	}
	at, err := r.kill(chance, out, begin)
	if err != nil {
		return err
	}
	var moved []string
	if goOn(out, begin)[0] == "resume" && r.is("second run", "moved") {
		moved = []string{"--data", filepath.Join(r.dir, "moved.h5")}
		if err := os.Rename(r.data, moved[1]); err != nil {
			return err
		}
	}
	// This one may end before it is killed.
	again := fmt.Sprintf("kill %d;often", 1+chance.IntN(40))
	execute(r.t, broken(again, slices.Concat(goOn(out, begin), moved)...))
	args := slices.Concat(goOn(out, begin), moved)
	if err := execute(r.t, sound(args...)).fault(args); err != nil {
		return fmt.Errorf("killed at change %d: %w", at, err)
	}
	if longer != nil {
		args := append([]string{"resume", out}, longer...)
		if err := execute(r.t, sound(args...)).fault(args); err != nil {
			return err
		}
	}
	return r.same(fmt.Sprintf("killed at change %d and resumed", at), out, false)
}

// shorter makes a run shorter, and says what makes it as long as it was.
func (r *judge) shorter(begin []string) (shorter, longer []string) {
	keys := []string{"infer.samples"}
	if r.isPopulation() {
		keys = append(keys, "pbt.max_generations")
	}
	for _, key := range keys {
		begin = append(begin, "--set", key+"=1")
		longer = append(longer, "--set", key+"="+r.combination[key])
	}
	return begin, longer
}

// kill kills a run at some change of the file system, and returns which.
func (r *judge) kill(chance *rand.Rand, out string, begin []string) (at int, err error) {
	args := slices.Concat(begin, []string{"--workers", "1", "--threads", "1"})
	for at = 1 + chance.IntN(150); ; at = (at + 1) / 2 {
		got := execute(r.t, broken(fmt.Sprintf("kill %d;often", at), args...))
		if got.code == -1 {
			return at, nil
		}
		if err := got.fault(args); err != nil {
			return at, fmt.Errorf("to be killed at change %d: %w", at, err)
		}
		// It had ended before.
		if err := os.RemoveAll(out); err != nil {
			return at, err
		}
	}
}
