package slurm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// command executes a command of SLURM's (sbatch, squeue, scancel, scontrol) and returns what
// it prints. An error is a *refusal if the command ran.
type command func(ctx context.Context, name string, args ...string) (string, error)

// patience is how long a command may take: some try again by themselves while the
// controller does not answer.
const patience = 30 * time.Second

// execute is a command as a process. A job that the caller is in must not be one that the
// new one takes settings from.
func execute(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Env = outside(os.Environ())
	apart(c)
	c.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return stdout.String(), nil
	case ctx.Err() != nil:
		return "", &refusal{command: name, words: "no answer for a long time", late: true}
	case errors.As(err, &exit):
		return stdout.String(), &refusal{command: name, words: strings.TrimSpace(stderr.String()), killed: exit.ExitCode() < 0}
	case errors.Is(err, exec.ErrNotFound):
		return "", err
	}
	return "", &refusal{command: name, words: err.Error(), late: true} // this machine has no room for a process
}

// outside is an environment without what SLURM says of the job that this process is in, and
// without habits of who runs it that would have commands wait, ask or show less, and with
// times as they are read here.
func outside(environment []string) []string {
	kept := slices.DeleteFunc(slices.Clone(environment), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return ours.MatchString(name) && name != "SLURM_CONF" && name != "SLURM_CLUSTERS"
	})
	for _, v := range environment { // all commands go where sbatch does
		if clusters, is := strings.CutPrefix(v, "SBATCH_CLUSTERS="); is {
			kept = append(kept, "SLURM_CLUSTERS="+clusters)
		}
	}
	return append(kept, "SLURM_TIME_FORMAT=standard")
}

// ours are variables that are not passed on to SLURM's commands.
var ours = regexp.MustCompile(`^(SLURM_|SQUEUE_|SCANCEL_|SCONTROL_|SACCT_|SBATCH_(CLUSTERS|WAIT|ERROR|SIGNAL|ARRAY_INX|NO_REQUEUE)$)`)

// within is an environment for steps, without which CPUs this process was bound to, and without
// devices that its job asked for: a step that asks for no device may not say how many of them.
func within(environment []string) []string {
	return slices.DeleteFunc(slices.Clone(environment), others.MatchString)
}

// others are variables that are not passed on to steps.
var others = regexp.MustCompile(`^SLURM_(CPU_BIND|GPU|CPUS_PER_GPU|MEM_PER_GPU|NTASKS_PER_GPU|TRES_PER_TASK)`)

// refusal is why a command did not do what it was asked to, in its own words.
type refusal struct {
	command string
	words   string
	late    bool // it was ended because it took too long
	killed  bool // a signal ended it
}

// Error implements error.
func (r *refusal) Error() string {
	switch {
	case r.words != "":
	case r.killed:
		return r.command + " was ended by a signal"
	default:
		return r.command + " failed and says nothing"
	}
	return fmt.Sprintf("%s: %s", r.command, clean(r.words))
}

// What SLURM's commands say while its controller is away or busy, from their sources
// (src/common/slurm_errno.c): it is worth asking again.
var silence = regexp.MustCompile(`(?i)unable to contact slurm controller|connection (refused|timed out|reset)|socket timed out|zero bytes were transmitted|standby mode|temporarily|could not establish a configuration source|unable to establish a? ?(controller|configuration)|communication (connection|shutdown)|protocol authentication error|munge|try again|controller.*(not respond|startup)|unexpected message received|no route to host|name or service not known`)

// What sbatch says when a user, an account or the cluster has as many jobs as it may have.
var (
	fullQueue  = regexp.MustCompile(`(?i)(max|grp)\w*submit|maxjobcount|too many jobs|job count`)
	aPolicy    = regexp.MustCompile(`(?i)job submit limit`)
	otherLimit = regexp.MustCompile(`(?i)\b(assoc|qos)\w*(limit|perjob|per\w+)\b`)
	largeArray = regexp.MustCompile(`(?i)invalid job array`)
)

// silent reports whether a command could not ask the controller, or was ended before it said what came of it.
func silent(err error) bool {
	r := (*refusal)(nil)
	return errors.As(err, &r) && (r.late || r.killed || silence.MatchString(r.words))
}

// limited reports whether the queue takes no more jobs at the moment. SLURM's general
// sentence of policies means that if it names no limit of another kind.
func limited(err error) bool {
	r := (*refusal)(nil)
	if !errors.As(err, &r) {
		return false
	}
	return fullQueue.MatchString(r.words) || aPolicy.MatchString(r.words) && !otherLimit.MatchString(r.words)
}

// tooLarge reports whether an array has more tasks than the cluster lets it have.
func tooLarge(err error) bool {
	r := (*refusal)(nil)
	return errors.As(err, &r) && largeArray.MatchString(r.words)
}

// plain is a word in which nothing is special to a shell.
var plain = regexp.MustCompile(`^[A-Za-z0-9_./=:,@%+-]+$`)

// quoted is a word as a shell takes it literally.
func quoted(word string) string {
	if plain.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// line is a command line of such words.
func line(words []string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = quoted(w)
	}
	return strings.Join(all, " ")
}
