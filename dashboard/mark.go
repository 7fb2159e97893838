package dashboard

import (
	"encoding/hex"
	"fmt"
	"hash"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
)

// markOf returns a checksum of the names, times and sizes of the files that can change while a
// run goes on: those at the top of its folder, those kept for readers, and of the generation
// under way what its members and their newest attempts have written. Generations that are
// over do not change. The error is that of the folder itself: what is missing in it is no
// fault of this.
func markOf(dir string) (string, error) {
	sum := fnv.New128a()
	if _, err := markFolder(sum, dir); err != nil {
		return "", err
	}
	for _, name := range []string{"best", "finalists", "page"} {
		_, _ = markFolder(sum, filepath.Join(dir, name))
	}
	generations, _ := markFolder(sum, filepath.Join(dir, "generations"))
	if len(generations) > 0 {
		markGeneration(sum, filepath.Join(dir, "generations", newest(generations)))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// markGeneration adds a generation's members.
func markGeneration(sum hash.Hash, dir string) {
	members, _ := markFolder(sum, dir)
	for _, m := range members {
		_, _ = markFolder(sum, filepath.Join(dir, m))
		attempts := filepath.Join(dir, m, "attempts")
		if all, _ := markFolder(sum, attempts); len(all) > 0 {
			_, _ = markFolder(sum, filepath.Join(attempts, newest(all)))
		}
	}
}

// newest returns the last of some folders that are named by numbers.
func newest(names []string) string {
	last := names[0]
	for _, name := range names {
		if len(name) > len(last) || len(name) == len(last) && name > last { // 1000 comes after 999
			last = name
		}
	}
	return last
}

// markFolder adds what lies in a folder: names, and of files times and sizes. It returns the names
// of folders. Files in the making, which have a dot in front, will be others in a moment.
func markFolder(sum hash.Hash, dir string) (folders []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if e.IsDir() {
			folders = append(folders, e.Name())
			fmt.Fprintf(sum, "%q ", e.Name())
		} else if info, err := e.Info(); err == nil {
			fmt.Fprintf(sum, "%q %d %d ", e.Name(), info.Size(), info.ModTime().UnixNano())
		}
	}
	return folders, nil
}
