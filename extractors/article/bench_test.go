package article

import (
	"os"
	"path/filepath"
	"testing"

	"heshu/schemas"
)

// BenchmarkRead reads real pages of ../shared: MB/s of page bytes.
func BenchmarkRead(b *testing.B) {
	root := shared(b, "pages")
	for _, set := range []struct{ name, pattern string }{{"raw", "raw/*.html"}, {"composed", "composed/*.html"}} {
		b.Run(set.name, func(b *testing.B) {
			files, err := filepath.Glob(filepath.Join(root, set.pattern))
			if err != nil {
				b.Fatal(err)
			}
			var docs []schemas.Document
			var size int64
			for _, f := range files {
				raw, err := os.ReadFile(f)
				if err != nil {
					b.Fatal(err)
				}
				docs = append(docs, schemas.NewDocument("", raw))
				size += int64(len(raw))
			}
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, d := range docs {
					if _, err := Read(d, Config{}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
