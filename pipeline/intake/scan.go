package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"heshu/schemas"
)

// Source is one place that documents come from: a file, a folder that is searched below, or a .zip archive.
type Source struct {
	Path      string
	Include   []string // globs on the name within the source or its last element; none: every file
	Exclude   []string // likewise; hidden files and lock files of office programs are always left out
	Skip      string   // a folder that is not searched: heshu's own, where it lies within the source
	Name      string   // who submitted or published, "" if the documents say
	Region    schemas.RegionCode
	Period    schemas.Period
	Published schemas.Date
	Licence   string
}

// State is how a document stands to what came in before under its name.
type State uint8

// The states; the zero value is unset.
const (
	New       State = iota + 1 // nothing came in under this name before
	Changed                    // other bytes came in under this name before
	Unchanged                  // these very bytes were the last that came in
)

// Item is one document that a source holds now. Its bytes are in the store.
type Item struct {
	Receipt
	State  State
	Issues []schemas.Issue // why it is not to be read; such an item is to be recorded as rejected
}

func (r Receipt) item(state State) Item {
	i := Item{Receipt: r, State: state}
	if r.Refused != "" {
		i.Issues = []schemas.Issue{{Part: -1, Code: r.Refused, Message: r.Why}}
	}
	return i
}

// Document returns the document without its bytes.
func (i Item) Document() schemas.Document {
	return schemas.Document{ID: i.Receipt.Document, Name: i.Name, Source: i.Source, Published: i.Posted, Region: i.Region, Period: i.Period, Charset: i.Charset}
}

// Limits bound what intake takes in. Zero fields take the stated defaults.
type Limits struct {
	DocumentBytes int64 // of one document; 100 MB
	ArchiveBytes  int64 // of all members of one archive together, unpacked; 1 GB
	ArchiveFiles  int   // members of one archive; 10,000
	ArchiveRatio  int64 // unpacked to packed size of one member; 200 (over 1 MB)
}

func (l Limits) withDefaults() Limits {
	if l.DocumentBytes == 0 {
		l.DocumentBytes = 100 << 20
	}
	if l.ArchiveBytes == 0 {
		l.ArchiveBytes = 1 << 30
	}
	if l.ArchiveFiles == 0 {
		l.ArchiveFiles = 10000
	}
	if l.ArchiveRatio == 0 {
		l.ArchiveRatio = 200
	}
	return l
}

// Scan looks through a source, keeps what is new in the store and returns its documents sorted by name, and the names
// that came in before and are not there any more: they stay in the store, and nothing is withdrawn because of it.
// A file that cannot be taken in is an item with an issue, or an error if it cannot be read at all.
func (s *Store) Scan(ctx context.Context, source Source, limits Limits, now time.Time) (items []Item, vanished []string, err error) {
	c := scanner{store: s, source: source, limits: limits.withDefaults(), now: now}
	if s.seen == nil {
		s.readSeen()
	}
	info, err := os.Stat(source.Path)
	if err != nil {
		return nil, nil, fmt.Errorf("source %s: %w", source.Path, err)
	}
	c.clock = time.Now()
	before := 0 // what came from there: about as much is there now
	for i := range s.log {
		if s.log[i].Source == source.Name {
			before++
		}
	}
	c.items = make([]Item, 0, before)
	if info.IsDir() {
		err = c.folder(ctx)
	} else {
		err = c.file(ctx, source.Path, filepath.Base(source.Path), info)
	}
	if err := errors.Join(err, s.Flush()); err != nil {
		return nil, nil, fmt.Errorf("source %s: %w", source.Path, err)
	}
	return c.items, c.vanished(), nil
}

type scanner struct {
	store   *Store
	source  Source
	limits  Limits
	now     time.Time // of the receipts
	clock   time.Time // when the scan began
	items   []Item
	within  string // the web archive at hand, with a slash
	charset string // declared by the server of the page at hand
}

// found is a file that is wanted.
type found struct {
	full, name string
	info       fs.FileInfo
}

// folder takes in the files below a folder. The file system is asked for the next ones meanwhile.
func (c *scanner) folder(ctx context.Context) error {
	files := make(chan found, 1024)
	group, within := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(files)
		return c.walk(within, func(f found) {
			select {
			case files <- f:
			case <-within.Done():
			}
		})
	})
	group.Go(func() error {
		for f := range files {
			if err := c.file(within, f.full, f.name, f.info); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// walk goes in lexical order, so that the same folder gives the same items.
func (c *scanner) walk(ctx context.Context, use func(found)) error {
	root := filepath.Clean(c.source.Path)
	return filepath.WalkDir(root, func(full string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		rel, below := strings.CutPrefix(full, root+string(filepath.Separator))
		if !below { // the folder itself, or all of the file system
			if rel, err = filepath.Rel(root, full); err != nil {
				return err
			}
		}
		name := filepath.ToSlash(rel)
		switch {
		case name == ".":
			return nil
		case d.IsDir() && (hidden(d.Name()) || c.own(d)):
			return fs.SkipDir
		case d.IsDir() || hidden(d.Name()) || !c.wanted(name):
			return nil
		}
		info, err := os.Stat(full) // follows links to files; links to folders are not walked: they may go round
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			return nil
		}
		if err != nil {
			return err
		}
		use(found{full, name, info})
		return nil
	})
}

// own reports whether a folder is heshu's own, by whatever path the source leads to it.
func (c *scanner) own(d fs.DirEntry) bool {
	skip, err := os.Stat(c.source.Skip)
	if err != nil {
		return false // not there yet
	}
	info, err := d.Info()
	return err == nil && os.SameFile(skip, info)
}

// hidden tells hidden files and the lock files of office programs (~$表.xlsx, .~lock.表.xlsx#).
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") }

func (c *scanner) wanted(name string) bool {
	match := func(globs []string) bool {
		for _, g := range globs {
			for _, n := range []string{name, path.Base(name)} {
				if ok, err := path.Match(g, n); ok && err == nil {
					return true
				}
			}
		}
		return false
	}
	return (len(c.source.Include) == 0 || match(c.source.Include)) && !match(c.source.Exclude)
}

// file takes in one file, or the members of an archive.
func (c *scanner) file(ctx context.Context, full, name string, info fs.FileInfo) error {
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		return c.archive(ctx, full, name)
	}
	if isWARC(name) {
		return c.warc(ctx, full, name)
	}
	if size := info.Size(); size > c.limits.DocumentBytes {
		return c.refuse(name, full, schemas.IssueLimit, fmt.Sprintf("%d bytes, the limit is %d", size, c.limits.DocumentBytes))
	}
	x := c.receipt(name, full)
	now, trusted := stampOf(info, c.clock)
	if last, same := c.store.seenBefore(x.Series, now); trusted && same {
		c.items = append(c.items, x.unchanged(last))
		return nil
	}
	b, err := os.ReadFile(full)
	if err != nil {
		return err
	}
	if err := c.take(name, full, b, "", ""); err != nil {
		return err
	}
	if last, _ := c.store.Last(x.Series); trusted {
		c.store.see(x.Series, now, last.Document)
	}
	return nil
}

// receipt is what is said of a document that comes in under a name.
func (c *scanner) receipt(name, origin string) Receipt {
	return Receipt{Series: c.source.Name + "/" + c.within + name, Name: name, Source: c.source.Name, Origin: origin, Received: c.now, Region: c.source.Region,
		Posted: c.source.Published, Period: c.source.Period, Charset: c.charset, Licence: c.source.Licence}
}

// unchanged is the item of bytes that are those of the last receipt.
func (x Receipt) unchanged(last Receipt) Item {
	x.Document, x.Size, x.Received, x.Origin = last.Document, last.Size, last.Received, last.Origin
	return x.item(Unchanged)
}

// take keeps bytes unless they are what came in last under the name.
func (c *scanner) take(name, origin string, b []byte, refused schemas.IssueCode, why string) error {
	x := c.receipt(name, origin)
	x.Refused, x.Why = refused, why
	state := New
	if last, ok := c.store.Last(x.Series); ok {
		if last.Document == idOf(b) && c.store.Has(last.Document) {
			c.items = append(c.items, x.unchanged(last))
			return nil
		}
		state = Changed
	}
	x, err := c.store.add(x, b)
	if err != nil {
		return err
	}
	c.items = append(c.items, x.item(state))
	return nil
}

// refuse records a file that is not taken in by its name and size alone: its bytes may be too many to keep.
func (c *scanner) refuse(name, origin string, code schemas.IssueCode, why string) error {
	note := []byte(fmt.Sprintf("heshu: %s was not taken in: %s\n", name, why))
	return c.take(name, origin, note, code, why)
}

// vanished lists the names of the source that came in before and are no longer there.
func (c *scanner) vanished() []string {
	here := make(map[string]bool, len(c.items))
	for _, i := range c.items {
		here[i.Series] = true
	}
	var gone []string
	seen := map[string]bool{}
	under := filepath.Clean(c.source.Path) + string(filepath.Separator)
	for _, x := range c.store.log {
		if !here[x.Series] && !seen[x.Series] && x.Source == c.source.Name && strings.HasPrefix(x.Origin, under) {
			seen[x.Series] = true
			gone = append(gone, x.Name)
		}
	}
	return gone
}
