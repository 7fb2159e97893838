package ingest_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// TestNWBBombsAndLoops opens and surveys files that a few kilobytes make huge or
// endless.
func TestNWBBombsAndLoops(t *testing.T) {
	for name, want := range map[string]string{
		"bomb":  "189999997 spikes",
		"chunk": "stored in chunks of 1.52 GB, too large for a file of 1.49 MB",
		"loops": "",
	} {
		t.Run(name, func(t *testing.T) {
			path := testenv.Gunzip(t, "testdata/nwb_"+name+".nwb.gz", filepath.Join(t.TempDir(), name+".nwb"))
			surveyHostile(t, path, want)
		})
	}
}

// TestNWBUnitsThatCannotBe reads one unit of more spikes than its file can mean,
// without the survey that refuses it before.
func TestNWBUnitsThatCannotBe(t *testing.T) {
	r := openNWB(t, testenv.Gunzip(t, "testdata/nwb_bomb.nwb.gz", filepath.Join(t.TempDir(), "bomb.nwb")))
	if times, err := r.Units.Spikes.Times(0); err != nil || len(times) != 3 {
		t.Errorf("%v, %v", times, err)
	}
	if _, err := r.Units.Spikes.Times(1); err == nil || !strings.Contains(err.Error(), "too many for a file of 1.5 MB") {
		t.Errorf("%v", err)
	}
}

// TestNWBHostile does with what h5py writes now, and with files too large to
// store.
func TestNWBHostile(t *testing.T) {
	dir := t.TempDir()
	c := exec.Command(testenv.Python(t, "h5py"), "testdata/nwb_hostile.py", dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, want := range map[string]string{"bomb": "189999997 spikes", "chunk": "too large", "loops": "", "deep": "", "many": ""} {
		path := filepath.Join(dir, name+".nwb")
		t.Run(name, func(t *testing.T) { surveyHostile(t, path, want) })
		if os.Getenv("AUTOLFADS_UPDATE") == "1" && name != "many" && name != "deep" {
			gzipTo(t, path, "testdata/nwb_"+name+".nwb.gz")
		}
	}
}

// surveyHostile opens and surveys a file with an error, or "" for none, in a few
// megabytes and a little for each byte of the file.
func surveyHostile(t *testing.T, path, want string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := ingest.Open(path, ingest.Options{})
	if err == nil {
		_, err = ingest.Take(r, nil)
		r.Close()
	}
	runtime.ReadMemStats(&after)
	if err == nil && want != "" || err != nil && (want == "" || !strings.Contains(err.Error(), want)) {
		t.Errorf("%v, want %q", err, want)
	}
	if took, most := int64(after.TotalAlloc-before.TotalAlloc), 64<<20+20*info.Size(); took > most {
		t.Errorf("allocated %d MB, should be at most %d", took>>20, most>>20)
	}
}

// FuzzNWB opens and surveys whatever bytes there are.
func FuzzNWB(f *testing.F) {
	for _, name := range []string{"sample", "features_latest", "loops"} {
		path := testenv.Gunzip(f, "testdata/nwb_"+name+".nwb.gz", filepath.Join(f.TempDir(), "seed.nwb"))
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "fuzz.nwb")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if r, err := ingest.Open(path, ingest.Options{}); err == nil {
			_, _ = ingest.Take(r, nil)
			r.Close()
		}
	})
}

// TestNWBMutants damages the sample and compares what is still read of it with what
// h5py reads: a part may be refused that h5py reads, but is never read otherwise.
// AUTOLFADS_MUTANTS says how many, AUTOLFADS_SEED which.
func TestNWBMutants(t *testing.T) {
	python := testenv.Python(t, "h5py")
	dir := t.TempDir()
	whole, err := os.ReadFile(testenv.Gunzip(t, "testdata/nwb_sample.nwb.gz", filepath.Join(dir, "whole.nwb")))
	if err != nil {
		t.Fatal(err)
	}
	n, seed := nwbSetting(t, "AUTOLFADS_MUTANTS", 2000), nwbSetting(t, "AUTOLFADS_SEED", 1)
	var same, alone int
	const flight = 500 // mutants on disk at a time
	for from := 0; from < n; from += flight {
		claims := map[string]map[string]string{}
		for k := from; k < min(n, from+flight); k++ {
			path := filepath.Join(dir, strconv.Itoa(k)+".nwb")
			b := nwbMutant(whole, rand.New(rand.NewPCG(uint64(seed), uint64(k))))
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			if c := nwbClaims(t, path); len(c) > 0 {
				claims[path] = c
			} else {
				os.Remove(path)
			}
		}
		for path, answers := range askH5py(t, python, claims) {
			for part, claim := range claims[path] {
				switch answers[part] {
				case claim:
					same++
				case "refused", "": // h5py crashed
					alone++
				default:
					t.Errorf("seed %d, mutant %s: %s is read otherwise than by h5py", seed, filepath.Base(path), part)
				}
			}
			os.Remove(path)
		}
	}
	t.Logf("seed %d: %d mutants: %d parts read as h5py does, %d that h5py refuses", seed, n, same, alone)
	if same < n {
		t.Error("too little is still read")
	}
}

func nwbSetting(t *testing.T, name string, usual int) int {
	s := os.Getenv(name)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// nwbMutant damages a copy in one place or a few, where there is something.
func nwbMutant(whole []byte, r *rand.Rand) []byte {
	b := bytes.Clone(whole)
	for n := 1 + r.IntN(3); n > 0; n-- {
		at := r.IntN(len(b))
		for !slices.ContainsFunc(whole[max(0, at-8):min(len(b), at+8)], func(c byte) bool { return c != 0 }) {
			at = r.IntN(len(b))
		}
		switch r.IntN(5) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = [...]byte{0, 1, 0x7f, 0x80, 0xff}[r.IntN(5)]
		case 2:
			clear(b[at:min(len(b), at+1<<r.IntN(6))])
		case 3:
			copy(b[at:min(len(b), at+1<<r.IntN(5))], whole[r.IntN(len(b)):])
		case 4:
			var word [8]byte
			binary.LittleEndian.PutUint64(word[:], [...]uint64{1, 1 << 31, 1 << 32, 1 << 63, uint64(r.IntN(len(b)))}[r.IntN(5)])
			copy(b[at:], word[:])
		}
	}
	if r.IntN(30) == 0 {
		b = b[:r.IntN(len(b))]
	}
	return b
}

// nwbClaims are checksums of the parts of the sample that are read of a file.
func nwbClaims(t *testing.T, path string) map[string]string {
	claims := map[string]string{}
	r, err := ingest.Open(path, ingest.Options{})
	if err != nil {
		if text := err.Error(); strings.Contains(text, "\n") || strings.Count(text, path) != 1 {
			t.Errorf("%s: not one line that names the file once: %q", filepath.Base(path), text)
		}
		return nil
	}
	defer r.Close()
	_, _ = ingest.Take(r, nil)
	for i, id := range r.Units.IDs {
		number, err := strconv.ParseFloat(id, 64) // ids that come twice have been changed
		times, err2 := r.Units.Spikes.Times(i)
		if err == nil && err2 == nil {
			claims["unit"+strconv.Itoa(i)] = sumOf([]float64{number}, times)
		}
	}
	if trials := r.Trials(); trials != nil && trials.Name == dataset.TrialsTable {
		for _, c := range trials.Columns {
			claims[c.Name] = sumOfColumn(c)
		}
	}
	for _, s := range r.Streams {
		data, err := s.Data.Read(0, s.Len())
		times, err2 := s.Times(0, s.Len())
		if err == nil && err2 == nil {
			claims[s.Name] = sumOf(data, times)
		}
	}
	return claims
}

func sumOf(arrays ...[]float64) string {
	h := sha256.New()
	for _, all := range arrays {
		for _, v := range all {
			bits := math.Float64bits(v)
			if math.IsNaN(v) {
				bits = 0x7ff8000000000000 // NumPy's own
			}
			h.Write(binary.LittleEndian.AppendUint64(nil, bits))
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func sumOfColumn(c *dataset.Column) string {
	h := sha256.New()
	switch {
	case c.Words != nil:
		for _, word := range c.Words {
			word, _, _ = strings.Cut(word, "\x00")
			h.Write([]byte(word + "\x00"))
		}
	case c.Flags != nil:
		for _, flag := range c.Flags {
			h.Write([]byte{map[bool]byte{true: 1}[flag]})
		}
	default:
		return sumOf(append(c.Lists, c.Numbers)...)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// askH5py has h5py read files.
func askH5py(t *testing.T, python string, claims map[string]map[string]string) map[string]map[string]string {
	t.Helper()
	var paths []string
	for path := range claims {
		paths = append(paths, path)
	}
	c := exec.Command(python, "testdata/nwb_mutants.py")
	c.Stdin, c.Stderr = strings.NewReader(strings.Join(paths, "\n")+"\n"), os.Stderr
	out, err := c.Output()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(lines) != len(paths) {
		t.Fatalf("%d answers for %d files, %v", len(lines), len(paths), err)
	}
	answers := map[string]map[string]string{}
	for i, line := range lines {
		var a map[string]string
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		answers[paths[i]] = a
	}
	return answers
}
