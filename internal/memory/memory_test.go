package memory

import (
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// The least of what the machine and each of the process's groups leave.
func TestAvailable(t *testing.T) {
	const meminfo = "MemTotal:       24000000 kB\nMemAvailable:   20000000 kB\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  int64
		limit string
	}{
		"no groups": {map[string]string{}, 20000000 << 10, "machine"},
		"version 2, job's own group": {map[string]string{
			"proc/self/cgroup":                     "0::/slurm/job_7\n",
			"sys/fs/cgroup/slurm/memory.max":       "max\n",
			"sys/fs/cgroup/slurm/memory.current":   "9000\n",
			"sys/fs/cgroup/slurm/job_7/memory.max": "8000000\n", "sys/fs/cgroup/slurm/job_7/memory.current": "3000000\n",
			"sys/fs/cgroup/slurm/job_7/memory.stat": "anon 2000000\ninactive_file 500000\n",
		}, 5500000, "control group"},
		"version 2, a group above": {map[string]string{
			"proc/self/cgroup":               "0::/a/b\n",
			"sys/fs/cgroup/a/memory.max":     "6000000\n",
			"sys/fs/cgroup/a/memory.current": "5000000\n",
			"sys/fs/cgroup/a/b/memory.max":   "8000000\n", "sys/fs/cgroup/a/b/memory.current": "1000\n",
		}, 1000000, "control group"},
		"version 2, inside a container": {map[string]string{
			"proc/self/cgroup":             "0::/\n",
			"sys/fs/cgroup/memory.max":     "4000000\n",
			"sys/fs/cgroup/memory.current": "5000000\n",
		}, 0, "control group"},
		"version 1": {map[string]string{
			"proc/self/cgroup": "4:cpu:/x\n3:memory:/docker/1\n",
			"sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes": "7000000\n",
			"sys/fs/cgroup/memory/docker/1/memory.usage_in_bytes": "2000000\n",
			"sys/fs/cgroup/memory/docker/1/memory.stat":           "inactive_file 1\ntotal_inactive_file 1000000\n",
		}, 6000000, "control group"},
	} {
		system := fstest.MapFS{"proc/meminfo": {Data: []byte(meminfo)}}
		for path, text := range c.files {
			system[path] = &fstest.MapFile{Data: []byte(text)}
		}
		got, limit, ok := available(system)
		if got != c.want || !ok || !strings.Contains(limit, c.limit) {
			t.Errorf("%s: %d bytes %s (%v), want %d %s", name, got, limit, ok, c.want, c.limit)
		}
	}
	if _, _, ok := available(fstest.MapFS{}); ok {
		t.Error("a system without meminfo says how much memory there is")
	}
	if n, _, ok := Available(); ok != (runtime.GOOS == "linux") || ok && n < 1<<20 {
		t.Errorf("here: %d bytes, known: %v", n, ok)
	}
}
