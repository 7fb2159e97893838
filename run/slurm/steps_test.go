package slurm

import (
	"os"
	"strings"
	"testing"
)

// A step that ends well and has done nothing has no result: its unit is sent again.
func TestHollowSteps(t *testing.T) {
	t.Setenv("SLURM_NTASKS", "2")
	t.Setenv("SLURM_RESTART_COUNT", "1")
	r := newTrial(t)
	hollow := 3
	r.change = func(s *Site) {
		s.Mode = Steps
		s.start = func(args []string, log *os.File) (process, error) {
			if hollow--; hollow >= 0 {
				return startProcess([]string{"true"}, log)
			}
			return r.cluster.srun(args, log)
		}
	}
	r.MustEndTheSame(t)
	r.mustSay(t, "4 members are sent as steps of job", "2 at a time", "is in no queue and has no result: sent again (2 of 3)")
	if n := strings.Count(r.log(t), "was begun again by SLURM (time 1)"); n != 1 {
		t.Errorf("of a job that was queued again it is said %d times:\n%s", n, r.log(t))
	}
}

// srun that has no answer from the controller, more often than a unit is sent: steps are
// begun when there is one.
func TestStepsWithoutController(t *testing.T) {
	t.Setenv("SLURM_NTASKS", "2")
	r := newTrial(t)
	began, unanswered := 0, 6*DefaultTries
	r.change = func(s *Site) {
		s.Mode = Steps
		s.start = func(args []string, log *os.File) (process, error) {
			if began++; began == 1 { // and then interrupted
				return startProcess([]string{"sh", "-c", "sleep .1; exit 1"}, log)
			}
			if unanswered--; unanswered >= 0 {
				return startProcess([]string{"sh", "-c", "echo srun: error: Unable to create step for job 7: Unable to contact slurm controller '(connect failure)'; exit 1"}, log)
			}
			return r.cluster.srun(args, log)
		}
	}
	r.MustEndTheSame(t)
	r.mustSay(t, "SLURM does not answer (srun: error: Unable to create step for job 7: Unable to contact slurm controller (connect failure)): steps are begun when it does")
	if log := r.log(t); strings.Count(log, "sent again") != 1 || strings.Contains(log, "put back") {
		t.Errorf("a controller that is away is a unit's fault, or somebody's:\n%s", log)
	}
}

// A step that runs, as SLURM has it, and does not begin is told of.
func TestSlowSteps(t *testing.T) {
	t.Setenv("SLURM_NTASKS", "4")
	r := newTrial(t)
	slow := true
	r.change = func(s *Site) {
		s.Mode = Steps
		s.start = func(args []string, log *os.File) (process, error) {
			if slow {
				slow = false
				return startProcess([]string{"sleep", "1"}, log)
			}
			return r.cluster.srun(args, log)
		}
	}
	r.MustEndTheSame(t)
	r.mustSay(t, "members are executed, as SLURM says, and have not begun in the run folder")
}
