package extractors_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"heshu/extractors"
	"heshu/extractors/extractest"
	"heshu/schemas"
)

// files reads all files below a folder.
func files(t *testing.T, dir string) (docs []schemas.Document) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		docs = append(docs, schemas.NewDocument(filepath.Base(path), b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestExtractorsKeepTheContractOnTheFixtures(t *testing.T) {
	t.Parallel()
	list := extractors.List(extractors.Config{})
	extract := func(doc schemas.Document) (schemas.Extraction, error) { return extractors.Extract(list, doc) }
	for _, dir := range []string{"submissions", "pages"} {
		extractest.Conforms(t, extract, files(t, filepath.Join("..", "fixtures", "zhoukou", dir))...)
	}
}

// TestRealDocumentsKeepTheContract reads the real documents that lie beside the project; each is whole or has an error.
func TestRealDocumentsKeepTheContract(t *testing.T) {
	t.Parallel()
	shared := filepath.Join("..", "..", "shared")
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no folder shared beside the project: its real documents are not read")
	}
	list := extractors.List(extractors.Config{})
	for _, dir := range []string{"corpus", "pages/composed", "pages/raw", "sheets/zh", "sheets/hostile"} {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			for _, doc := range files(t, filepath.Join(shared, filepath.FromSlash(dir))) {
				x, err := extractors.Extract(list, doc)
				if err != nil {
					t.Logf("%s: %v", doc.Name, err)
					continue
				}
				t.Run(doc.Name, func(t *testing.T) { extractest.Whole(t, x) })
			}
		})
	}
}
