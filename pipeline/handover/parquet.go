package handover

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"heshu/schemas"
	"heshu/schemas/layout"
)

const (
	scale    = layout.DecimalScale
	maxWhole = layout.DecimalPrecision - layout.DecimalScale
	rowGroup = 122880 // rows of a row group: DuckDB's own, so that it reads them in parallel

)

// Schema is the Arrow schema of columns, with the layout's version and the columns' explanations as metadata.
func Schema(columns []layout.Column) *arrow.Schema {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		meta := arrow.NewMetadata([]string{"zh", "en"}, []string{c.Zh, c.En})
		fields[i] = arrow.Field{Name: c.Name, Type: arrowType(c.Type), Nullable: c.Null, Metadata: meta}
	}
	version := arrow.NewMetadata([]string{"heshu.layout_version"}, []string{fmt.Sprint(layout.Version)})
	return arrow.NewSchema(fields, &version)
}

func arrowType(t layout.Type) arrow.DataType {
	switch t {
	case layout.TextList:
		return arrow.ListOfNonNullable(arrow.BinaryTypes.String)
	case layout.Int:
		return arrow.PrimitiveTypes.Int32
	case layout.BigInt:
		return arrow.PrimitiveTypes.Int64
	case layout.Float:
		return arrow.PrimitiveTypes.Float64
	case layout.Bool:
		return arrow.FixedWidthTypes.Boolean
	case layout.Decimal:
		return &arrow.Decimal128Type{Precision: layout.DecimalPrecision, Scale: layout.DecimalScale}
	case layout.Day:
		return arrow.FixedWidthTypes.Date32
	case layout.Moment:
		return &arrow.TimestampType{Unit: arrow.Microsecond}
	case layout.Blob:
		return arrow.BinaryTypes.Binary
	}
	return arrow.BinaryTypes.String
}

// tableWriter writes the rows of one table into one file, a row group at a time.
type tableWriter struct {
	file    *os.File
	sum     interface{ Sum([]byte) []byte }
	writer  *pqarrow.FileWriter
	builder *array.RecordBuilder
	table   layout.Table
	columns []layout.Column
	pending int
	rows    int64
	bytes   *int64
}

type counter struct {
	io.Writer
	n *int64
}

func (c counter) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	*c.n += int64(n)
	return n, err
}

func newTableWriter(name string, table layout.Table) (*tableWriter, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	columns := table.HandoverColumns()
	schema, sum, n := Schema(columns), sha256.New(), new(int64)
	props := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithMaxRowGroupLength(rowGroup),
		parquet.WithDictionaryDefault(true), parquet.WithCreatedBy("heshu"))
	w, err := pqarrow.NewFileWriter(schema, counter{io.MultiWriter(f, sum), n}, props, pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &tableWriter{f, sum, w, array.NewRecordBuilder(memory.DefaultAllocator, schema), table, columns, 0, 0, n}, nil
}

func (w *tableWriter) write(rows []row) error {
	for _, r := range rows {
		if len(r) != len(w.columns) {
			return fmt.Errorf("row of %d values for %d columns", len(r), len(w.columns))
		}
		for i, v := range r {
			if v == nil && !w.columns[i].Null {
				return fmt.Errorf("column %s is null", w.columns[i].Name)
			}
			if err := appendValue(w.builder.Field(i), v); err != nil {
				return fmt.Errorf("column %s: %w", w.columns[i].Name, err)
			}
		}
		if w.pending++; w.pending == rowGroup {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *tableWriter) flush() error {
	record := w.builder.NewRecordBatch()
	defer record.Release()
	w.rows += int64(w.pending)
	w.pending = 0
	return w.writer.Write(record)
}

func (w *tableWriter) close() (Digest, error) {
	if w.pending > 0 {
		if err := w.flush(); err != nil {
			return Digest{}, err
		}
	}
	if err := w.writer.Close(); err != nil {
		return Digest{}, err
	}
	if err := errors.Join(w.file.Sync(), w.file.Close()); err != nil {
		return Digest{}, err
	}
	return Digest{w.rows, *w.bytes, hex.EncodeToString(w.sum.Sum(nil))}, nil
}

// abandon frees what close did not; after close it does nothing that matters.
func (w *tableWriter) abandon() {
	w.builder.Release()
	w.file.Close()
}

func appendValue(b array.Builder, v any) error {
	if v == nil {
		b.AppendNull()
		return nil
	}
	switch x := v.(type) {
	case string:
		b.(*array.StringBuilder).Append(x)
	case int:
		b.(*array.Int32Builder).Append(int32(x))
	case int64:
		b.(*array.Int64Builder).Append(x)
	case float64:
		b.(*array.Float64Builder).Append(x)
	case bool:
		b.(*array.BooleanBuilder).Append(x)
	case schemas.Decimal:
		n, err := decimal128.FromString(x.String(), layout.DecimalPrecision, layout.DecimalScale)
		if err != nil {
			return err
		}
		b.(*array.Decimal128Builder).Append(n)
	case schemas.Date:
		b.(*array.Date32Builder).Append(arrow.Date32FromTime(x.Time()))
	case time.Time:
		b.(*array.TimestampBuilder).Append(arrow.Timestamp(x.UnixMicro()))
	case []string:
		list := b.(*array.ListBuilder)
		list.Append(true)
		for _, s := range x {
			list.ValueBuilder().(*array.StringBuilder).Append(s)
		}
	default:
		return fmt.Errorf("value of type %T", v)
	}
	return nil
}
