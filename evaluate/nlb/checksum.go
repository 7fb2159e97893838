package nlb

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// PublicChecksum is the SHA-256 of the benchmark's public targets of the test split:
// data/eval_data_test.h5 of nlb_tools.
const PublicChecksum = "f2f434d30193251b58e6a693381fdd185c8fbc0e47d38f8810e65295bc42c865"

// checksum is the SHA-256 of a file, in hexadecimal.
func checksum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
