package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"sync"

	"heshu/extractors"
	"heshu/extractors/article"
	"heshu/extractors/workbook"
	"heshu/pipeline"
	"heshu/pipeline/normalize"
	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/forms"
	"heshu/schemas/region"
)

// readerOptions say how documents are read.
type readerOptions struct {
	password string
	office   string // folder of the office's own indicators, forms and text rules
	limits   pipeline.Limits
	trace    bool
}

// reference is the reference data that commands share.
type reference struct {
	catalog *catalog.Catalog
	regions *region.Table
	forms   *forms.Set
}

// loadReference reads the embedded reference data, and an office's own over it.
func loadReference(office string) (reference, error) {
	c, err := catalog.Load(folder(office))
	if err != nil {
		return reference{}, fmt.Errorf("read catalogue: %w", err)
	}
	f, err := forms.Load(folder(office))
	if err != nil {
		return reference{}, fmt.Errorf("read forms: %w", err)
	}
	return reference{c, regionTable(), f}, nil
}

var regionTable = sync.OnceValue(region.Load)

// newReader wires extraction and normalisation.
func newReader(o readerOptions) (pipeline.Reader, error) {
	ref, err := loadReference(o.office)
	if err != nil {
		return pipeline.Reader{}, err
	}
	page := article.Config{MaxBytes: o.limits.PageBytes, MaxDepth: o.limits.PageDepth}
	config := extractors.Config{Password: o.password, Page: page, Regions: ref.regions, Forms: ref.forms}
	list := extractors.List(config)
	meanings := normalize.New(ref.catalog, ref.regions, normalize.Config{Trace: o.trace, Forms: ref.forms})
	return pipeline.Reader{
		Extract: func(d schemas.Document) (schemas.Extraction, error) { return extractors.Extract(list, d) },
		Texts: func(d schemas.Document) (func(int, schemas.Locator) (string, bool), error) {
			return extractors.Texts(config, d)
		},
		Observe: meanings.Observe,
		Stream: func(d schemas.Document, use func(schemas.Observation)) ([]schemas.Issue, error) {
			return stream(config, meanings, d, use)
		},
	}, nil
}

// stream reads a workbook one figure at a time.
func stream(config extractors.Config, meanings *normalize.Normalizer, doc schemas.Document, use func(schemas.Observation)) ([]schemas.Issue, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(50)) // the cells stay, all else is short-lived: room for half as much is enough
	var found, made []schemas.Issue
	s := meanings.Stream(doc, func(o schemas.Observation, issues []schemas.Issue) {
		made = append(made, issues...)
		use(o)
	})
	err := extractors.WalkWorkbook(config, doc, workbook.Visitor{
		Part: s.Part, Figure: s.Figure, Exclusion: func(schemas.Exclusion) {}, Issue: func(i schemas.Issue) { found = append(found, i) },
	})
	s.Close()
	return append(found, made...), err
}

// largeWorkbook is the size from which a workbook's observations are printed as they are found: some 300,000 cells.
const largeWorkbook = 1 << 20

func isLarge(d schemas.Document) bool { return len(d.Bytes) > largeWorkbook && workbook.Is(d) }

// folder is a folder of an office's own files, nil for none.
func folder(path string) fs.FS {
	if path == "" {
		return nil
	}
	return os.DirFS(path)
}

// codeVersion names the reading code and its data: another one reads documents anew. It is the program's version and a
// digest of the office's own files.
func codeVersion(office string) (string, error) {
	if office == "" {
		return version, nil
	}
	h := sha256.New()
	dir := folder(office)
	err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(dir, path)
		fmt.Fprintf(h, "%s\x00%d\x00%s", path, len(b), b)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read %s: %w", office, err)
	}
	return version + "+" + hex.EncodeToString(h.Sum(nil)[:6]), nil
}
