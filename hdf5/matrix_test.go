package hdf5

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestMatrix compares files of every feature and every version of the format, made
// now, with what h5py reads: all that is in them, and every value.
func TestMatrix(t *testing.T) {
	m := &mutants{t: t, python: testenv.Python(t, "h5py"), dir: t.TempDir()}
	if out, err := exec.Command(m.python, "testdata/matrix.py", m.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var questions []question
	for _, name := range must[[]string](t)(filepath.Glob(m.dir + "/*.h5")) {
		questions = append(questions, question{File: name})
	}
	for i, want := range m.ask(questions) {
		slices.Sort(want)
		got := everything(t, must[[]byte](t)(os.ReadFile(questions[i].File)))
		if !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("%s: %d values, h5py reads %d; the first that differs: %s", filepath.Base(questions[i].File), len(got), len(want), firstDifference(got, want))
		}
	}
}

// TestStoredMatrix does the same with a few of the files and what h5py read of them.
func TestStoredMatrix(t *testing.T) {
	files := goldenFiles(t, "matrix")
	want := map[string]string{}
	if err := json.Unmarshal(must[[]byte](t)(os.ReadFile("testdata/matrix.json")), &want); err != nil {
		t.Fatal(err)
	}
	if len(files) != len(want) {
		t.Errorf("%d files, should be %d", len(files), len(want))
	}
	for name, b := range files {
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(everything(t, b), "\n"))))
		if sum != want[name] {
			t.Errorf("%s: what is read sums to %s, should be %s", name, sum, want[name])
		}
	}
}

// goldenFiles takes several files in one apart: each stands behind its name and
// size.
func goldenFiles(t testing.TB, name string) map[string][]byte {
	packed := must[*os.File](t)(os.Open("testdata/" + name + ".gz"))
	defer packed.Close()
	r := bufio.NewReader(must[*gzip.Reader](t)(gzip.NewReader(packed)))
	files := map[string][]byte{}
	for {
		head, err := r.ReadString('\n')
		if err == io.EOF {
			return files
		}
		var name string
		var size int
		if _, err := fmt.Sscan(head, &name, &size); err != nil {
			t.Fatal(err)
		}
		files[name] = make([]byte, size)
		if _, err := io.ReadFull(r, files[name]); err != nil {
			t.Fatal(err)
		}
	}
}

// everything tells all values of a file as the judge does, sorted.
func everything(t testing.TB, b []byte) (told []string) {
	t.Helper()
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return []string{err.Error()}
	}
	told = tellGroup(f.Root(), "/")
	slices.Sort(told)
	return told
}

// tellGroup tells what is in a group and below it, by the path on which it was
// found. Named types, and links that lead nowhere or into other files, are left out.
func tellGroup(g *Group, path string) (told []string) {
	told = tellAttributes(g.object, path)
	for _, name := range g.Keys() {
		below := strings.TrimSuffix(path, "/") + "/" + name
		sub, err := g.Group(name)
		if err == nil {
			told = append(told, tellGroup(sub, below)...)
			continue
		}
		d, errData := g.Dataset(name)
		switch {
		case isNotFound(err) || errors.Is(errData, ErrUnsupported) || errors.Is(err, ErrType) && errors.Is(errData, ErrType):
			continue
		case errData != nil:
			told = append(told, below+"||"+err.Error()+errData.Error())
			continue
		}
		told = append(told, tellAttributes(d.object, below)...)
		value, err := tell(d)
		told = append(told, below+"||"+orError(value, err))
	}
	return told
}

func tellAttributes(o *object, path string) (told []string) {
	attrs, err := o.Attrs()
	if err != nil {
		return []string{path + "||" + err.Error()}
	}
	for _, a := range attrs {
		value, err := tell(a)
		told = append(told, path+"|"+a.Name+"|"+orError(value, err))
	}
	return told
}

func orError(value string, err error) string {
	if err != nil {
		return err.Error()
	}
	return value
}

func firstDifference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("%.150q, should be %.150q", got[i], want[i])
		}
	}
	return "at the end"
}
