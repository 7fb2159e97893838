//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// stubs are SLURM's commands as far as this program needs them, in shell: tasks are
// processes that begin at once, or never where there is a file hold; what was asked is in
// a file calls. Real ones are tried elsewhere (make slurm).
var stubs = map[string]string{
	"sbatch": `
for a; do case $a in --array=0-*) last=${a#*-*-}; last=${a##*-};; --chdir=*) dir=${a#*=};; --output=*) out=${a#*=};; --wrap=*) wrap=${a#*=};; --job-name=*) name=${a#*=};; esac; done
job=$(ls "$Q" | grep -c '^job'); job=$((job + 1)); mkdir "$Q/job$job"; echo "$name" >"$Q/job$job/name"
for i in $(seq 0 $last); do
  if [ -e "$Q/hold" ]; then echo held >"$Q/job$job/$i"; continue; fi
  log=$(echo "$out" | sed "s/%a/$i/")
  (cd "$dir"; SLURM_JOB_ID=$job$i SLURM_ARRAY_JOB_ID=$job SLURM_ARRAY_TASK_ID=$i exec sh -c "$wrap" >>"$log" 2>&1) & echo $! >"$Q/job$job/$i"
done
echo $job`,
	"squeue": `
case "$*" in *%e*) cat "$Q/ends" 2>/dev/null; exit;; esac
for job in "$Q"/job*; do [ -d "$job" ] || continue
  for task in "$job"/[0-9]*; do pid=$(cat "$task"); state=COMPLETED
    case $pid in held) state=PENDING;; gone) state=CANCELLED;; *) kill -0 $pid 2>/dev/null && state=RUNNING;; esac
    echo "$(cat "$job/name")|${job##*/job}|${task##*/}|$state|n1|Priority"
  done
done`,
	"scancel": `
for a; do case $a in --signal=*) s=TERM;; *_*) f="$Q/job${a%_*}/${a#*_}"; if [ -n "$s" ]; then kill -TERM $(cat "$f"); else echo gone >"$f"; fi;; esac; done`,
	"scontrol": `echo "MaxArraySize            = 1001"`,
	"srun":     `while :; do case $1 in --*) shift;; *) exec "$@";; esac; done`,
}

// stubbed puts the stubs first on PATH, and returns the folder of what they know.
func stubbed(t *testing.T) string {
	t.Helper()
	bin, dir := t.TempDir(), t.TempDir()
	for name, text := range stubs {
		text = fmt.Sprintf("#!/bin/sh\nQ=%s\necho \"%s $*\" >>$Q/calls\n%s\n", dir, name, text)
		if err := os.WriteFile(filepath.Join(bin, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return dir
}

func calls(t *testing.T, queue string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(queue, "calls"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // nothing was asked yet
		t.Fatal(err)
	}
	return string(text)
}

// awaited waits until something is so.
func awaited(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range 400 {
		if so() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("after 20 s: not %s", what)
}
