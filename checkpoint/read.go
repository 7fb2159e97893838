package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// Read returns the state at path. A file that is cut short, changed, or not a
// checkpoint gives an error; memory use is bounded by the file's size.
func Read(path string) (*State, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := decode(file)
	if err != nil {
		return nil, fmt.Errorf("checkpoint %s: %w", path, err)
	}
	return s, nil
}

func decode(file []byte) (*State, error) {
	if len(file) < 8 {
		return nil, fmt.Errorf("%d bytes are too few for a checkpoint", len(file))
	}
	n := binary.LittleEndian.Uint64(file)
	if n > uint64(len(file)-8) {
		return nil, fmt.Errorf("the header of %d bytes goes beyond the file of %d: it was cut short, or is no checkpoint", n, len(file))
	}
	head, data := file[8:8+n], file[8+n:]
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(head, &entries); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	s := &State{}
	if err := s.readMetadata(entries[metadataKey], file); err != nil {
		return nil, err
	}
	delete(entries, metadataKey)
	return s, s.readTensors(entries, data)
}

// verify compares the checksum that the metadata names with the file's.
func verify(file []byte, digest string) error {
	at := bytes.Index(file, []byte(digest))
	if len(digest) != len(noDigest) || at < 0 {
		return errors.New("the header holds no checksum")
	}
	h := sha256.New()
	h.Write(file[:at])
	h.Write([]byte(noDigest))
	h.Write(file[at+len(digest):])
	if hex.EncodeToString(h.Sum(nil)) != digest {
		return errors.New("the checksum does not fit: the file was cut short or changed")
	}
	return nil
}

func (s *State) readMetadata(raw json.RawMessage, file []byte) error {
	var m map[string]string
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("header: %s: %w", metadataKey, err)
	}
	if m["format"] != formatName {
		return fmt.Errorf("format is %q, want %q", m["format"], formatName)
	}
	if err := verify(file, m["sha256"]); err != nil {
		return err
	}
	var faults []error
	for key, field := range map[string]*int{
		"epoch": &s.Epoch, "step": &s.Step,
		"schedule.best_epoch": &s.Schedule.BestEpoch, "schedule.bad_epochs": &s.Schedule.BadEpochs,
	} {
		v, err := strconv.Atoi(m[key])
		*field = v
		faults = append(faults, wrap(key, err))
	}
	for key, field := range map[string]*float64{
		"score": &s.Score, "learning_rate": &s.LearningRate, "schedule.best": &s.Schedule.Best,
	} {
		v, err := parseFloat(m[key])
		*field = v
		faults = append(faults, wrap(key, err))
	}
	stopped, err := strconv.ParseBool(m["schedule.stopped"])
	s.Schedule.Stopped = stopped
	faults = append(faults, wrap("schedule.stopped", err))
	if members, is := m[meanKey]; is {
		s.MeanOf = strings.Fields(members)
	}
	s.Hyper = map[string]float64{}
	for key, text := range m {
		if name, ok := strings.CutPrefix(key, hyperPrefix); ok {
			v, err := parseFloat(text)
			s.Hyper[name] = v
			faults = append(faults, wrap(key, err))
		}
	}
	return errors.Join(faults...)
}

func wrap(key string, err error) error {
	if err != nil {
		return fmt.Errorf("header: %s: %w", key, err)
	}
	return nil
}

func decodeFloats(data []byte) []float32 {
	values := make([]float32, len(data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return values
}

func parseFloat(text string) (float64, error) {
	if digits, ok := strings.CutPrefix(text, nanPrefix); ok {
		b, err := strconv.ParseUint(digits, 16, 64)
		if v := math.Float64frombits(b); err != nil || math.IsNaN(v) {
			return v, err
		}
		return 0, fmt.Errorf("%q is no NaN", text)
	}
	return strconv.ParseFloat(text, 64)
}
