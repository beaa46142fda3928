package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml"

	"heshu/schemas"
)

// Config is heshu.yaml. Relative paths are relative to the file's folder. Zero fields take the stated defaults.
type Config struct {
	Sources   []Source    `yaml:"sources"`   // where documents come from, in order; the nearer word wins
	Out       string      `yaml:"out"`       // folder of raw store, releases and reports; default "out"
	Returns   []Returning `yaml:"returns"`   // who has to report what
	Rules     string      `yaml:"rules"`     // folder of the office's own audit rules; default none
	Decisions string      `yaml:"decisions"` // file of decisions about findings; default decisions.yaml below out
	Papers    string      `yaml:"papers"`    // folder for every changed night's report, slips, workbook, bulletin and assessment; default none
	Schemas   string      `yaml:"schemas"`   // folder of the office's own indicators and text rules; default none
	Jobs      int         `yaml:"jobs"`      // documents read at once; default the number of processors
	Keep      int         `yaml:"keep"`      // releases kept, month ends beside; default 30
	Sample    int         `yaml:"sample"`    // observations whose evidence is looked up every night; default 200, -1 none
	Lang      string      `yaml:"lang"`      // zh (default) or en: reports
	Today     string      `yaml:"today"`     // the day of the run, for reruns and demonstrations; default today
	Limits    Limits      `yaml:"limits"`

	Fetch   Fetching      `yaml:"fetch"`   // how servers are asked
	Offline bool          `yaml:"offline"` // ask nobody: what was fetched before answers; default false
	Budget  time.Duration `yaml:"budget"`  // no further document is begun after this time; the next run goes on; default none
	Approve bool          `yaml:"approve"` // a release read by other code or data than the current one waits for heshu approve; default false
	Metrics string        `yaml:"metrics"` // a text file for Prometheus' node_exporter; default none
	Webhook Hook          `yaml:"webhook"` // who is told of every run; default nobody

	Full bool `yaml:"-"` // of one run: work everything out anew, whatever is known from the nights before
}

// Source is one place that documents come from.
type Source struct {
	Path      string   `yaml:"path"`      // a file, a folder (searched below), a .zip archive or a WARC file
	URLs      []string `yaml:"urls"`      // addresses of pages
	Lists     []string `yaml:"lists"`     // files of addresses, one a line
	Feeds     []string `yaml:"feeds"`     // addresses of RSS, Atom or JSON feeds
	Sitemaps  []string `yaml:"sitemaps"`  // addresses of sitemaps
	Within    string   `yaml:"within"`    // of feeds and sitemaps, only addresses that begin so; default all
	Include   []string `yaml:"include"`   // of a path, only names that match one of these globs; default all
	Exclude   []string `yaml:"exclude"`   // of a path, no names that match one of these globs; default none
	Name      string   `yaml:"name"`      // who submitted or published; default what the document says
	Region    string   `yaml:"region"`    // the source's region, six digits; default what the document says
	Period    string   `yaml:"period"`    // of submissions: the reporting period; default what the form says
	Published string   `yaml:"published"` // day of publication or submission; default what the document says
}

// Returning is a form that units have to send every month, quarter or year, due on its last working day.
type Returning struct {
	Form  string `yaml:"form"`  // id of a form in schemas/forms, "" for any
	Every string `yaml:"every"` // month (default), quarter or year
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
	PageBytes     int64 `yaml:"page_bytes"`     // larger pages, unpacked, are not read; default 32 MB
	PageDepth     int   `yaml:"page_depth"`     // of nested tags: what lies deeper is read without its tags, with an issue; default and most 400
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

// at fills in defaults, makes paths relative to the working folder and checks what can be checked without looking.
func (c Config) at(dir string) (Config, error) {
	c = c.withDefaults()
	under := func(p string) string {
		if p == "" || filepath.IsAbs(p) {
			return p
		}
		return filepath.Join(dir, p)
	}
	for _, p := range []*string{&c.Out, &c.Rules, &c.Schemas, &c.Decisions, &c.Papers, &c.Metrics} {
		*p = under(*p)
	}
	for i := range c.Sources {
		c.Sources[i].Path = under(c.Sources[i].Path)
		for k := range c.Sources[i].Lists {
			c.Sources[i].Lists[k] = under(c.Sources[i].Lists[k])
		}
	}
	return c, c.check()
}

func (c Config) withDefaults() Config {
	c.Out, c.Lang = cmp.Or(c.Out, "out"), cmp.Or(c.Lang, "zh")
	c.Keep, c.Sample = cmp.Or(c.Keep, 30), cmp.Or(c.Sample, 200)
	c.Limits.DocumentBytes = cmp.Or(c.Limits.DocumentBytes, 100<<20)
	c.Limits.PageBytes = cmp.Or(c.Limits.PageBytes, 32<<20)
	c.Limits.PageDepth = cmp.Or(c.Limits.PageDepth, 400)
	c.Fetch.Budget = cmp.Or(c.Fetch.Budget, 3*time.Hour)
	c.Fetch.MaxBytes = cmp.Or(c.Fetch.MaxBytes, 20<<20)
	return c
}

// check reports the first thing that cannot be meant.
func (c Config) check() error {
	if c.Lang != "zh" && c.Lang != "en" {
		return fmt.Errorf("config: lang %q: want zh or en", c.Lang)
	}
	if c.Webhook.When != "" && c.Webhook.When != "always" && c.Webhook.When != "trouble" {
		return fmt.Errorf("config: webhook: when %q: want always or trouble", c.Webhook.When)
	}
	for i, r := range c.Returns {
		if r.Every != "" && r.Every != "month" && r.Every != "quarter" && r.Every != "year" {
			return fmt.Errorf("config: returns %d: every %q: want month, quarter or year", i+1, r.Every)
		}
	}
	for i, s := range c.Sources {
		if s.Path == "" && !s.fetched() {
			return fmt.Errorf("config: source %d has neither path nor urls, lists, feeds or sitemaps", i+1)
		}
		if s.Published != "" {
			if _, err := schemas.ParseDate(s.Published); err != nil {
				return fmt.Errorf("config: source %d: %w", i+1, err)
			}
		}
	}
	if c.Today != "" {
		if _, err := schemas.ParseDate(c.Today); err != nil {
			return fmt.Errorf("config: today: %w", err)
		}
	}
	return nil
}

// DefaultConfig reads the given files and folders, with everything else at its default.
func DefaultConfig(paths ...string) (Config, error) {
	var c Config
	for _, p := range paths {
		c.Sources = append(c.Sources, Source{Path: p})
	}
	return c.at("")
}
