// Package testenv finds what tests need but the repository does not hold:
// real recordings, and tools such as Python's h5py that judge our files; and it
// reads and writes what the repository does hold for them to compare with.
//
// A test that asks for something absent is skipped with the reason. Under
// AUTOLFADS_REQUIRE=1, which .ci/run sets, it fails instead, so that a skip
// can never hide in CI.
package testenv

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/autolfads/autolfads/internal/kernel"
)

// Data returns the path of a file of the shared recordings, for example
// Data(t, "lorenz/lfads_lorenz.h5"). It looks in $AUTOLFADS_DATA, then in
// ../shared/data beside the repository.
func Data(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("AUTOLFADS_DATA")
	if dir == "" {
		dir = filepath.Join(Root(), "..", "shared", "data")
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		Missing(t, "recording "+name+" not found: set AUTOLFADS_DATA to the folder that holds it")
	}
	return path
}

// Python returns a Python interpreter that can import every named module.
// $AUTOLFADS_PYTHON overrides "python3".
func Python(t testing.TB, modules ...string) string {
	t.Helper()
	python := os.Getenv("AUTOLFADS_PYTHON")
	if python == "" {
		python = "python3"
	}
	for _, m := range modules {
		if err := exec.Command(python, "-c", "import "+m).Run(); err != nil {
			Missing(t, python+" cannot import "+m+": pip install "+m)
		}
	}
	return python
}

// Command returns the path of a program, for example h5dump.
func Command(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, name+" is not installed")
	}
	return path
}

// Required reports whether nothing may be left out: AUTOLFADS_REQUIRE=1, as .ci/run sets it.
func Required() bool { return os.Getenv("AUTOLFADS_REQUIRE") == "1" }

// Missing skips the test with a reason, or fails it under AUTOLFADS_REQUIRE=1.
func Missing(t testing.TB, reason string) {
	t.Helper()
	if Required() {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// Root returns the root folder of the repository.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// EachLevel runs a test on every instruction set that this CPU has.
func EachLevel(t *testing.T, test func(*testing.T)) {
	for _, level := range kernel.Levels() {
		t.Run(level.String(), func(t *testing.T) {
			defer kernel.Use(level)()
			test(t)
		})
	}
}
