package slurm

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/regular"
	"github.com/autolfads/autolfads/run"
)

// submission is an array of tasks as it was sent, or is about to be
// (slurm/g003-001.json): written before SLURM has it, so that whoever drives the run next
// finds by its name what is in the queue.
type submission struct {
	Name       string  `json:"name"` // of the job
	Dir        string  `json:"dir"`  // the run folder, in which its tasks work
	Generation int     `json:"generation"`
	Tasks      [][]int `json:"tasks"`         // members that each task executes, one after the other
	Job        string  `json:"job,omitempty"` // its number; "": SLURM has not said it yet

	number int
}

// file is a submission's place inside the run folder.
func file(generation, number int) string {
	return filepath.Join(folder, fmt.Sprintf("g%03d-%03d.json", generation, number))
}

// log is where a task prints, inside the run folder.
func (s *submission) log(index int) string {
	return filepath.Join(folder, fmt.Sprintf("g%03d-%03d-%d.log", s.Generation, s.number, index))
}

// identity is what tells the jobs of a run from those of all others: of a copy of its
// folder, too.
func identity(f *run.Joined) string {
	dir, err := filepath.EvalSymlinks(f.Dir)
	if err == nil {
		dir, err = filepath.Abs(dir)
	}
	if err != nil {
		dir = f.Dir
	}
	h := f.Header
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%s", dir, h.Seed, h.Data.SHA256))
	return fmt.Sprintf("%x", sum[:5])
}

// write puts a submission on disk.
func (s *submission) write(dir string) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return durable.WriteFile(filepath.Join(dir, file(s.Generation, s.number)), func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	})
}

// readSubmission reads a file of tasks.
func readSubmission(path string) (*submission, error) {
	text, err := regular.Read(path, mostBytes)
	if err != nil {
		return nil, err
	}
	s := new(submission)
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// every stands for all generations.
const every = -1

// submissions are those of a generation that are on disk, the oldest first. One that
// cannot be read is left out: its members are sent again, which does no harm. So is one of the
// run that this folder is a copy of, or of where it was before it was moved: its tasks work there.
func submissions(dir string, generation int) (all []submission, last int, err error) {
	entries, err := os.ReadDir(filepath.Join(dir, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	for _, e := range entries {
		var g, n int
		if _, err := fmt.Sscanf(e.Name(), "g%d-%d.json", &g, &n); err != nil || g != generation && generation != every || e.Name() != filepath.Base(file(g, n)) {
			continue
		}
		last = max(last, n)
		if s, err := readSubmission(filepath.Join(dir, file(g, n))); err == nil && s.Generation == g && sameFolder(s.Dir, dir) {
			s.number = n
			all = append(all, *s)
		}
	}
	return all, last, err
}

// sameFolder reports whether two paths lead to one folder, which may have several names.
func sameFolder(a, b string) bool {
	at, err := os.Stat(a)
	if err != nil {
		return false
	}
	there, err := os.Stat(b)
	return err == nil && os.SameFile(at, there)
}

// prefix is how the names of all jobs begin.
const prefix = "autolfads-"

// is reports whether a task is one of the submission. Numbers come again when a controller has
// lost what it knew, and so count only of a job that works in the folder, with a name that is none
// of a submission.
func (s *submission) is(t *task) bool {
	job, _, _ := strings.Cut(t.ID, "_")
	return t.Job == s.Name || s.Job != "" && job == s.Job && t.Dir == s.Dir && !strings.HasPrefix(t.Job, prefix)
}

// tidy removes files of generations before one: submissions and what their tasks printed.
func tidy(dir string, before int) {
	entries, _ := os.ReadDir(filepath.Join(dir, folder))
	for _, e := range entries {
		var g int
		if _, err := fmt.Sscanf(e.Name(), "g%d-", &g); err == nil && g < before {
			_ = durable.Remove(filepath.Join(dir, folder, e.Name())) // in nobody's way
		}
	}
}

// Assigned returns the members that the task of an array executes in which this process
// is, by a file of tasks inside the run folder.
func Assigned(dir, tasks string) ([]int, error) {
	index, err := Index()
	if err != nil {
		return nil, err
	}
	if !filepath.IsLocal(tasks) {
		return nil, fmt.Errorf("the file of tasks %s does not lie in the run folder", tasks)
	}
	s, err := readSubmission(filepath.Join(dir, tasks))
	if err != nil {
		return nil, err
	}
	if index >= len(s.Tasks) {
		return nil, fmt.Errorf("%s has %d tasks, and this is task %d", tasks, len(s.Tasks), index)
	}
	return s.Tasks[index], nil
}

// Index is the number of the task of an array in which this process is.
func Index() (int, error) {
	text := os.Getenv("SLURM_ARRAY_TASK_ID")
	if text == "" {
		return 0, errors.New("no member is named, and this process is in no array of SLURM's (SLURM_ARRAY_TASK_ID): give --member")
	}
	index, err := strconv.Atoi(text)
	if err != nil || index < 0 {
		return 0, fmt.Errorf("SLURM_ARRAY_TASK_ID is %q, which is no task's number", text)
	}
	return index, nil
}
