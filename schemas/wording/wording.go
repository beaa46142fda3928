// Package wording owns what people are told of issues and of addresses that could not be had, in Chinese and English, as data.
package wording

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"heshu/schemas"
)

//go:embed wordings.yaml
var builtin []byte

// Words is a text in the two languages.
type Words struct{ Zh, En string }

// In is the text in a language: en, else Chinese.
func (w Words) In(lang string) string {
	if lang == "en" {
		return w.En
	}
	return w.Zh
}

// UnmarshalYAML reads [Chinese, English].
func (w *Words) UnmarshalYAML(into func(any) error) error {
	var pair []string
	if err := into(&pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return fmt.Errorf("%q: want Chinese and English", pair)
	}
	w.Zh, w.En = pair[0], pair[1]
	return nil
}

// Kind is what people are told of all issues of one code.
type Kind struct {
	Code schemas.IssueCode `yaml:"code"`
	Name Words             `yaml:"name"`
	Says Words             `yaml:"says"` // what is the matter, where the message says no more
	Do   Words             `yaml:"do"`   // what to do about it
}

// table is the file's content.
type table struct {
	Version   int       `yaml:"version"`
	Issues    []Kind    `yaml:"issues"`
	Messages  []message `yaml:"messages"`
	Sayings   []message `yaml:"sayings"`
	Addresses []struct {
		Has string `yaml:"has"`
		Zh  string `yaml:"zh"`
	} `yaml:"addresses"`
}

// known is the table, read when it is first needed; its messages are sorted by their fixed words, longest first.
var known = sync.OnceValue(func() *table {
	t, err := load(builtin)
	if err != nil {
		panic("wordings: " + err.Error()) // our own table
	}
	return t
})

func load(b []byte) (*table, error) {
	t := &table{}
	if err := yaml.UnmarshalWithOptions(b, t, yaml.Strict()); err != nil {
		return nil, err
	}
	for _, list := range [][]message{t.Messages, t.Sayings} {
		for i := range list {
			list[i].compile()
		}
	}
	slices.SortStableFunc(t.Messages, func(a, b message) int { return b.fixed - a.fixed })
	return t, nil
}

// Of returns what people are told of the issues of a code, false for a code that is none.
func Of(code schemas.IssueCode) (Kind, bool) {
	for _, k := range known().Issues {
		if k.Code == code {
			return k, true
		}
	}
	return Kind{Code: code, Name: Words{string(code), string(code)}}, false
}

// Issue says what is the matter at an issue: English is the record's message, Chinese the same told with its details, or what is
// known of all issues of its code.
func Issue(code schemas.IssueCode, text string) Words {
	kind, _ := Of(code)
	w := kind.Says
	if zh, ok := known().chinese(text); ok && code != schemas.IssueInternal {
		w.Zh = zh
	}
	if text != "" {
		w.En = text
	}
	return w
}

// Chinese tells an English message of the list, false if the list does not have it.
func Chinese(text string) (string, bool) { return known().chinese(text) }

// Address says why an address was not had: English is the reason itself.
func Address(reason string) Words {
	for _, a := range known().Addresses {
		if strings.Contains(reason, a.Has) {
			return Words{a.Zh, reason}
		}
	}
	return Words{reason, reason}
}

// Say formats a saying of the list in both languages; one that it does not have is told in English in both.
func Say(format string, args ...any) Words {
	w := Words{En: fmt.Sprintf(format, args...)}
	for i := range known().Sayings {
		if m := &known().Sayings[i]; m.En == format {
			values := make([]string, len(args))
			for j, x := range args {
				values[j] = fmt.Sprint(x)
			}
			w.Zh = m.fill(known(), values)
			return w
		}
	}
	w.Zh = w.En
	return w
}

func (t *table) chinese(text string) (string, bool) {
	for i := range t.Messages {
		if values, ok := t.Messages[i].match(text); ok {
			return t.Messages[i].fill(t, values), true
		}
	}
	return "", false
}
