package slurm

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// journal takes what happens in words: for who looks now, and in slurm/log.txt for who asks
// later.
type journal struct {
	dir  string
	tell func(sentence string)
	said map[string]bool
}

func newJournal(dir string, tell func(string)) *journal {
	return &journal{dir: dir, tell: tell, said: map[string]bool{}}
}

const logName = "log.txt"

// say writes a sentence. One that cannot be kept, on a full disk, is still told.
func (j *journal) say(format string, values ...any) {
	sentence := clean(fmt.Sprintf(format, values...))
	if j.tell != nil {
		j.tell(sentence)
	}
	f, err := os.OpenFile(filepath.Join(j.dir, folder, logName), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer f.Close()
	_, _ = fmt.Fprintf(f, "%s %s\n", time.Now().Format(time.RFC3339), sentence)
}

// once writes a sentence if it has not been written for this reason.
func (j *journal) once(reason, format string, values ...any) {
	if j.said[reason] {
		return
	}
	j.said[reason] = true
	j.say(format, values...)
}
