package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"sync"

	"golang.org/x/sync/errgroup"

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
func loadReference(office string) (ref reference, err error) {
	var group errgroup.Group
	group.Go(func() (err error) {
		if ref.catalog, err = catalog.Load(folder(office)); err != nil {
			err = fmt.Errorf("read catalogue: %w", err)
		}
		return err
	})
	group.Go(func() (err error) {
		if ref.forms, err = forms.Load(folder(office)); err != nil {
			err = fmt.Errorf("read forms: %w", err)
		}
		return err
	})
	ref.regions = regionTable()
	return ref, group.Wait()
}

var regionTable = sync.OnceValue(region.Load)

// newReader wires extraction and normalisation.
func newReader(o readerOptions) (pipeline.Reader, error) {
	ref, err := loadReference(o.office)
	if err != nil {
		return pipeline.Reader{}, err
	}
	return ref.reader(o), nil
}

func (ref reference) reader(o readerOptions) pipeline.Reader {
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
		Stream: func(d schemas.Document, use func(schemas.Observation)) (schemas.Extraction, []schemas.Issue, error) {
			return stream(config, meanings, d, use)
		},
	}
}

// stream reads a workbook one figure at a time.
func stream(config extractors.Config, meanings *normalize.Normalizer, doc schemas.Document, use func(schemas.Observation)) (x schemas.Extraction, made []schemas.Issue, err error) {
	defer debug.SetGCPercent(debug.SetGCPercent(50)) // the cells stay, all else is short-lived: room for half as much is enough
	x.Kind = schemas.Workbook
	s := meanings.Stream(doc, func(o schemas.Observation, issues []schemas.Issue) {
		made = append(made, issues...)
		use(o)
	})
	x.Parts, err = extractors.WalkWorkbook(config, doc, workbook.Visitor{
		Part: s.Part, Figure: s.Figure,
		Exclusion: func(e schemas.Exclusion) { x.Exclusions = append(x.Exclusions, e) },
		Issue:     func(i schemas.Issue) { x.Issues = append(x.Issues, i) },
	})
	s.Close()
	return x, made, err
}

// A workbook is large whose observations nobody wants to hold at once: 3 kB each. A packed one is by what it unpacks to, at some 40
// bytes a cell, any other by its own size, at some 14.
const (
	largeUnpacked = 2 << 20
	largePlain    = 512 << 10
)

// isLarge reports whether a workbook may have some 50,000 cells or more.
func isLarge(d schemas.Document) bool {
	if !workbook.Is(d) {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(d.Bytes), int64(len(d.Bytes)))
	if err != nil {
		return len(d.Bytes) > largePlain
	}
	size := uint64(0)
	for _, f := range z.File {
		size += f.UncompressedSize64
	}
	return size > largeUnpacked
}

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
