package testenv

import (
	"os"
	"testing"
)

// MemoryDir returns a folder for files that need not survive a power cut: in
// memory if the system has such a place, for then fsync takes no time. It goes with
// the test.
func MemoryDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "autolfads-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
