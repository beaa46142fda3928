package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"heshu/schemas"
)

// rooms are where issues are raised.
var rooms = []string{"../../extractors", "../../pipeline"}

// told names the calls whose text becomes the message of an issue, with the place of the text among the arguments.
var told = map[string]int{"Issue": 5, "issue": 1, "doubt": 4, "once": 3, "refuse": 3, "refuseArchive": 4}

// within names the functions that say what becomes a message elsewhere, and the tables of what a file is instead.
var within = map[string]bool{"members": true, "observation": true, "findTime": true, "disagreement": true, "magics": true, "foreigners": true, "unpack": true}

// issueCodes lists the codes that schemas declares.
func issueCodes(t *testing.T) []schemas.IssueCode {
	var list []schemas.IssueCode
	file, err := parser.ParseFile(token.NewFileSet(), "../document.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "IssueCode" {
				list = append(list, schemas.IssueCode(format(v.Values[0])))
			}
		}
		return true
	})
	return list
}

// messages finds the messages in the code as their format strings, each with a place where it stands.
func messages(t *testing.T) map[string]string {
	found := map[string]string{}
	eachFile(t, func(path string, text []byte) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		add := func(e ast.Expr) {
			if s := format(e); strings.ContainsFunc(verbs.Replace(s), isLetter) {
				found[s] = set.Position(e.Pos()).String()
			}
		}
		for _, d := range file.Decls {
			ast.Inspect(d, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if i, ok := told[called(n)]; ok && i < len(n.Args) {
						add(n.Args[i])
					}
				case *ast.CompositeLit:
					issueLiteral(n, add)
				case *ast.FuncDecl:
					if within[n.Name.Name] {
						sentences(n, add)
					}
				case *ast.ValueSpec:
					if within[n.Names[0].Name] {
						kinds(n, add)
					}
				}
				return true
			})
		}
	})
	return found
}

// sayings finds what the doctor says in two languages: the formats of its calls of say and fine.
func sayings(t *testing.T) map[string]string {
	found := map[string]string{}
	eachFile(t, func(path string, text []byte) {
		if !strings.Contains(path, "doctor") {
			return
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				if i, ok := map[string]int{"say": 0, "fine": 1}[called(c)]; ok {
					if literal, ok := c.Args[i].(*ast.BasicLit); ok {
						found[format(literal)] = set.Position(literal.Pos()).String()
					}
				}
			}
			return true
		})
	})
	return found
}

// issueLiteral finds the message of schemas.Issue{…} and of &Error{code, reason}.
func issueLiteral(n *ast.CompositeLit, add func(ast.Expr)) {
	if name := typeName(n.Type); name == "Error" && len(n.Elts) == 2 {
		add(n.Elts[1])
	}
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok && isName(kv.Key, "Message") {
			add(kv.Value)
		}
	}
}

// sentences finds the texts that a function makes of words and details: those it formats or joins.
func sentences(f *ast.FuncDecl, add func(ast.Expr)) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if called(n) == "Sprintf" {
				add(n)
			}
		case *ast.BinaryExpr:
			if s := format(n); n.Op == token.ADD && strings.Contains(s, "%q") {
				add(n)
				return false
			}
		}
		return true
	})
}

// kinds finds the second text of each row of a table.
func kinds(v *ast.ValueSpec, add func(ast.Expr)) {
	ast.Inspect(v, func(n ast.Node) bool {
		if row, ok := n.(*ast.CompositeLit); ok && row.Type == nil && len(row.Elts) == 2 {
			add(row.Elts[1])
		}
		return true
	})
}

// format is the format string of an expression: "a "+strconv.Quote(x) is "a %q". What is no text is %s, "" if there is no word in it.
func format(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.BinaryExpr:
		// "number \"" + x + "\" has …" quotes by hand
		return strings.ReplaceAll(format(e.X)+format(e.Y), `"%s"`, "%q")
	case *ast.CallExpr:
		switch called(e) {
		case "Quote":
			return "%q"
		case "Sprintf", "Errorf":
			return format(e.Args[0])
		}
	}
	return "%s"
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func isName(e ast.Expr, name string) bool {
	i, ok := e.(*ast.Ident)
	return ok && i.Name == name
}

var verbs = strings.NewReplacer("%s", "", "%v", "", "%q", "", "%d", "")

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// plain makes one of the formats that print a detail as it is.
func plain(s string) string { return strings.NewReplacer("%v", "%s", "%w", "%s").Replace(s) }

// sources is the text of all files in which issues are raised.
func sources(t *testing.T) string {
	var b strings.Builder
	eachFile(t, func(_ string, text []byte) { b.Write(text) })
	return b.String()
}

func eachFile(t *testing.T, use func(path string, text []byte)) {
	for _, room := range rooms {
		err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil {
				use(path, text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
