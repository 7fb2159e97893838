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

// operand is a path that cannot be taken for a flag.
func operand(path string) string {
	if strings.HasPrefix(path, "-") {
		return "./" + path
	}
	return path
}
