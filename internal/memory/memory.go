// Package memory says how much memory a process may still use: the least of
// what the machine has available and of what its control groups (containers,
// SLURM jobs) leave.
package memory

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// Available returns the bytes that this process may still use, and what limits
// it. ok is false where that is unknown: on systems other than Linux.
func Available() (bytes int64, limit string, ok bool) { return available(os.DirFS("/")) }

// available reads the files of a system.
func available(system fs.FS) (least int64, limit string, ok bool) {
	kb, ok := field(system, "proc/meminfo", "MemAvailable:")
	if !ok {
		return 0, "", false
	}
	least, limit = kb<<10, "available on this machine"
	for dir := range groups(system) {
		if left, known := groupLeft(system, dir); known && left < least {
			least, limit = left, "left in this process's control group (container or job)"
		}
	}
	return least, limit, true
}

// groups are the folders that may hold the process's memory limits: of cgroup
// version 2 and 1, its own group's and those above it. Inside a container its
// own group is the root.
func groups(system fs.FS) map[string]bool {
	dirs := map[string]bool{"sys/fs/cgroup": true, "sys/fs/cgroup/memory": true}
	text, _ := fs.ReadFile(system, "proc/self/cgroup")
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3) // number, controllers, group
		if len(parts) < 3 || parts[1] != "" && parts[1] != "memory" {
			continue
		}
		for group := path.Clean("/" + parts[2]); group != "/"; group = path.Dir(group) {
			dirs[path.Join("sys/fs/cgroup", parts[1], group)] = true
		}
	}
	return dirs
}

// groupLeft returns a group's limit less what is in use; the file cache, which
// the kernel drops first, does not count as used.
func groupLeft(system fs.FS, dir string) (int64, bool) {
	for _, names := range [][3]string{
		{"memory.max", "memory.current", "inactive_file"},
		{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"},
	} {
		limit, limited := number(system, path.Join(dir, names[0])) // "max": unlimited
		used, known := number(system, path.Join(dir, names[1]))
		if limited && known {
			cache, _ := field(system, path.Join(dir, "memory.stat"), names[2])
			return max(0, limit-used+cache), true
		}
	}
	return 0, false
}

func number(system fs.FS, name string) (int64, bool) {
	text, err := fs.ReadFile(system, name)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
	return n, err == nil
}

// field returns the number after a word at the beginning of a line.
func field(system fs.FS, name, word string) (int64, bool) {
	f, err := system.Open(name)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if words := strings.Fields(s.Text()); len(words) >= 2 && words[0] == word {
			n, err := strconv.ParseInt(words[1], 10, 64)
			return n, err == nil
		}
	}
	return 0, false
}
