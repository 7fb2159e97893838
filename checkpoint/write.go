package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/internal/durable"
)

// The groups of tensors, in the order of the file. The last is of members that
// keep an average alone.
var groups = [...]string{"params/", "adam_m/", "adam_v/", "average/"}

const (
	formatName  = "autolfads-checkpoint-1"
	metadataKey = "__metadata__"
)

// noDigest stands where the checksum will be.
var noDigest = strings.Repeat("0", 2*sha256.Size)

// tensor is the header's entry of one tensor.
type tensor struct {
	DType   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

// Write puts s at path: whole or, after a crash at any moment, not at all. The
// same state gives the same bytes. It panics if the parts of s do not fit
// together.
func Write(path string, s *State) error {
	s.check()
	file, err := encode(s)
	if err != nil {
		return fmt.Errorf("checkpoint %s: %w", path, err)
	}
	return durable.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(file)
		return err
	})
}

// encode returns the bytes of the file.
func encode(s *State) ([]byte, error) {
	head, err := header(s)
	if err != nil {
		return nil, err
	}
	size := 8 + len(head)
	for _, values := range s.values() {
		size += 4 * len(values)
	}
	file := make([]byte, 0, size) // it may be hundreds of megabytes
	file = binary.LittleEndian.AppendUint64(file, uint64(len(head)))
	file = append(file, head...)
	for _, values := range s.values() {
		for _, v := range values {
			file = binary.LittleEndian.AppendUint32(file, math.Float32bits(v))
		}
	}
	digest := sha256.Sum256(file)
	const field = `"sha256":"`
	at := bytes.Index(file, []byte(field+noDigest)) + len(field)
	copy(file[at:], hex.EncodeToString(digest[:]))
	return file, nil
}

// header returns the JSON header, padded with spaces so that the values begin
// at a multiple of 8 bytes.
func header(s *State) ([]byte, error) {
	entries := map[string]any{metadataKey: metadata(s)}
	at, kept := 0, groups[:len(s.values())]
	for _, group := range kept {
		for i, name := range s.Names {
			end := at + 4*product(s.Shapes[i])       // at, for a tensor without values: weights of inputs that a model does not have
			shape := append([]int{}, s.Shapes[i]...) // a scalar's is [], not null
			entries[group+name] = tensor{"F32", shape, [2]int{at, end}}
			at = end
		}
	}
	if len(entries) != 1+len(kept)*len(s.Names) {
		return nil, fmt.Errorf("two tensors have the same name: %q", s.Names)
	}
	head, err := json.Marshal(entries) // sorts the keys
	for len(head)%8 != 0 {
		head = append(head, ' ')
	}
	return head, err
}

// metadata returns the fields of s that are no tensors, as text.
func metadata(s *State) map[string]string {
	m := map[string]string{
		"format":              formatName,
		"sha256":              noDigest,
		"epoch":               strconv.Itoa(s.Epoch),
		"step":                strconv.Itoa(s.Step),
		"score":               formatFloat(s.Score),
		"learning_rate":       formatFloat(s.LearningRate),
		"schedule.best":       formatFloat(s.Schedule.Best),
		"schedule.best_epoch": strconv.Itoa(s.Schedule.BestEpoch),
		"schedule.bad_epochs": strconv.Itoa(s.Schedule.BadEpochs),
		"schedule.stopped":    strconv.FormatBool(s.Schedule.Stopped),
	}
	for key, v := range s.Hyper {
		m[hyperPrefix+key] = formatFloat(v)
	}
	if s.MeanOf != nil {
		m[meanKey] = strings.Join(s.MeanOf, " ")
	}
	return m
}

const (
	hyperPrefix = "hyper."
	meanKey     = "mean_of"
)

// formatFloat writes v so that parseFloat gives its bits back.
func formatFloat(v float64) string {
	if math.IsNaN(v) {
		return fmt.Sprintf("%s%016x", nanPrefix, math.Float64bits(v))
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

const nanPrefix = "NaN:"

// SHA256 returns the checksum of a file in hexadecimal.
func SHA256(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("checksum of %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
