package prepare

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// plain are the letters that no shell changes.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_"

func special(r rune) bool { return !strings.ContainsRune(plain, r) }

// Command puts words together to a line that a shell takes apart again: words of
// other than plain letters stand in quotes.
func Command(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = w
		if w == "" || strings.ContainsFunc(w, special) {
			quoted[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}

// FreeName returns a name in a folder that nothing has yet: that of a source, a file
// or folder, without its extension, and an ending; or with a number between.
func FreeName(folder, source, ending string) string {
	base := strings.TrimLeft(filepath.Base(filepath.Clean(source)), "-")
	if ext := filepath.Ext(base); ext != base && len(ext) <= len(".parquet") {
		base = strings.TrimSuffix(base, ext)
	}
	if strings.Trim(base, "./\\") == "" {
		base = "recording"
	}
	name := base + ending
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(folder, name)); os.IsNotExist(err) {
			return name
		}
		name = base + "-" + strconv.Itoa(n) + ending
	}
}

// Typed is a path as short as it can be typed in the current folder, and such that
// it cannot be taken for a flag.
func Typed(path string) string {
	if here, err := os.Getwd(); err == nil && filepath.IsAbs(path) {
		if short, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(short) {
			path = short
		}
	}
	if strings.HasPrefix(path, "-") {
		return "./" + path
	}
	return path
}
