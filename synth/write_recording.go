package synth

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// WriteRecording writes a recording to an HDF5 file of named arrays, as package ingest
// opens them: spikes/ID, an array of times in s for each unit; trials/COLUMN; a group for
// each stream, behavior/NAME, with data [samples, features], rate in Hz, start in s, unit
// and names. What is said of the session becomes attributes. The file appears under its
// name when it is complete.
//
// It takes what the generators here make: units whose ids are whole numbers, one table, of
// numbers, and streams that are evenly sampled; single precision of these.
func WriteRecording(r *dataset.Recording, path string) error {
	file, err := hdf5.Create(path)
	if err != nil {
		return fmt.Errorf("synth: %w", err)
	}
	defer file.Abort()
	w := &recordingWriter{file: file}
	for n, id := range r.Units.IDs {
		w.units(r, n, "spikes/"+id)
	}
	for _, t := range r.Intervals {
		for _, c := range t.Columns {
			w.write(t.Name+"/"+c.Name, c.Numbers, []int{len(c.Numbers)})
		}
	}
	for _, s := range r.Streams {
		w.stream(s, "behavior/"+s.Name)
	}
	for _, a := range r.Attributes {
		w.do(file.SetAttr("/", a.Name, a.Value))
	}
	w.do(file.Close())
	return w.err
}

// recordingWriter keeps the first error.
type recordingWriter struct {
	file *hdf5.Writer
	err  error
}

func (w *recordingWriter) do(err error) {
	if w.err == nil && err != nil {
		w.err = fmt.Errorf("synth: %w", err)
	}
}

func (w *recordingWriter) write(path string, data any, shape []int, options ...hdf5.Option) {
	w.do(w.file.Write(path, data, shape, options...))
}

func (w *recordingWriter) units(r *dataset.Recording, n int, path string) {
	times, err := r.Units.Spikes.Times(n)
	w.do(err)
	w.write(path, times, []int{len(times)})
}

// fast compression is close to the best that numbers of many bits allow.
const fast = 1

func (w *recordingWriter) stream(s *dataset.Stream, path string) {
	values, err := s.Data.Read(0, s.Len())
	w.do(err)
	single := make([]float32, len(values))
	toFloat32(single, values...)
	w.write(path+"/data", single, []int{s.Len(), s.Features}, hdf5.Gzip(fast), hdf5.Shuffle())
	w.write(path+"/rate", s.Rate, nil)
	w.write(path+"/start", s.Start, nil)
	if s.Unit != "" {
		w.write(path+"/unit", s.Unit, nil)
	}
	if s.Names != nil {
		w.write(path+"/names", s.Names, []int{len(s.Names)})
	}
}
