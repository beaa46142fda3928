package pipeline

import "os"

// ReplaceFile writes a file beside its name and renames it into place: whole or not at all.
func ReplaceFile(path string, b []byte) error {
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}
