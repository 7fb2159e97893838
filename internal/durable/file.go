package durable

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/internal/fault"
)

// File is a file in the making. It is for one goroutine.
type File struct {
	file *os.File
	path string // where it is seen, now or after Commit
}

// Temp creates a file beside path that Commit will put there.
func Temp(path string) (*File, error) {
	if err := fault.Before("create", path); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), tempPrefix+filepath.Base(path)+".*"+tempSuffix)
	return &File{f, path}, err
}

// Create creates or empties the file at path, which readers see grow.
func Create(path string) (*File, error) {
	if err := fault.Before("create", path); err != nil {
		return nil, err
	}
	f, err := os.Create(path)
	return &File{f, path}, err
}

// Append opens the file at path, or creates it, to write after its first keep
// bytes; what comes after them goes. Readers see it grow.
func Append(path string, keep int64) (*File, error) {
	if err := fault.Before("create", path); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	f := &File{file, path}
	info, err := file.Stat()
	if err == nil && info.Size() > keep {
		err = f.Truncate(keep)
	}
	if err == nil {
		_, err = file.Seek(keep, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return f, nil
}

// Name returns the path of the file as it is now.
func (f *File) Name() string { return f.file.Name() }

// Write implements io.Writer.
func (f *File) Write(p []byte) (int, error) {
	return fault.Write(f.path, p, func(p []byte, _ int) (int, error) { return f.file.Write(p) })
}

// WriteAt implements io.WriterAt.
func (f *File) WriteAt(p []byte, offset int64) (int, error) {
	return fault.Write(f.path, p, func(p []byte, from int) (int, error) {
		return f.file.WriteAt(p, offset+int64(from))
	})
}

// ReadAt implements io.ReaderAt, for files made by Temp and Create.
func (f *File) ReadAt(p []byte, offset int64) (int, error) { return f.file.ReadAt(p, offset) }

// Truncate sets the file's size.
func (f *File) Truncate(size int64) error {
	if err := fault.Before("truncate", f.path); err != nil {
		return err
	}
	return f.file.Truncate(size)
}

// Sync makes what was written durable.
func (f *File) Sync() error {
	if err := fault.Before("sync", f.path); err != nil {
		return err
	}
	return f.file.Sync()
}

// Close closes the file as it is.
func (f *File) Close() error { return f.file.Close() }

// Discard removes a file made by Temp.
func (f *File) Discard() error {
	return errors.Join(f.file.Close(), Remove(f.file.Name()))
}

// Commit puts a file made by Temp at its path, whole and durable, in place of
// one that is there. If it cannot, the file is discarded.
func (f *File) Commit() error {
	if err := f.finish(); err != nil {
		return err
	}
	if err := rename(f.file.Name(), f.path); err != nil {
		return errors.Join(err, Remove(f.file.Name()))
	}
	return SyncFolder(filepath.Dir(f.path))
}

// finish makes the content durable and closes the file.
func (f *File) finish() error {
	err := fault.Before("chmod", f.path)
	if err == nil {
		err = f.file.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.file.Close()); err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", f.path, err), Remove(f.file.Name()))
	}
	return nil
}
