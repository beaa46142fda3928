package pipeline

import "os"

// unfinished ends the name of a file or folder that is not whole yet.
const unfinished = ".tmp"

// ReplaceFile writes a file beside its name and renames it into place: whole or not at all.
func ReplaceFile(path string, b []byte) error {
	tmp := path + unfinished
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}
