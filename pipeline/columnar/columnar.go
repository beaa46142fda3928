// Package columnar owns Apache Arrow: the schema of a table's columns, and its rows as Parquet or Arrow IPC.
package columnar

import (
	"fmt"
	"io"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"heshu/schemas"
	"heshu/schemas/layout"
)

// rowGroup is how many rows go out at once: DuckDB's own row group, so that it reads them in parallel.
const rowGroup = 122880

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

// Writer writes the rows of one table. It is for one goroutine.
type Writer struct {
	columns []layout.Column
	builder *array.RecordBuilder
	sink    interface {
		Write(arrow.RecordBatch) error
		Close() error
	}
	pending int
	rows    int64
}

// NewParquet returns a writer of Parquet, compressed with Zstandard. The same rows give the same bytes.
func NewParquet(w io.Writer, columns []layout.Column) (*Writer, error) {
	schema := Schema(columns)
	props := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithMaxRowGroupLength(rowGroup),
		parquet.WithDictionaryDefault(true), parquet.WithCreatedBy("heshu"))
	sink, err := pqarrow.NewFileWriter(schema, w, props, pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		return nil, err
	}
	return &Writer{columns: columns, builder: array.NewRecordBuilder(memory.DefaultAllocator, schema), sink: sink}, nil
}

// NewIPC returns a writer of an Arrow IPC file, compressed with Zstandard.
func NewIPC(w io.Writer, columns []layout.Column) (*Writer, error) {
	schema := Schema(columns)
	sink, err := ipc.NewFileWriter(w, ipc.WithSchema(schema), ipc.WithZstd())
	if err != nil {
		return nil, err
	}
	return &Writer{columns: columns, builder: array.NewRecordBuilder(memory.DefaultAllocator, schema), sink: sink}, nil
}

// Write adds a row in the order of the columns: string, int, int64, float64, bool, schemas.Decimal, schemas.Date, time.Time,
// []string, or nil for null. A null where none may be is an error.
func (w *Writer) Write(row []any) error {
	if len(row) != len(w.columns) {
		return fmt.Errorf("row of %d values for %d columns", len(row), len(w.columns))
	}
	for i, v := range row {
		if v == nil && !w.columns[i].Null {
			return fmt.Errorf("column %s is null", w.columns[i].Name)
		}
		if err := appendValue(w.builder.Field(i), v); err != nil {
			return fmt.Errorf("column %s: %w", w.columns[i].Name, err)
		}
	}
	if w.pending++; w.pending == rowGroup {
		return w.flush()
	}
	return nil
}

func (w *Writer) flush() error {
	record := w.builder.NewRecordBatch()
	defer record.Release()
	w.rows += int64(w.pending)
	w.pending = 0
	return w.sink.Write(record)
}

// Close writes what is left and returns the number of rows.
func (w *Writer) Close() (int64, error) {
	if w.pending > 0 {
		if err := w.flush(); err != nil {
			return w.rows, err
		}
	}
	return w.rows, w.sink.Close()
}

// Release frees memory; nothing can be written after it.
func (w *Writer) Release() { w.builder.Release() }

func appendValue(b array.Builder, v any) error {
	if v == nil {
		b.AppendNull()
		return nil
	}
	switch b := b.(type) {
	case *array.Int32Builder:
		n, ok := integer(v)
		if !ok || int64(int32(n)) != n {
			return fmt.Errorf("%v is no 32-bit integer", v)
		}
		b.Append(int32(n))
		return nil
	case *array.Int64Builder:
		n, ok := integer(v)
		if !ok {
			return fmt.Errorf("%v is no integer", v)
		}
		b.Append(n)
		return nil
	}
	switch x := v.(type) {
	case string:
		b.(*array.StringBuilder).Append(x)
	case float64:
		b.(*array.Float64Builder).Append(x)
	case bool:
		b.(*array.BooleanBuilder).Append(x)
	case schemas.Decimal:
		if n, short := x.Scaled(layout.DecimalScale); short {
			b.(*array.Decimal128Builder).Append(decimal128.FromI64(n))
			return nil
		}
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

func integer(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	}
	return 0, false
}
