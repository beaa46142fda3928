// Package xmlscan owns the reading of XML as a stream of tokens, strictly and fast.
//
// It is for the parts of office documents: no document type declarations, so no entities but the five of XML itself;
// names without their prefixes; every element closed. Anything else ends in an error, never in a short document without one.
package xmlscan

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Errors of documents that are no well-formed XML.
var (
	ErrTruncated = errors.New("xml ends in the middle")
	ErrSyntax    = errors.New("xml syntax error")
	ErrDoctype   = errors.New("xml document type declaration refused")
	ErrLimit     = errors.New("xml token or nesting too large")
)

// Kind is what a token is.
type Kind uint8

// The kinds of tokens. An empty element <a/> gives Start and End.
const (
	Start Kind = iota + 1
	End
	Text
)

const (
	smallBuffer = 4 << 10 // where a scanner begins: most parts are no longer
	largeBuffer = 64 << 10
	maxToken    = 32 << 20
	maxDepth    = 512
)

// Attr is an attribute: name without prefix, value without its quotes, entities still in it (see Unescape).
type Attr struct{ Name, Value []byte }

// Scanner reads tokens. Slices that it returns are good until the next call of Next.
type Scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	err      error // of r
	started  bool  // the root element was seen

	name    []byte // of the token, without prefix
	text    []byte
	attrs   []Attr
	scratch []byte
	open    []byte // full names of the open elements, one behind the other
	marks   []int  // where each begins in open
	pending bool   // an End is due for <a/>
}

// New returns a scanner of the document that r gives: UTF-8, or UTF-16 with a byte order mark.
func New(r io.Reader) *Scanner {
	s := &Scanner{r: r, buf: make([]byte, smallBuffer)}
	s.fill()
	s.fill()
	switch b := s.buf[:s.end]; {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		s.pos = 3
	case bytes.HasPrefix(b, []byte("\xFE\xFF")), bytes.HasPrefix(b, []byte("\xFF\xFE")):
		rest := io.MultiReader(bytes.NewReader(bytes.Clone(b)), r)
		s.r = transform.NewReader(rest, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
		s.end, s.err = 0, nil
	}
	return s
}

// Name returns the name of the element that starts or ends, without its prefix.
func (s *Scanner) Name() []byte { return s.name }

// Text returns the token's text with its entities resolved.
func (s *Scanner) Text() []byte { return s.text }

// Attrs returns the attributes of the element that starts.
func (s *Scanner) Attrs() []Attr { return s.attrs }

// Attr returns the value of an attribute with its entities resolved, nil if there is none.
func (s *Scanner) Attr(name string) []byte {
	for _, a := range s.attrs {
		if string(a.Name) == name {
			return Unescape(a.Value)
		}
	}
	return nil
}

// Depth returns how many elements are open; the one that just started counts.
func (s *Scanner) Depth() int { return len(s.marks) }

// Skip reads to the end of the element that just started.
func (s *Scanner) Skip() error {
	for depth := s.Depth(); ; {
		k, err := s.Next()
		if err != nil {
			return err
		}
		if k == End && s.Depth() < depth {
			return nil
		}
	}
}

// fill reads more bytes behind those not yet consumed, reports whether there are any.
func (s *Scanner) fill() bool {
	if s.err != nil {
		return false
	}
	full := s.end == len(s.buf)
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	switch held := s.end == len(s.buf); {
	case held && len(s.buf) >= maxToken:
		s.err = ErrLimit
		return false
	case held, full && len(s.buf) < largeBuffer:
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.err = err
			return n > 0
		}
		if n > 0 {
			return true
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// fail returns why there are no more bytes: the document ended too early, or its reader failed.
func (s *Scanner) fail() error {
	if s.err == io.EOF || s.err == io.ErrUnexpectedEOF {
		return ErrTruncated
	}
	return s.err
}

// find returns the offset from pos of c, reading on as needed.
func (s *Scanner) find(c byte, from int) (int, error) {
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], c); i >= 0 {
			return from + i, nil
		}
		from = s.end - s.pos
		if !s.fill() {
			return 0, s.fail()
		}
	}
}

// findString is find for a longer mark.
func (s *Scanner) findString(mark string) (int, error) {
	for from := 0; ; {
		if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(mark)); i >= 0 {
			return from + i, nil
		}
		from = max(from, s.end-s.pos-len(mark)+1)
		if !s.fill() {
			return 0, s.fail()
		}
	}
}

// Next returns the next token, io.EOF behind the root element. White space between elements comes as Text too.
func (s *Scanner) Next() (Kind, error) {
	if s.pending {
		s.pending = false
		s.pop()
		return End, nil
	}
	for {
		if s.pos == s.end && !s.fill() {
			if s.err == io.EOF && len(s.marks) == 0 && s.started {
				return 0, io.EOF
			}
			return 0, s.fail()
		}
		if s.buf[s.pos] != '<' {
			k, err := s.readText()
			if k == 0 && err == nil {
				continue
			}
			return k, err
		}
		if s.end-s.pos < 2 && !s.fill() {
			return 0, s.fail()
		}
		switch s.buf[s.pos+1] {
		case '?':
			if err := s.skipPast("?>"); err != nil {
				return 0, err
			}
		case '!':
			k, err := s.readBang()
			if k != 0 || err != nil {
				return k, err
			}
		case '/':
			return s.readEnd()
		default:
			return s.readStart()
		}
	}
}

func (s *Scanner) skipPast(mark string) error {
	i, err := s.findString(mark)
	if err != nil {
		return err
	}
	s.pos += i + len(mark)
	return nil
}

// readText reads to the next '<'; outside of the root element only white space may stand.
func (s *Scanner) readText() (Kind, error) {
	i, err := s.find('<', 0)
	if err != nil {
		if err != ErrTruncated || len(s.marks) > 0 || !s.started {
			return 0, err
		}
		i = s.end - s.pos // behind the root
	}
	raw := s.buf[s.pos : s.pos+i]
	s.pos += i
	if len(s.marks) == 0 {
		if len(bytes.Trim(raw, " \t\r\n\x00")) > 0 {
			return 0, fmt.Errorf("%w: text outside of the root element", ErrSyntax)
		}
		return 0, nil
	}
	if bytes.IndexByte(raw, '&') >= 0 {
		if raw, err = s.unescape(raw); err != nil {
			return 0, err
		}
	}
	s.text = raw
	return Text, nil
}

// readBang reads a comment (no token), a CDATA section (Text), or refuses a document type.
func (s *Scanner) readBang() (Kind, error) {
	for s.end-s.pos < 9 && s.fill() {
	}
	b := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		s.pos += 4
		return 0, s.skipPast("-->")
	case bytes.HasPrefix(b, []byte("<![CDATA[")) && len(s.marks) > 0:
		s.pos += 9
		i, err := s.findString("]]>")
		if err != nil {
			return 0, err
		}
		s.text = s.buf[s.pos : s.pos+i]
		s.pos += i + 3
		return Text, nil
	case bytes.HasPrefix(b, []byte("<!DOCTYPE")):
		return 0, ErrDoctype
	}
	return 0, fmt.Errorf("%w: %.12q", ErrSyntax, b)
}

func (s *Scanner) readEnd() (Kind, error) {
	i, err := s.find('>', 2)
	if err != nil {
		return 0, err
	}
	name := bytes.TrimRight(s.buf[s.pos+2:s.pos+i], " \t\r\n")
	if len(s.marks) == 0 {
		return 0, fmt.Errorf("%w: </%.40s> closes nothing", ErrSyntax, name)
	}
	if top := s.open[s.marks[len(s.marks)-1]:]; !bytes.Equal(top, name) {
		return 0, fmt.Errorf("%w: <%.40s> closed by </%.40s>", ErrSyntax, top, name)
	}
	s.pos += i + 1
	s.name = local(name)
	s.pop()
	return End, nil
}

func (s *Scanner) pop() {
	n := len(s.marks) - 1
	s.open = s.open[:s.marks[n]]
	s.marks = s.marks[:n]
}
