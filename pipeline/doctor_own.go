package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"heshu/schemas/catalog"
	"heshu/schemas/forms"
	"heshu/schemas/rules"
	"heshu/schemas/wording"
)

func readRules(dir fs.FS) error {
	_, err := rules.Load(dir)
	return err
}

func readData(dir fs.FS) error {
	_, err1 := catalog.Load(dir)
	_, err2 := forms.Load(dir)
	return errors.Join(err1, err2)
}

// checkOwn looks at what the office keeps itself: folders of rules and of data, decisions, where papers and metrics are written.
func (c Config) checkOwn() []Check {
	var list []Check
	for _, x := range []struct {
		name         wording.Words
		dir, pattern string
		read         func(fs.FS) error
	}{{say("rules"), c.Rules, "*.yaml", readRules}, {say("schemas"), c.Schemas, "*", readData}} {
		if x.dir == "" {
			continue
		}
		if _, err := os.ReadDir(x.dir); err != nil {
			list = append(list, Check{x.name, Failure, trouble(err), say("make it, correct the path, or take its line out of the configuration")})
			continue
		}
		files, err := filepath.Glob(filepath.Join(x.dir, x.pattern))
		if err != nil || len(files) == 0 {
			list = append(list, Check{x.name, Warning, say("%s holds no %s", x.dir, x.pattern), say("nothing of the office's own is used: put its files there")})
			continue
		}
		if err := x.read(os.DirFS(x.dir)); err != nil {
			list = append(list, Check{x.name, Failure, trouble(err), say("correct the file, or take it out of the folder")})
			continue
		}
		list = append(list, fine(x.name, "%d files in %s", len(files), x.dir))
	}
	if decided, err := ReadDecisions(c.DecisionPath()); err != nil {
		list = append(list, Check{say("decisions"), Failure, trouble(err), say("correct the file: heshu decide writes its form")})
	} else if len(decided) > 0 {
		list = append(list, fine(say("decisions"), "%d in %s", len(decided), c.DecisionPath()))
	}
	if c.Metrics != "" {
		dir := filepath.Dir(c.Metrics)
		f, err := os.CreateTemp(dir, ".heshu-doctor-")
		if err == nil {
			err = f.Close()
			if e := os.Remove(f.Name()); err == nil {
				err = e
			}
		}
		if err != nil {
			list = append(list, Check{say("metrics"), Warning, trouble(err), say("make the folder, or give this user the right to write there")})
		} else {
			list = append(list, fine(say("metrics"), "%s can be written", c.Metrics))
		}
	}
	return list
}
