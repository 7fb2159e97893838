package slurm

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// What SLURM's commands say, of several versions, and what follows.
func TestRefusals(t *testing.T) {
	const policy = "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)"
	for words, want := range map[string]string{
		"slurm_load_jobs error: Unable to contact slurm controller (connect failure)":                                            "silent",
		"sbatch: error: Batch job submission failed: Socket timed out on send/recv operation":                                    "silent",
		"squeue: error: slurm_receive_msg: Zero Bytes were transmitted or received":                                              "silent",
		"sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying":                                           "silent",
		"sbatch: error: If munged is up, restart with --num-threads=10\nsbatch: error: Munge encode failed":                      "silent",
		"sbatch: error: resolve_ctls_from_dns_srv: res_nsearch error\nsbatch: fatal: Could not establish a configuration source": "silent",
		"sbatch: error: AssocMaxSubmitJobLimit\n" + policy:                                                                       "limited",
		"sbatch: error: QOSMaxSubmitJobPerUserLimit\n" + policy:                                                                  "limited",
		"sbatch: error: AssocGrpSubmitJobsLimit\n" + policy:                                                                      "limited",
		policy: "limited",
		"sbatch: error: QOSMaxWallDurationPerJobLimit\n" + policy:                                                "refused",
		"sbatch: error: AssocMaxWallDurationPerJobLimit\n" + policy:                                              "refused",
		"sbatch: error: Batch job submission failed: Invalid job array specification":                            "too large",
		"sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified": "refused",
		"sbatch: error: invalid partition specified: shrt":                                                       "refused",
		"sbatch: error: Batch job submission failed: Requested node configuration is not available":              "refused",
		"": "refused",
	} {
		err := fmt.Errorf("wrapped: %w", &refusal{command: "sbatch", words: words})
		got := "refused"
		switch {
		case silent(err):
			got = "silent"
		case limited(err):
			got = "limited"
		case tooLarge(err):
			got = "too large"
		}
		if got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
	if !silent(&refusal{command: "sbatch", killed: true}) {
		t.Error("what was ended before it said anything was refused")
	}
	if err := errors.New("munge"); silent(err) || limited(err) || tooLarge(err) {
		t.Error("an error of another kind is taken for a refusal")
	}
}

// Lines of the queue; what is no task of an array is left out.
func TestTaskOf(t *testing.T) {
	for text, want := range map[string]task{
		"autolfads-1|123|4|RUNNING|n1|None\n":            {"autolfads-1", "123_4", 4, "RUNNING", "n1", "None", ""},
		"a|123|4|PENDING||launch failed requeued held\n": {"a", "123_4", 4, "PENDING", "", "launch failed requeued held", ""},
		"a|123|4|PENDING||(odd|\x1b[31m reason)":         {"a", "123_4", 4, "PENDING", "", "(odd| [31m reason)", ""},
	} {
		if got, ok := taskOf(text); !ok || got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
	for _, text := range []string{"", "a|123|N/A|RUNNING|n1|None", "a|123|0-3|PENDING||None", "a|123|-1|PENDING||None", "a|123|4|RUNNING"} {
		if got, ok := taskOf(text); ok {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

func TestHeldBy(t *testing.T) {
	for text, want := range map[string]hold{
		"RUNNING None": free, "PENDING Priority": free, "PENDING BeginTime": free, "PENDING Resources": free,
		"PENDING AssocMaxJobsLimit": free, "PENDING ReqNodeNotAvail, UnavailableNodes:n1": free,
		"PENDING launch failed requeued held": byQueue, "PENDING (launch_failed_requeued_held)": byQueue,
		"PENDING JobHoldMaxRequeue": byQueue,
		"PENDING JobHeldUser":       byPerson, "PENDING job requeued in held state": byPerson, "PENDING job_requeued_in_held_state": byPerson, "SPECIAL_EXIT None": byPerson, "PENDING JobHeldAdmin": byPerson,
		"PENDING PartitionTimeLimit": forever, "PENDING AssocMaxWallDurationPerJobLimit": forever, "PENDING QOSMaxMemoryPerJob": forever, "PENDING QOSMinCpuNotSatisfied": forever, "PENDING MaxMemPerLimit": forever,
		"PENDING QOSMaxCpuPerUserLimit": free, "PENDING AssocGrpCpuLimit": free, "PENDING QOSMaxJobsPerUserLimit": free,
		"PENDING BadConstraints": forever, "PENDING InvalidQOS": forever,
	} {
		state, reason, _ := strings.Cut(text, " ")
		if got := heldBy(&task{State: state, Reason: reason}); got != want {
			t.Errorf("%s is held by %d, want %d", text, got, want)
		}
	}
}

// What SLURM says of the job that this process is in is not what it asks for others.
func TestOutside(t *testing.T) {
	got := outside([]string{"HOME=/h", "SLURM_JOB_ID=3", "SLURM_CPUS_PER_TASK=4", "SLURM_CONF=/etc/s", "SBATCH_PARTITION=p", "SBATCH_WAIT=1", "SBATCH_CLUSTERS=c", "SQUEUE_PARTITION=q", "SCANCEL_INTERACTIVE=1", "AUTOLFADS_CPU=portable"})
	want := []string{"HOME=/h", "SLURM_CONF=/etc/s", "SBATCH_PARTITION=p", "AUTOLFADS_CPU=portable", "SLURM_CLUSTERS=c", "SLURM_TIME_FORMAT=standard"}
	if !slices.Equal(got, want) {
		t.Errorf("it is %q, want %q", got, want)
	}
}

// Steps are not told what their job asked for of devices, nor to which CPUs this process is bound.
func TestWithin(t *testing.T) {
	got := within([]string{"HOME=/h", "SLURM_JOB_ID=3", "SLURM_CPU_BIND=x", "SLURM_CPU_BIND_TYPE=x", "SLURM_GPUS=1", "SLURM_GPUS_PER_NODE=1", "SLURM_CPUS_PER_GPU=4", "SLURM_MEM_PER_GPU=1", "SLURM_NTASKS=3", "SLURM_MEM_PER_CPU=1"})
	want := []string{"HOME=/h", "SLURM_JOB_ID=3", "SLURM_NTASKS=3", "SLURM_MEM_PER_CPU=1"}
	if !slices.Equal(got, want) {
		t.Errorf("it is %q, want %q", got, want)
	}
}

// A process may be of a step that somebody began, of a script, or of a terminal in a job.
func TestInStep(t *testing.T) {
	for id, want := range map[string]bool{"": false, "0": true, "17": true, "4294967290": false, "4294967291": false, "x": false} {
		if got := inStep(func(string) string { return id }); got != want {
			t.Errorf("step %q: %v", id, got)
		}
	}
}

// A number without its name counts if the name is none of a submission.
func TestIsOfASubmission(t *testing.T) {
	s := submission{Name: "autolfads-1-g000-001", Dir: "/r", Job: "7"}
	for text, want := range map[string]bool{
		"autolfads-1-g000-001 8_0 -": true, "renamed 7_0 /r": true, "sweep 7_0 /s": false, "renamed 8_0 /r": false, "autolfads-1-g000-002 7_0 /r": false,
	} {
		f := strings.Fields(text)
		if got := s.is(&task{Job: f[0], ID: f[1], Dir: f[2]}); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// A shell reads quoted words as they were.
func TestLine(t *testing.T) {
	words := []string{"plain", "a b", "it's", "$HOME", `"q"`, "a\nb", "*", "", "-n=1"}
	out, err := exec.Command("sh", "-c", "printf '%s|' "+line(words)).Output()
	if err != nil || string(out) != strings.Join(words, "|")+"|" {
		t.Errorf("a shell reads %q (%v), want %q", out, err, words)
	}
}

// Files of submissions, whole and damaged, and what a task of an array reads in them.
func TestSubmissions(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, folder), 0o755); err != nil {
		t.Fatal(err)
	}
	s := submission{Name: "a", Dir: dir, Generation: 3, Tasks: [][]int{{0}, {2, 5}}, number: 2}
	if err := s.write(dir); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"g003-001.json": "{", "g003-003.json": `{"generation": 4}`, "g003-x.json": "", "g003-002-1.log": "said\n", "g002-001.json": "{}"} {
		if err := os.WriteFile(filepath.Join(dir, folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all, last, err := submissions(dir, 3)
	if err != nil || last != 3 || len(all) != 1 || !reflect.DeepEqual(all[0], s) {
		t.Errorf("there are %+v, the last is %d (%v)", all, last, err)
	}
	for index, want := range map[string]string{"0": "[0]", "1": "[2 5]", "2": "has 2 tasks", "": "give --member", "x": "no task's number", "-1": "no task's number"} {
		t.Setenv("SLURM_ARRAY_TASK_ID", index)
		members, err := Assigned(dir, file(3, 2))
		if got := fmt.Sprint(members, err); !strings.Contains(got, want) {
			t.Errorf("task %q trains %s, want %s", index, got, want)
		}
	}
	t.Setenv("SLURM_ARRAY_TASK_ID", "0")
	for _, path := range []string{"../a.json", "/etc/passwd", "slurm/g009-001.json", "slurm/g003-001.json"} {
		if members, err := Assigned(dir, path); err == nil {
			t.Errorf("%s has members %v", path, members)
		}
	}
	tidy(dir, 3)
	if left, _ := filepath.Glob(filepath.Join(dir, folder, "*")); len(left) != 5 {
		t.Errorf("left are %q", left)
	}
}

// The last line of what a task printed, without what would garble a log.
func TestLastLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	for text, want := range map[string]string{"": "", "a\nb\n\n": "b", "a\n\x1b[31mred\t\xff": "[31mred ?", strings.Repeat("x", 9000): strings.Repeat("x", 300)} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := lastLine(path); got != want {
			t.Errorf("the last line of %.20q is %q, want %q", text, got, want)
		}
	}
	if got := lastLine(filepath.Dir(path)) + lastLine(path+"x"); got != "" {
		t.Errorf("of what is no file: %q", got)
	}
}
