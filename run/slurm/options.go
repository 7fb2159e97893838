package slurm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Option is a long option of sbatch: --Key=Value, or --Key if there is no value.
type Option struct{ Key, Value string }

// String is the option as [Site.Set] takes it.
func (o Option) String() string {
	if o.Value == "" {
		return o.Key
	}
	return o.Key + "=" + o.Value
}

// Options are what sbatch is asked for beside what the executor says itself: partition,
// account, time, memory, whatever a cluster wants. They hold no key twice.
type Options []Option

// Value returns the value of an option; "" if it is not given, or has none.
func (o Options) Value(key string) string {
	if i := o.index(key); i >= 0 {
		return o[i].Value
	}
	return ""
}

// has reports whether one of some options is given.
func (o Options) has(keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return o.index(k) >= 0 })
}

func (o Options) index(key string) int {
	return slices.IndexFunc(o, func(p Option) bool { return p.Key == key })
}

// with returns the options with one more, which takes the place of an earlier one of its
// key, or of one that says the same otherwise.
func (o Options) with(p Option) Options {
	instead := []string{p.Key}
	if slices.Contains(memories, p.Key) {
		instead = memories
	}
	i := slices.IndexFunc(o, func(p Option) bool { return slices.Contains(instead, p.Key) })
	o = slices.Clone(o)
	if i < 0 {
		return append(o, p)
	}
	o[i] = p
	return o
}

// memories are options of which sbatch takes one.
var memories = []string{"mem", "mem-per-cpu", "mem-per-gpu"}

// flags are options that are mostly given without a value.
var flags = []string{"contiguous", "exclusive", "hold", "no-requeue", "overcommit", "oversubscribe", "reboot", "requeue", "spread-job", "use-min-nodes", "wait"}

// args are the options as arguments of sbatch.
func (o Options) args() []string {
	var args []string
	for _, p := range o {
		args = append(args, "--"+p.String())
	}
	return args
}

// Words are the options as [Site.Set] takes them, a word each.
func (o Options) Words() []string {
	var words []string
	for _, p := range o {
		words = append(words, p.String())
	}
	return words
}

// taken are options of sbatch that cannot be given, with the reason.
var taken = map[string]string{
	"array": "the executor numbers its tasks itself", "wrap": "the executor says what is executed", "job-name": "jobs are found again by their names",
	"output": "what units print is read in the run folder", "error": "what units print is read in the run folder", "open-mode": "what units print is kept when they are begun again",
	"parsable": "the executor reads the job's number", "requeue": "units are always begun again", "no-requeue": "units are begun again where they stopped: a unit that is lost would be sent again anyway",
	"chdir": "tasks begin in the run folder", "wait": "the executor waits for results, not for jobs", "dependency": "a generation is sent when the one before it is complete",
	"nodes": "a unit is executed by one process", "ntasks": "a unit is executed by one process", "ntasks-per-node": "a unit is executed by one process",
	"cpus-per-task": "give --threads", "input": "units read nothing there", "signal": "units know when their time ends", "test-only": "nothing would be executed",
	"begin": "each generation would wait for it: `autolfads slurm script` writes a script that begins when you say", "deadline": "it would be of each generation",
	"hold": "nothing would be executed", "help": "nothing would be executed", "usage": "nothing would be executed", "version": "nothing would be executed",
	"clusters": "set SLURM_CLUSTERS in the environment, which all commands of SLURM read", "uid": "jobs are of who runs this",
	"quiet": "the executor reads what sbatch says", "verbose": "the executor reads what sbatch says", "no-kill": "a unit has one node", "kill-on-invalid-dep": "there are no dependencies",
}

// Set takes over words of the form KEY=VALUE,KEY=VALUE: options of sbatch, and of the site
// itself mode (array or steps), members (in one task), at-once (tasks at a time), ask (time
// between questions to the queue) and lost (time after which a lost unit is sent again). A
// piece without = belongs to the value before it, which so may have commas, if it is not an option
// that is mostly given without a value (exclusive).
func (s *Site) Set(words ...string) error {
	for _, word := range words {
		for _, piece := range pieces(word) {
			if err := s.set(piece); err != nil {
				return err
			}
		}
	}
	return nil
}

// pieces takes a word apart at commas.
func pieces(word string) (all []string) {
	for _, part := range strings.Split(word, ",") {
		if len(all) > 0 && !strings.Contains(part, "=") && !slices.Contains(flags, part) {
			all[len(all)-1] += "," + part
			continue
		}
		all = append(all, part)
	}
	return all
}

// optionOf reads one piece.
func optionOf(piece string) (o Option, err error) {
	key, value, _ := strings.Cut(piece, "=")
	key = strings.TrimPrefix(strings.TrimSpace(key), "--")
	if !isKey(key) || strings.ContainsAny(value, "\n\r\x00") {
		return o, fmt.Errorf("--slurm %q: it must be KEY=VALUE with a long option of sbatch, for example partition=short,time=2:00:00", piece)
	}
	return Option{key, value}, nil
}

func (s *Site) set(piece string) error {
	o, err := optionOf(piece)
	if err != nil {
		return err
	}
	key, value := o.Key, o.Value
	if why, no := taken[key]; no {
		return fmt.Errorf("--slurm %s cannot be given: %s", key, why)
	}
	switch key {
	case "mode":
		if value != Array && value != Steps {
			return fmt.Errorf("--slurm mode=%s: there are %s (an array of jobs for each generation) and %s (in the job that runs this)", value, Array, Steps)
		}
		s.Mode = value
	case "members":
		return number(key, value, &s.Members)
	case "at-once":
		return number(key, value, &s.AtOnce)
	case "ask":
		return duration(key, value, &s.Ask)
	case "lost":
		return duration(key, value, &s.Lost)
	default:
		s.Options = s.Options.with(o)
	}
	return nil
}

// number reads a number of members or tasks.
func number(key, value string, n *int) error {
	v, err := strconv.Atoi(value)
	if err != nil || v < 1 || v > mostNumber {
		return fmt.Errorf("--slurm %s=%s: give a whole number from 1 to %d", key, value, mostNumber)
	}
	*n = v
	return nil
}

// leastTime keeps a command line from asking the queue more often than a person would.
const leastTime = time.Second

// duration reads how long something is waited for.
func duration(key, value string, d *time.Duration) error {
	v, err := time.ParseDuration(value)
	if err != nil || v < leastTime || v > 24*time.Hour {
		return fmt.Errorf("--slurm %s=%s: give a time from 1s to 24h", key, value)
	}
	*d = v
	return nil
}

// mostNumber is more members than a population has.
const mostNumber = 1_000_000

// isKey reports whether a word can be a long option's name.
func isKey(s string) bool {
	if s == "" || s[0] == '-' {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}
