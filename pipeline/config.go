package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"heshu/schemas"
)

// Config is heshu.yaml. Relative paths are relative to the file's folder. Zero fields take the stated defaults.
type Config struct {
	Sources []Source    `yaml:"sources"` // where documents come from, in order; the nearer word wins
	Out     string      `yaml:"out"`     // folder of raw store, releases and reports; default "out"
	Returns []Returning `yaml:"returns"` // who has to report what
	Rules   string      `yaml:"rules"`   // folder of the office's own audit rules; default none
	Schemas string      `yaml:"schemas"` // folder of the office's own indicators and text rules; default none
	Jobs    int         `yaml:"jobs"`    // documents read at once; default the number of processors
	Keep    int         `yaml:"keep"`    // releases kept, month ends beside; default 30
	Sample  int         `yaml:"sample"`  // observations whose evidence is looked up every night; default 200, -1 none
	Lang    string      `yaml:"lang"`    // zh (default) or en: reports
	Today   string      `yaml:"today"`   // the day of the run, for reruns and demonstrations; default today
	Limits  Limits      `yaml:"limits"`
}

// Source is one place that documents come from.
type Source struct {
	Path      string `yaml:"path"`      // a file, a folder (searched below) or a .zip archive
	Name      string `yaml:"name"`      // who submitted or published; default what the document says
	Region    string `yaml:"region"`    // the source's region, six digits; default what the document says
	Period    string `yaml:"period"`    // of submissions: the reporting period; default what the form says
	Published string `yaml:"published"` // day of publication or submission; default what the document says
}

// Returning is a form that units have to send every month, due on its last working day.
type Returning struct {
	Form  string `yaml:"form"`  // id of a form in schemas/forms, "" for any
	First string `yaml:"first"` // first month, 2018-06
	Last  string `yaml:"last"`  // last month; default the month before today
	Units []Unit `yaml:"units"`
}

// Unit is a reporting unit.
type Unit struct {
	Name   string             `yaml:"name"`
	Region schemas.RegionCode `yaml:"region"`
}

// Limits bound what one document may cost.
type Limits struct {
	DocumentBytes int64 `yaml:"document_bytes"` // larger ones are refused with an issue; default 100 MB
}

// ReadConfig reads a configuration file; an unknown field is an error that names its line.
func ReadConfig(path string) (Config, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("read config: %w", err)
	}
	var c Config
	if len(bytes.TrimSpace(b)) > 0 {
		if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&c); err != nil {
			return Config{}, fmt.Errorf("%s: %w", path, err)
		}
	}
	return c.at(filepath.Dir(path))
}

// at fills in defaults and makes paths relative to the working folder.
func (c Config) at(dir string) (Config, error) {
	under := func(p string) string {
		if p == "" || filepath.IsAbs(p) {
			return p
		}
		return filepath.Join(dir, p)
	}
	if c.Out == "" {
		c.Out = "out"
	}
	if c.Keep == 0 {
		c.Keep = 30
	}
	if c.Sample == 0 {
		c.Sample = 200
	}
	if c.Lang == "" {
		c.Lang = "zh"
	}
	if c.Limits.DocumentBytes == 0 {
		c.Limits.DocumentBytes = 100 << 20
	}
	if c.Lang != "zh" && c.Lang != "en" {
		return c, fmt.Errorf("config: lang %q: want zh or en", c.Lang)
	}
	c.Out, c.Rules, c.Schemas = under(c.Out), under(c.Rules), under(c.Schemas)
	for i := range c.Sources {
		if c.Sources[i].Path == "" {
			return c, fmt.Errorf("config: source %d has no path", i+1)
		}
		c.Sources[i].Path = under(c.Sources[i].Path)
		if p := c.Sources[i].Published; p != "" {
			if _, err := schemas.ParseDate(p); err != nil {
				return c, fmt.Errorf("config: source %d: %w", i+1, err)
			}
		}
	}
	if c.Today != "" {
		if _, err := schemas.ParseDate(c.Today); err != nil {
			return c, fmt.Errorf("config: today: %w", err)
		}
	}
	return c, nil
}

// DefaultConfig reads the given files and folders, with everything else at its default.
func DefaultConfig(paths ...string) (Config, error) {
	var c Config
	for _, p := range paths {
		c.Sources = append(c.Sources, Source{Path: p})
	}
	return c.at("")
}
