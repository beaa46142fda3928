package warehouse

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"heshu/schemas/layout"
)

// ErrNoRelease says that nothing has been published yet.
var ErrNoRelease = errors.New("no release has been published yet")

// Release is one published file and its manifest.
type Release struct {
	Run            string           `json:"run"`
	Started        time.Time        `json:"started"`
	File           string           `json:"file"`
	SHA256         string           `json:"sha256"`
	Bytes          int64            `json:"bytes"`
	Content        string           `json:"content_sha256"` // of what the tables say; equal content, equal hash
	Counts         map[string]int64 `json:"rows"`           // by table
	Findings       map[string]int64 `json:"open_findings"`  // by severity
	Previous       string           `json:"previous_run"`
	ProgramVersion string           `json:"program_version"`
	CodeVersion    string           `json:"code_version"`
	RulesVersion   string           `json:"rules_version"`
	LayoutVersion  int              `json:"layout_version"`
	Views          string           `json:"views_sha256"` // of the definitions of views and macros
	DuckDB         string           `json:"duckdb_version"`
	dir            string
}

const (
	tempPrefix  = ".building-"
	pointerLink = "current.duckdb"
	pointerText = "current.txt"
)

// fits reports whether the release has the tables, views and macros of this program.
func (r Release) fits() bool { return r.LayoutVersion == layout.Version && r.Views == viewsDigest() }

// Path is where the release's file lies.
func (r Release) Path() string { return filepath.Join(r.dir, r.File) }

func (r Release) manifestPath() string {
	return filepath.Join(r.dir, strings.TrimSuffix(r.File, ".duckdb")+".json")
}

func (r Release) writeManifest() error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return replaceFile(r.manifestPath(), append(b, '\n'))
}

// CheckFile compares the release's file with its manifest.
func (r Release) CheckFile() error {
	f, err := os.Open(r.Path())
	if err != nil {
		return fmt.Errorf("check release: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("check release: %w", err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != r.SHA256 {
		return fmt.Errorf("%s is not the file that was published: SHA-256 %s, the manifest says %s", r.File, got, r.SHA256)
	}
	return nil
}

// Releases lists the releases in dir, newest first.
func Releases(dir string) ([]Release, error) {
	names, err := filepath.Glob(filepath.Join(dir, "heshu-*.json"))
	if err != nil {
		return nil, fmt.Errorf("list releases: %w", err)
	}
	var list []Release
	for _, name := range names {
		r, err := readManifest(name)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(r.Path()); err == nil { // a manifest without its file: retention was interrupted
			list = append(list, r)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Run > list[j].Run })
	return list, nil
}

// Find returns the release of a run, or the one whose run id begins so if that is only one; "" and "current" is the current one.
func Find(dir, run string) (Release, error) {
	if run == "" || run == "current" {
		return Current(dir)
	}
	list, err := Releases(dir)
	if err != nil {
		return Release{}, err
	}
	run = strings.TrimSuffix(strings.TrimPrefix(filepath.Base(run), "heshu-"), ".duckdb")
	var found []Release
	for _, r := range list {
		if strings.HasPrefix(r.Run, run) {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return Release{}, fmt.Errorf("release %q: %d releases have such a run", run, len(found))
	}
	return found[0], nil
}

// Current returns the release that the pointer names, ErrNoRelease if there is none.
func Current(dir string) (Release, error) {
	file, err := pointed(dir)
	if err != nil {
		return Release{}, err
	}
	return readManifest(filepath.Join(dir, strings.TrimSuffix(file, ".duckdb")+".json"))
}

// Manifest reads what stands beside a release's file. A link is followed.
func Manifest(path string) (Release, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return Release{}, fmt.Errorf("read manifest: %w", err)
	}
	return readManifest(strings.TrimSuffix(real, ".duckdb") + ".json")
}

func readManifest(path string) (Release, error) {
	r := Release{dir: filepath.Dir(path)}
	b, err := os.ReadFile(path)
	if err != nil {
		return Release{}, fmt.Errorf("read manifest: %w", err)
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return Release{}, fmt.Errorf("%s: read manifest: %w", path, err)
	}
	return r, nil
}

// pointed reads the pointer: the link, or the text where links are not to be had.
func pointed(dir string) (string, error) {
	file, err := os.Readlink(filepath.Join(dir, pointerLink))
	if err == nil {
		return filepath.Base(file), nil
	}
	b, err := os.ReadFile(filepath.Join(dir, pointerText))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s: %w", dir, ErrNoRelease)
	}
	if err != nil {
		return "", fmt.Errorf("read pointer: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}

// point moves both pointers, the link last: it is the one that counts.
func point(dir, file string) error {
	if err := replaceFile(filepath.Join(dir, pointerText), []byte(file+"\n")); err != nil {
		return fmt.Errorf("move pointer: %w", err)
	}
	tmp := filepath.Join(dir, tempPrefix+pointerLink)
	if err := os.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("move pointer: %w", err)
	}
	if err := os.Symlink(file, tmp); err != nil {
		return fmt.Errorf("move pointer: %w", err)
	}
	if err := os.Rename(tmp, filepath.Join(dir, pointerLink)); err != nil {
		return fmt.Errorf("move pointer: %w", err)
	}
	return syncDir(dir)
}

// mendPointer makes the text say what the link says: a run may have been killed between the two.
func mendPointer(dir string) error {
	file, err := os.Readlink(filepath.Join(dir, pointerLink))
	if err != nil {
		return nil // no release yet, or no links here: the text is all there is
	}
	b, err := os.ReadFile(filepath.Join(dir, pointerText))
	if err == nil && strings.TrimSpace(string(b)) == filepath.Base(file) {
		return nil
	}
	return replaceFile(filepath.Join(dir, pointerText), []byte(filepath.Base(file)+"\n"))
}

// removeTemporary removes what killed runs left half done.
func removeTemporary(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil {
		return fmt.Errorf("sweep %s: %w", dir, err)
	}
	for _, f := range left {
		if err := os.Remove(f); err != nil {
			return fmt.Errorf("sweep %s: %w", dir, err)
		}
	}
	return nil
}

// sweep removes what killed runs left: what is half done, and files without a manifest.
func sweep(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "heshu-*.duckdb"))
	if err != nil {
		return fmt.Errorf("sweep %s: %w", dir, err)
	}
	for _, f := range files {
		if _, err := os.Stat(strings.TrimSuffix(f, ".duckdb") + ".json"); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.Remove(f); err != nil {
			return fmt.Errorf("sweep %s: %w", dir, err)
		}
	}
	return removeTemporary(dir)
}

// unpointed finds a finished release of this content that a killed run made after previous and did not point to.
func unpointed(dir, content string, previous Release) (Release, bool, error) {
	list, err := Releases(dir)
	if err != nil {
		return Release{}, false, err
	}
	for _, r := range list {
		if r.Content == content && r.Previous == previous.Run && r.Run != previous.Run && r.fits() {
			return r, true, nil
		}
	}
	return Release{}, false, nil
}

// retain removes releases older than the newest Keep, except the last of each month and the current one.
func (w *Warehouse) retain() error {
	list, err := Releases(w.config.Releases)
	if err != nil || w.config.Keep <= 0 {
		return err
	}
	current, err := pointed(w.config.Releases)
	if err != nil {
		return err
	}
	months := map[string]bool{}
	for i, r := range list { // newest first: the first met of a month is its last
		month := r.Started.Format("2006-01")
		if i < w.config.Keep || !months[month] || r.File == current {
			months[month] = true
			continue
		}
		if err := errors.Join(os.Remove(r.Path()), os.Remove(r.manifestPath())); err != nil {
			return fmt.Errorf("remove old release: %w", err)
		}
	}
	return nil
}
