package handover

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"

	"heshu/pipeline/columnar"
	"heshu/schemas/layout"
)

// tableWriter writes the rows of one table into one Parquet file and notes its digest.
type tableWriter struct {
	file   *os.File
	sum    hash.Hash
	bytes  int64
	writer *columnar.Writer
	table  layout.Table
}

func newTableWriter(name string, table layout.Table) (*tableWriter, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	w := &tableWriter{file: f, sum: sha256.New(), table: table}
	if w.writer, err = columnar.NewParquet(w.tee(), table.HandoverColumns()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// tee is the file, its hash and its length.
func (w *tableWriter) tee() io.Writer { return io.MultiWriter(w.file, w.sum, (*counter)(&w.bytes)) }

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

func (w *tableWriter) write(rows []row) error {
	for _, r := range rows {
		if err := w.writer.Write(r); err != nil {
			return err
		}
	}
	return nil
}

func (w *tableWriter) close() (Digest, error) {
	rows, err := w.writer.Close()
	if err := errors.Join(err, w.file.Sync(), w.file.Close()); err != nil {
		return Digest{}, err
	}
	return Digest{rows, w.bytes, hex.EncodeToString(w.sum.Sum(nil))}, nil
}

// abandon frees what close did not; after close it does nothing that matters.
func (w *tableWriter) abandon() {
	w.writer.Release()
	w.file.Close()
}
