package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A run on SLURM ends with the bits of a run here: by arrays from a login node, by
// steps in an allocation, by the batch script that the program writes.
func TestSlurmSameBits(t *testing.T) {
	t.Run("array", func(t *testing.T) {
		t.Parallel()
		r := newSlurmRun(t, 4)
		r.out = filepath.Join(r.dir, "of %a 100%")
		r.start(t, sound(r.args("")...))
		r.mustEndTheSame(t, time.Minute)
		r.mustSay(t, "4 tasks sent as job")
	})
	t.Run("members packed", func(t *testing.T) {
		t.Parallel()
		r := newSlurmRun(t, 4)
		r.start(t, sound(r.args("members=3")...))
		r.mustEndTheSame(t, time.Minute)
		r.mustSay(t, "2 tasks sent as job")
	})
	t.Run("steps", func(t *testing.T) {
		t.Parallel()
		r := newSlurmRun(t, 4)
		r.start(t, within(sound(r.args("mode=steps")...), "salloc", "--quiet", "--ntasks=3", "--mem-per-cpu=500"))
		r.mustEndTheSame(t, time.Minute)
	})
}

// Steps of a job that holds a device train side by side: none of them asks for it, however the job
// did.
func TestSlurmStepsBesideDevice(t *testing.T) {
	for _, device := range []string{"--gres=lane:1", "--gpus-per-node=1", "--gpus=1 --cpus-per-gpu=4"} {
		t.Run(device, func(t *testing.T) {
			t.Parallel()
			r := newSlurmRun(t, 4)
			job := append([]string{"salloc", "--quiet", "--ntasks=4", "--mem-per-cpu=500"}, strings.Fields(device)...)
			r.start(t, within(broken("slow 1000 0;often", r.args("mode=steps")...), job...))
			r.awaitTraining(t)
			if done, err := filepath.Glob(filepath.Join(r.out, "generations", "000", "*", "result.json")); err != nil || len(done) > 0 {
				t.Errorf("%d members were done before the last one began (%v)", len(done), err)
			}
			r.mustEndTheSame(t, time.Minute)
			r.mustSay(t, "4 members are sent as steps of job", "4 at a time")
		})
	}
}
