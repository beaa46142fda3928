package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"heshu/extractors/article"
	"heshu/pipeline/report"
	"heshu/schemas"
)

// pageArticle is what `heshu page --format jsonl` prints of an article.
type pageArticle struct {
	Title     string             `json:"title"`
	Published schemas.Date       `json:"published"`
	Publisher string             `json:"publisher"`
	Region    schemas.RegionCode `json:"region_code"`
	Body      string             `json:"body"`
}

func (a *app) pageCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "page FILE...",
		Short: "Show what was taken for the articles of pages",
		Long:  `Show what was taken for the articles of pages and saved texts: title, date, publisher and cleaned body, as text or one page a line (jsonl).`,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "jsonl" {
				return usage("--format %q: want text or jsonl", format)
			}
			names, err := expand(args)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(a.stdout)
			bad := 0
			for _, name := range names {
				if c.Context().Err() != nil {
					return c.Context().Err()
				}
				ok, err := a.page(out, name, format)
				if err != nil {
					return err
				}
				if !ok {
					bad++
				}
			}
			if err := out.Flush(); err != nil {
				return err
			}
			if bad > 0 {
				return coded{exitFindings, fmt.Errorf("%d of %d pages could not be read", bad, len(names))}
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "output: text, jsonl")
	return c
}

// page prints one page; false means that it could not be read.
func (a *app) page(out *bufio.Writer, name, format string) (bool, error) {
	doc, err := a.load(name, said{})
	if err != nil {
		return false, err
	}
	p, readErr := article.Read(doc, article.Config{})
	for _, i := range p.Issues {
		fmt.Fprintf(a.stderr, "heshu: %s\n", report.NewIssueLine(i, "").Line(name, report.Lang(a.lang)))
	}
	var unread *article.Error
	if errors.As(readErr, &unread) {
		i := schemas.Issue{Part: -1, Code: unread.Code, Message: unread.Reason}
		fmt.Fprintf(a.stderr, "heshu: %s\n", report.NewIssueLine(i, "").Line(name, report.Lang(a.lang)))
	}
	list := []pageArticle{}
	for _, x := range p.Articles {
		who := x.Publisher
		if who == "" {
			who = x.Source
		}
		code, _ := regionTable().OfPublisher(who)
		list = append(list, pageArticle{x.Title, x.Published, who, code, x.Body})
	}
	if format == "jsonl" {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		return readErr == nil, e.Encode(map[string]any{"file": name, "articles": list})
	}
	for _, x := range list {
		if _, err := fmt.Fprintf(out, "# %s\n%s  %s %s\n\n%s\n\n", x.Title, x.Published, x.Publisher, x.Region, x.Body); err != nil {
			return false, err
		}
	}
	return readErr == nil, nil
}
