package prepare

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// Origin is where a dataset comes from: what its file says of it, so that a rate can
// be traced to its recording.
type Origin struct {
	Source  string // path of the recording
	SHA256  string // of it, as Checksum returns it
	Command string // that was typed
	Version string // of this program
}

// Attributes of a prepared file.
const (
	attrSource   = "source"
	attrChecksum = "source_sha256"
	attrCommand  = "prepare_command"
	attrVersion  = "prepare_version"
	attrOptions  = "prepare_options"
	attrRunFlags = "run_flags"  // of run, that suit what was made, with spaces between; absent: none is needed
	attrRule     = "split_rule" // how trials were divided, where a share and a seed do not say it
)

// Sign has a dataset's file say where it comes from, and how it was made: options as
// JSON, with what they left open.
func (o Origin) Sign(d *dataset.Dataset, r *Report) error {
	own, err := o.Attributes(&r.options)
	if err != nil {
		return err
	}
	if d.Attributes == nil {
		d.Attributes = map[string]any{}
	}
	maps.Copy(d.Attributes, own)
	if flags := r.RunFlags(); flags != nil {
		d.Attributes[attrRunFlags] = strings.Join(flags, " ")
	}
	return nil
}

// RunFlags are the flags of run that suit a prepared file, as the file says; nil if it
// needs none.
func RunFlags(d *dataset.Dataset) []string {
	flags, _ := d.Attributes[attrRunFlags].(string)
	return strings.Fields(flags)
}

// Attributes are what a file says of where it comes from and of the options that it
// was made with, as JSON.
func (o Origin) Attributes(options any) (map[string]any, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	return map[string]any{
		attrSource: o.Source, attrChecksum: o.SHA256, attrCommand: o.Command, attrVersion: o.Version, attrOptions: string(text),
	}, nil
}

// Checksum returns the SHA-256 of a file in hexadecimal digits. That of a folder is
// of lines of digits, two spaces and a name, as sha256sum prints them, of its
// arrays and tables of spikes and of what else is text, in order of their names:
// spike_*.npy, arrays of ALF (spikes.times.npy), *.csv, *.tsv and *.py, also in folders
// of ALF within it. So is that of a file and of others that were read beside it, in
// this order. Told, if not nil, hears how many bytes of how many are read.
func Checksum(path string, beside []string, told func(read, of int64)) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("prepare: %w", err)
	}
	sum := sha256.New()
	switch {
	case info.IsDir():
		err = addFolder(sum, path, "", told)
	case len(beside) > 0:
		for _, file := range append([]string{path}, beside...) {
			if err == nil {
				err = addLine(sum, filepath.Dir(file), filepath.Base(file), told)
			}
		}
	default:
		err = addFile(sum, path, told)
	}
	if err != nil {
		return "", fmt.Errorf("prepare: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// addFolder adds what stands in a folder within root; links count as what they lead to,
// for datalad has nothing else.
func addFolder(sum hash.Hash, root, within string, told func(read, of int64)) error {
	entries, err := os.ReadDir(filepath.Join(root, within)) // sorted by name
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(within, e.Name())
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil {
			continue // a link to nothing
		}
		switch {
		case e.IsDir() && isOfALF(e.Name()):
			err = addFolder(sum, root, name, told)
		case info.Mode().IsRegular() && isPart(e.Name()):
			err = addLine(sum, root, name, told)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addLine adds the line of one file.
func addLine(sum hash.Hash, root, name string, told func(read, of int64)) error {
	own := sha256.New()
	if err := addFile(own, filepath.Join(root, name), told); err != nil {
		return err
	}
	fmt.Fprintf(sum, "%x  %s\n", own.Sum(nil), filepath.ToSlash(name))
	return nil
}

// isOfALF reports whether a folder is one of a session's with ALF files.
func isOfALF(name string) bool {
	return name == "alf" || name == "pykilosort" || strings.HasPrefix(name, "probe")
}

func isPart(name string) bool {
	switch filepath.Ext(name) {
	case ".csv", ".tsv", ".py":
		return true
	case ".npy":
		return strings.HasPrefix(name, "spike_") || strings.Count(name, ".") > 1
	}
	return false
}

func addFile(sum hash.Hash, path string, told func(read, of int64)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	block := make([]byte, 1<<20)
	for done := int64(0); ; {
		n, err := f.Read(block)
		sum.Write(block[:n])
		if done += int64(n); told != nil {
			told(done, max(info.Size(), done))
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
