package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"heshu/extractors/clause"
	"heshu/pipeline/normalize"
	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/period"
	"heshu/schemas/quantity"
	"heshu/schemas/region"
)

func (a *app) parseCommand() *cobra.Command {
	var refDate, place, format string
	c := &cobra.Command{
		Use:   "parse TEXT",
		Short: "Show the numbers, periods, places and figures of a phrase",
		Long: `Show the numbers, periods, places and figures of a phrase, or of every line of standard input where TEXT is "-".
Offsets are runes of the input, the end exclusive. Numbers that are no figures are there too, with the kind that says why.`,
		Example: `  heshu parse --ref-date 2018-08-31 --region 411700 '目前,全市共建产业扶贫项目117个'`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := newPhraseReader(refDate, place)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(a.stdout)
			err = lines(args[0], a.stdin, func(text string) error { return p.print(out, text, format) })
			if err != nil {
				return err
			}
			return out.Flush()
		},
	}
	c.Flags().StringVar(&refDate, "ref-date", "", "day that 今年, 目前 … count from, YYYY-MM-DD; none: they stay unresolved")
	c.Flags().StringVar(&place, "region", "", "the publisher's region, six digits")
	formatFlag(c, &format, "table")
	return c
}

// lines hands on one text, or every line of standard input.
func lines(arg string, stdin io.Reader, use func(string) error) error {
	if arg != "-" {
		return use(arg)
	}
	r := bufio.NewReader(stdin)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			if err := use(strings.TrimRight(line, "\r\n")); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
	}
}

// phraseReader reads phrases.
type phraseReader struct {
	date       schemas.Date
	publisher  schemas.RegionCode
	regions    *region.Table
	words      *clause.Lexicon
	normalizer *normalize.Normalizer
}

func newPhraseReader(refDate, place string) (*phraseReader, error) {
	p := &phraseReader{publisher: schemas.RegionCode(place)}
	if refDate != "" {
		var err error
		if p.date, err = schemas.ParseDate(refDate); err != nil {
			return nil, usage("--ref-date: %v", err)
		}
	}
	ref, err := loadReference("")
	if err != nil {
		return nil, err
	}
	p.regions = ref.regions
	if _, ok := ref.regions.Region(p.publisher, p.date); place != "" && !ok {
		return nil, usage("--region %q: want the six digits of a division that there was on that day", place)
	}
	if p.words, err = clause.NewLexicon(ref.regions); err != nil {
		return nil, err
	}
	p.normalizer = normalize.New(ref.catalog, ref.regions, normalize.Config{})
	return p, nil
}

// parsed is what `heshu parse --format jsonl` prints for one input.
type parsed struct {
	Text    string                `json:"text"`
	Numbers []parsedNumber        `json:"numbers"`
	Periods []parsedPeriod        `json:"periods"`
	Regions []parsedRegion        `json:"regions"`
	Figures []schemas.Observation `json:"figures"`
}

type parsedNumber struct {
	Start     schemas.RuneOffset `json:"start"`
	End       schemas.RuneOffset `json:"end"`
	Text      string             `json:"text"`
	Value     schemas.Decimal    `json:"value"`
	Low       schemas.Decimal    `json:"low"`
	High      schemas.Decimal    `json:"high"`
	Qualifier schemas.Qualifier  `json:"qualifier"`
	Unit      string             `json:"unit"`
	Kind      string             `json:"kind"`
}

type parsedPeriod struct {
	Start schemas.RuneOffset `json:"start"`
	End   schemas.RuneOffset `json:"end"`
	Text  string             `json:"text"`
	Kind  string             `json:"kind"`
	From  schemas.Date       `json:"from"`
	To    schemas.Date       `json:"to"`
}

type parsedRegion struct {
	Start schemas.RuneOffset `json:"start"`
	End   schemas.RuneOffset `json:"end"`
	Text  string             `json:"text"`
	Code  schemas.RegionCode `json:"code"`
}

func (p *phraseReader) parse(text string) parsed {
	runes := []rune(text)
	shadow := hanzi.Fold(runes)
	cut := func(start, end int) (schemas.TextSpan, string) {
		s := shadow.Span(start, end)
		words, _ := s.In(runes)
		return s, words
	}
	out := parsed{Text: text, Numbers: []parsedNumber{}, Periods: []parsedPeriod{}, Regions: []parsedRegion{}, Figures: []schemas.Observation{}}
	for _, n := range quantity.Scan(shadow.Runes) {
		if n.Class == quantity.Word {
			continue
		}
		s, words := cut(n.Start, n.End)
		value, low, high, code := n.Canonical()
		unit := string(code)
		if unit == "" {
			unit = n.Quantity.Unit
		}
		out.Numbers = append(out.Numbers, parsedNumber{s.Start, s.End, words, value, low, high, n.Quantity.Qualifier, unit, n.Class.String()})
	}
	for _, e := range period.Scan(shadow.Runes) {
		s, words := cut(e.Start, e.End)
		when, _ := e.Resolve(p.date) // unresolved prints null dates
		kind := when.Kind.String()
		if kind == "" {
			kind = e.Kind.String()
		}
		out.Periods = append(out.Periods, parsedPeriod{s.Start, s.End, words, kind, when.Start, when.End})
	}
	var said []schemas.RegionCode
	for _, m := range p.regions.Scan(shadow.Runes) {
		s, words := cut(m.Start, m.End)
		code, ok := p.regions.Resolve(m, region.Context{At: p.date, Within: said, Publisher: p.publisher})
		if ok {
			said = append([]schemas.RegionCode{code}, said...)
		}
		out.Regions = append(out.Regions, parsedRegion{s.Start, s.End, words, code})
	}
	out.Figures = append(out.Figures, p.figures(text)...)
	return out
}

// figures reads the phrase as the one paragraph of an article.
func (p *phraseReader) figures(text string) []schemas.Observation {
	doc := schemas.NewDocument("", []byte(text))
	doc.Published, doc.Region = p.date, p.publisher
	block := clause.Block{Kind: clause.Paragraph, End: schemas.RuneOffset(len([]rune(text)))}
	r := p.words.Extract(clause.Input{Text: text, Blocks: []clause.Block{block}})
	x := schemas.Extraction{Kind: schemas.Article, Parts: []schemas.Part{{Published: p.date, Text: text, Numbers: r.Numbers}}, Figures: r.Figures, Exclusions: r.Exclusions}
	list, _ := p.normalizer.Observe(doc, x) // a phrase has no place for issues
	return list
}

func (p *phraseReader) print(w io.Writer, text, format string) error {
	out := p.parse(text)
	switch format {
	case "jsonl", "json":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		if format == "json" {
			e.SetIndent("", "  ")
		}
		return e.Encode(out)
	case "csv":
		return observationRecords(out.Figures).print(w, format)
	case "table":
		return out.table(w)
	}
	return usage("--format %q: want one of %s", format, strings.Join(formats, ", "))
}

// table prints the parts one under the other.
func (out parsed) table(w io.Writer) error {
	numbers := &records{columns: []string{"number", "kind", "value", "low", "high", "qualifier", "unit"}}
	for _, n := range out.Numbers {
		numbers.add(n.Text, n.Kind, n.Value, n.Low, n.High, n.Qualifier, n.Unit)
	}
	periods := &records{columns: []string{"period", "kind", "from", "to"}}
	for _, e := range out.Periods {
		periods.add(e.Text, e.Kind, e.From, e.To)
	}
	regions := &records{columns: []string{"region", "code"}}
	for _, m := range out.Regions {
		regions.add(m.Text, string(m.Code))
	}
	figures := &records{columns: []string{"figure", "indicator", "value", "unit", "measure", "region", "period", "scope", "rule", "confidence"}}
	for _, o := range out.Figures {
		value := any(o.Value)
		if !o.Value.IsSet() {
			value = o.Low.String() + "–" + o.High.String()
		}
		figures.add(o.Quote, string(o.Indicator), value, string(o.Unit), o.Measure, string(o.Region), strings.Trim(o.Period.Start.String()+"…"+o.Period.End.String(), "…"), o.Scope, o.Rule, o.Confidence)
	}
	first := true
	for _, r := range []*records{numbers, periods, regions, figures} {
		if len(r.rows) == 0 {
			continue
		}
		if !first {
			if _, err := fmt.Fprintln(w); err != nil {
				return err
			}
		}
		first = false
		if err := r.table(w); err != nil {
			return err
		}
	}
	return nil
}
