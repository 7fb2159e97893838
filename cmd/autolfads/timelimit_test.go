package main

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// A run within a time records how many generations fit: killed and resumed, it ends
// with the bytes of one that was told this number.
func TestTimeLimit(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out, told := tinyData(t, dir), filepath.Join(dir, "limited"), filepath.Join(dir, "told")
	endless := set("pbt.max_generations=100000", "pbt.stop_ratio=0")
	const kill = "kill 60;often"
	args := tinyRun(t, dir, data, out, append(endless, "--time-limit", "15s", "--seed", "5")...)
	got := execute(t, broken(kill, args...))
	if got.code != -1 {
		t.Fatalf("exit code %d, to be killed\n%s%s", got.code, got.stdout, got.stderr)
	}
	carryOn(t, "resume", out)
	recorded := regexp.MustCompile(`max_generations: (\d+)\n`).FindSubmatch(promised(t, out)["run.yaml"])
	n, err := strconv.Atoi(string(recorded[1]))
	if err != nil || n < 1 || n > 100 {
		t.Fatalf("run.yaml has %s generations for 15 s (%v)", recorded[1], err)
	}
	if said := "recorded as pbt.max_generations=" + strconv.Itoa(n); !strings.Contains(got.stdout+got.stderr, said) {
		t.Errorf("run does not say %q:\n%s%s", said, got.stdout, got.stderr)
	}
	carryOn(t, tinyRun(t, dir, data, told, append(endless, "--seed", "5", "--set", "pbt.max_generations="+strconv.Itoa(n))...)...)
	sameFiles(t, "within 15 s", promised(t, out), promised(t, told))
}

// Within a time that is long enough nothing is changed: not by a population, nor by
// another search.
func TestTimeLimitThatIsLongEnough(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := tinyData(t, dir)
	for search, more := range map[string][]string{
		"paper":  nil,
		"random": set("train.max_epochs=4"),
		"fixed":  set("train.max_epochs=4"),
	} {
		limited, free := filepath.Join(dir, search+" limited"), filepath.Join(dir, search)
		args := append(more, "--search", search)
		carryOn(t, tinyRun(t, dir, data, limited, append(args, "--time-limit", "1h", "--executor", "local")...)...)
		carryOn(t, tinyRun(t, dir, data, free, args...)...)
		sameFiles(t, search, promised(t, limited), promised(t, free))
	}
}

// A time in which nothing fits is refused before a run begins, with what would.
func TestTimeLimitThatIsTooShort(t *testing.T) {
	dir := t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "run")
	refuseIn(t, dir, []string{"not even the first generation fits into 1s", "Give ", "pbt.members"}, tinyRun(t, dir, data, out, "--time-limit", "1s")...)
	refuseIn(t, dir, []string{"time limit is -5s", "15m"}, tinyRun(t, dir, data, out, "--time-limit=-5s")...)
}
