package read

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// timeScript reads each file with SheetJS and prints the cells, the seconds that reading took, and the most memory of the process.
const timeScript = `const X=require('xlsx'),fs=require('fs');let cells=0;const t=process.hrtime.bigint();
for(const f of process.argv.slice(1)){const wb=X.read(fs.readFileSync(f),{type:'buffer',dense:true});
for(const n of wb.SheetNames){for(const r of wb.Sheets[n])if(r)for(const c of r)if(c)cells++;}}
console.log(JSON.stringify({Cells:cells,Seconds:Number(process.hrtime.bigint()-t)/1e9,MB:process.resourceUsage().maxRSS/1024}));`

// BenchmarkSheetJS reads the files of the other benchmarks with npm's xlsx: 100,000 × 20 cells as .xlsx and .xls, 500 small forms.
func BenchmarkSheetJS(b *testing.B) {
	folder := nodeFolder(b)
	dir := b.TempDir()
	put := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			b.Fatal(err)
		}
		return path
	}
	small := make([]string, 500)
	form := bigXLSX(b, 20)
	for i := range small {
		small[i] = put(fmt.Sprintf("%d.xlsx", i), form)
	}
	for _, set := range []struct {
		name  string
		files []string
	}{{"xlsx", []string{put("big.xlsx", bigXLSX(b, bigRows))}}, {"xls", []string{put("big.xls", bigXLS())}}, {"500-small", small}} {
		b.Run(set.name, func(b *testing.B) {
			var sum struct{ Cells, Seconds, MB float64 }
			for b.Loop() {
				cmd := exec.CommandContext(b.Context(), "node", append([]string{"--max-old-space-size=8000", "-e", timeScript, "--"}, set.files...)...)
				cmd.Dir = folder
				out, err := cmd.Output()
				if err != nil {
					b.Fatal(err)
				}
				var one struct{ Cells, Seconds, MB float64 }
				if err := json.Unmarshal(out, &one); err != nil {
					b.Fatal(err)
				}
				sum.Cells, sum.Seconds, sum.MB = sum.Cells+one.Cells, sum.Seconds+one.Seconds, max(sum.MB, one.MB)
			}
			b.ReportMetric(sum.Cells/sum.Seconds, "cells/s")
			b.ReportMetric(float64(len(set.files)*b.N)/sum.Seconds, "files/s")
			b.ReportMetric(sum.MB, "peak-RSS-MB")
		})
	}
}
