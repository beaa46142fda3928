package report

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"

	"heshu/schemas"
)

// Breakdown is what a run that broke has to tell.
type Breakdown struct {
	Date schemas.Date
	At   string // when it began, as people say it
	Why  string
	Zh   string // the same in Chinese, as far as it can be told
	Page string // file of the last morning page, "" if there is none

	Published bool // the release was made, what failed came after
}

// Headline is the one line that says that the run broke.
func (b Breakdown) Headline(lang Lang) string {
	if b.Published {
		return pick(lang, "数据已发布，但本次运行未能完成："+b.Zh, "The release is published, but the run could not be finished: "+b.Why)
	}
	if b.Page == "" {
		return pick(lang, "本次运行失败，尚无任何发布："+b.Zh, "The run is broken, nothing has been published yet: "+b.Why)
	}
	return pick(lang, "本次运行失败，上一次发布仍在使用："+b.Zh, "The run is broken, the last release still stands: "+b.Why)
}

// advice is what to do about it.
func (b Breakdown) advice(lang Lang) string {
	return pick(lang, "请运行 heshu doctor 查看原因；改正后再次运行 heshu run，会从中断处继续。", "heshu doctor looks for the reason; heshu run goes on from where this one stopped.")
}

// Text writes it for a terminal or a mail.
func (b Breakdown) Text(w io.Writer, lang Lang) error {
	_, err := fmt.Fprintf(w, "%s\n%s\n", b.Headline(lang), b.advice(lang))
	return err
}

// JSON writes it as an object; well is false, as on a morning page that has something to say.
func (b Breakdown) JSON(w io.Writer, lang Lang) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(map[string]any{"headline": b.Headline(lang), "well": false, "broken": true, "date": b.Date, "error": b.Why, "lang": lang})
}

const breakdownPage = `<!DOCTYPE html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}} {{.At}}</title>
<style>body{margin:0;background:#f5f6f8;color:#1d232b;font:15px/1.65 "Noto Sans CJK SC","Microsoft YaHei",sans-serif}main{max-width:1120px;margin:0 auto;padding:28px 20px}
.headline{margin:18px 0;padding:14px 18px;background:#fff;border-left:5px solid #b3261e;font-size:17px;overflow-wrap:anywhere}.when{color:#5b6673;font-size:13px}</style></head>
<body><main><h1>{{.Title}}</h1><p class="when">{{.At}}</p><p class="headline">{{.Headline}}</p><p>{{.Advice}}</p>{{if .Page}}<p><a href="{{.Page}}">{{.Last}}</a></p>{{end}}</main></body></html>
`

// HTML writes it as a page that leads to the last one that told of a release.
func (b Breakdown) HTML(w io.Writer, lang Lang) error {
	t, err := template.New("breakdown").Parse(breakdownPage)
	if err != nil {
		return fmt.Errorf("read page template: %w", err)
	}
	tongue := "zh-CN"
	if lang == En {
		tongue = "en"
	}
	return t.Execute(w, map[string]string{"Lang": tongue, "Title": pick(lang, "核数 · 晨报", "heshu · morning page"), "At": b.At, "Headline": b.Headline(lang), "Advice": b.advice(lang),
		"Page": b.Page, "Last": pick(lang, "上一次的晨报", "the last morning page")})
}
